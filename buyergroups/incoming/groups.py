"""Buyer groups from a workbook, by the verbs that the form uses: one row is one group.

Its phases, participants and results have tables of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from buyergroups import services
from buyergroups.incoming.tables import DEMO, SOURCE, GroupTable
from buyergroups.models import BuyerGroup, Sector
from mvi_portal.core.workbooks import Column, Kind, Record, Rule
from mvi_portal.core.workbooks.comparing import Change, Comparison, Entry, kept
from mvi_portal.core.workbooks.importing import LEFT_ALONE, Order
from signatories.forms.fields import OrganisationsField
from signatories.models import Domain, Organisation, Theme

SHEET = "Buyer groups"
ADVICE = (
    LEFT_ALONE,
    "Fasen, deelnemers en resultaten komen elk uit een eigen bestand, of van de pagina van de groep.",
)
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
    SOURCE,
    Column("fase op de peildatum", "In welke fase de groep dan is.", derived=True),
    DEMO,
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


class Planner(Comparison):
    """The groups and themes of the register, read once."""

    def __init__(self) -> None:
        groups = BuyerGroup.objects.select_related("facilitator").prefetch_related("initiators", "themes")
        self.by_slug = {group.slug: group for group in groups}
        self.by_name = {group.name.casefold(): group for group in groups}
        self.themes: dict[str, list[Theme]] = {}
        for theme in Theme.objects.order_by("manifest__opened_on", "order"):
            self.themes.setdefault(theme.slug, []).append(theme)
        self.seen: dict[object, int] = {}

    def plan(self, found: Sequence[Record]) -> list[Entry]:
        return [self._entry(record) for record in found]

    def write(self, entry: Entry, order: Order) -> None:
        if entry.stands is None:
            services.make_group(**entry.facts, by=order.by)
        else:
            services.change_group(group=entry.stands, **entry.facts, by=order.by)

    def _entry(self, record: Record) -> Entry:
        entry = Entry(record, label=str(record.values.get("name", "")))
        if not record.is_good:
            return entry
        entry.stands = self._group(record)
        self._once(entry)
        entry.facts = self._facts(record, entry.stands)
        if entry.stands is not None:
            entry.changes = list(self._changes(entry.stands, entry.facts))
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
        key = entry.stands.pk if entry.stands else entry.record.values["name"].casefold()
        if key in self.seen:
            message = f"Deze groep staat al in rij {self.seen[key]}."
            entry.record.refuse("name", Rule.DOUBLE, message)
        self.seen.setdefault(key, entry.record.row)

    def _facts(self, record: Record, group: BuyerGroup | None) -> dict[str, Any]:
        """All of it, as the verbs take it: what is not told stays."""
        told = record.values
        facts = {name: kept(told.get(name), getattr(group, name, None)) for name in PLAIN}
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

    def _changes(self, group: BuyerGroup, facts: dict[str, Any]) -> Iterator[Change]:
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


TABLE = GroupTable("buyergroups", SHEET, COLUMNS, Planner, ADVICE)
