"""Buyer groups from a workbook, by the verbs that the form uses: one row is one group.

Its phases, participants and results have dates of their own, and are kept on the page of the group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from buyergroups import services
from buyergroups.models import BuyerGroup, Sector
from mvi_portal.accounts.permissions import Action
from mvi_portal.core.workbooks import Column, Form, Kind, Record, Rule, record_sheet, records, template
from mvi_portal.core.workbooks.importing import (
    LEFT_ALONE,
    Importer,
    Line,
    Order,
    Outcome,
    Template,
    Verdict,
    importers,
    settle,
    templates,
)
from signatories.forms.fields import OrganisationsField
from signatories.models import Domain, Organisation, Theme

SHEET = "Buyer groups"
ADVICE = (LEFT_ALONE, "Fasen, deelnemers en resultaten houdt u bij op de pagina van de groep.")
MANY = "; "  # between several in one cell
COLUMNS = (
    Column("sleutel", "De vaste sleutel van de groep. Leeg: wij zoeken op de naam.", name="slug", longest=80),
    Column("naam", "De naam van de groep.", name="name", required=True, longest=200),
    Column("sector", "De sector.", Kind.CHOICE, required=True, choices=Sector.choices),
    Column("productgroep", "Wat er wordt ingekocht.", name="product_group", longest=200),
    Column(
        "domein",
        "Waarin de groep vooral iets wil bereiken.",
        Kind.CHOICE,
        "domain",
        True,
        False,
        Domain.choices,
    ),
    Column("omschrijving", "Wat de groep doet.", name="description", longest=10_000),
    Column("gestart", "Zo precies als bekend.", Kind.PARTIAL_DATE, name="started_on"),
    Column("begeleid door", "De code of naam van één organisatie.", name="facilitator"),
    Column("initiatiefnemers", "Codes of namen, met een puntkomma ertussen.", name="initiators"),
    Column("thema's", "Sleutels van thema's, met een puntkomma ertussen.", name="themes"),
    Column("bron", "Waar u dit vond.", name="source", longest=300),
    Column("fase op de peildatum", "In welke fase de groep dan is.", derived=True),
    Column("demo", "ja: verzonnen voor de demonstratie; nee: een feit.", derived=True),
)
PLAIN = ("name", "sector", "product_group", "domain", "description", "started_on", "source")


def cells(group: Any, phase: str) -> list[object]:
    """A row of the export; `group` comes with its initiators and its themes."""
    facts = [getattr(group, name) for name in PLAIN]
    return [
        group.slug,
        *facts[:6],
        group.facilitator.key if group.facilitator else None,
        MANY.join(sorted(item.key for item in group.initiators.all())),
        MANY.join(sorted(item.slug for item in group.themes.all())),
        facts[6],
        phase,
        group.is_demo,
    ]


@dataclass
class Entry:
    """One row: the group that is there already, and what would change of it."""

    record: Record
    group: BuyerGroup | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        if not self.record.is_good:
            return Verdict.WRONG
        if self.group is None:
            return Verdict.ADDED
        return Verdict.CHANGED if self.changes else Verdict.UNCHANGED

    def details(self) -> Iterator[str]:
        for name, now, new in self.changes:
            yield f"{self.record.headings[name]}: {_shown(now)} wordt {_shown(new)}"


class Planner:
    """The groups and themes of the register, read once."""

    def __init__(self) -> None:
        groups = BuyerGroup.objects.select_related("facilitator").prefetch_related("initiators", "themes")
        self.by_slug = {group.slug: group for group in groups}
        self.by_name = {group.name.casefold(): group for group in groups}
        self.themes: dict[str, list[Theme]] = {}
        for theme in Theme.objects.order_by("manifest__opened_on", "order"):
            self.themes.setdefault(theme.slug, []).append(theme)
        self.seen: dict[object, int] = {}

    def entry(self, record: Record) -> Entry:
        entry = Entry(record)
        if not record.is_good:
            return entry
        entry.group = self._group(record)
        self._once(entry)
        entry.facts = self._facts(record, entry.group)
        if entry.group is not None:
            entry.changes = list(self._changes(entry.group, entry.facts))
        return entry

    def _group(self, record: Record) -> BuyerGroup | None:
        slug = record.values.get("slug")
        if not slug:
            return self.by_name.get(record.values["name"].casefold())
        if slug not in self.by_slug:
            record.refuse(
                "slug", Rule.KNOWN, "Deze sleutel kennen wij niet. Laat hem leeg voor een nieuwe groep."
            )
        return self.by_slug.get(slug)

    def _once(self, entry: Entry) -> None:
        key = entry.group.pk if entry.group else entry.record.values["name"].casefold()
        if key in self.seen:
            message = f"Deze groep staat al in rij {self.seen[key]}."
            entry.record.refuse("name", Rule.DOUBLE, message)
        self.seen.setdefault(key, entry.record.row)

    def _facts(self, record: Record, group: BuyerGroup | None) -> dict[str, Any]:
        """All of it, as the verbs take it: what is not told stays."""
        told = record.values
        facts = {name: _first(told.get(name), getattr(group, name, None)) for name in PLAIN}
        facts = {
            name: "" if value is None and name != "started_on" else value for name, value in facts.items()
        }
        facilitator = self._organisations(record, "facilitator")
        initiators = self._organisations(record, "initiators")
        if facilitator and len(facilitator) > 1:
            record.refuse("facilitator", Rule.FITS, "Vul hier één organisatie in.")
        facts["facilitator"] = facilitator[0] if facilitator else (group.facilitator if group else None)
        facts["initiators"] = initiators or (list(group.initiators.all()) if group else [])
        facts["themes"] = self._themes(record, group)
        return facts

    def _organisations(self, record: Record, name: str) -> list[Organisation]:
        text = record.values.get(name)
        if not text:
            return []
        try:
            found: list[Organisation] = OrganisationsField().clean("\n".join(str(text).split(";")))
        except ValidationError as error:
            record.refuse(name, Rule.KNOWN, " ".join(error.messages))
            return []
        return found

    def _themes(self, record: Record, group: BuyerGroup | None) -> list[str]:
        now = list(group.themes.all()) if group else []
        asked = [word.strip() for word in str(record.values.get("themes") or "").split(";") if word.strip()]
        if not asked:
            return [str(theme.pk) for theme in now]
        unknown = [word for word in asked if word not in self.themes]
        if unknown:
            known = ", ".join(self.themes)
            record.refuse("themes", Rule.KNOWN, f"{', '.join(unknown)} kennen wij niet. Kies uit: {known}.")
        held = {theme.slug: theme for theme in now}
        found = [held.get(word) or self.themes[word][-1] for word in asked if word not in unknown]
        return [str(theme.pk) for theme in found]

    def _changes(self, group: BuyerGroup, facts: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
        for name in (*PLAIN, "facilitator"):
            if facts[name] != getattr(group, name):
                yield name, getattr(group, name), facts[name]
        now = sorted(item.key for item in group.initiators.all())
        new = sorted(item.key for item in facts["initiators"])
        if new != now:
            yield "initiators", MANY.join(now), MANY.join(new)
        held = sorted(theme.slug for theme in group.themes.all())
        asked = sorted(slug for slug, themes in self.themes.items() if _pks(themes) & set(facts["themes"]))
        if asked != held:
            yield "themes", MANY.join(held), MANY.join(asked)


def _pks(themes: Sequence[Theme]) -> set[str]:
    return {str(theme.pk) for theme in themes}


def _first(told: Any, stands: Any) -> Any:
    return stands if told in (None, "") else told


def _shown(value: Any) -> str:
    return "niets" if value in (None, "") else f"“{value}”"


def run(order: Order) -> Outcome:
    """Raises FileRefused."""
    sheet, errors = record_sheet(order.book, SHEET)
    found, planner = records(sheet, COLUMNS), Planner()
    order.compared(0, len(found.rows), with_what="het register")
    entries = [planner.entry(record) for record in found.rows]
    with transaction.atomic():
        _apply(entries, order)
        lines = [
            Line(e.record.row, str(e.record.values.get("name", "")), e.verdict, tuple(e.details()))
            for e in entries
        ]
        return settle(order, Outcome(lines, [*errors, *found.all_errors()]))


def _apply(entries: Sequence[Entry], order: Order) -> None:
    to_save = [entry for entry in entries if entry.verdict in (Verdict.ADDED, Verdict.CHANGED)]
    for place, entry in enumerate(to_save):
        order.saved(place, len(to_save), compared=len(entries))
        _try(entry, order)
    order.saved(len(to_save), len(to_save), compared=len(entries))


def _try(entry: Entry, order: Order) -> None:
    try:
        if entry.group is None:
            services.make_group(**entry.facts, by=order.by)
        else:
            services.change_group(group=entry.group, **entry.facts, by=order.by)
    except ValidationError as error:
        told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, messages in told.items():
            about = name if name in entry.record.headings else None
            entry.record.refuse(about, Rule.FITS, " ".join(messages))


def empty(form: Form, columns: Sequence[Column] = COLUMNS) -> bytes:
    """The template."""
    return template(SHEET, columns, form, told=ADVICE)


def register() -> None:
    """Told when the portal starts: groups can come in, and have a template."""
    back = "buyergroups:group-list"
    importer = Importer(SHEET, lambda: COLUMNS, Action.KEEP_REGISTER, back, run, ADVICE)
    importers.add("buyergroups", importer)
    templates.add("buyergroups", Template("Sjabloon voor buyer groups", empty))
