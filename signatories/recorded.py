"""The history of a dossier: what the database recorded of an organisation, in Dutch, of nobody's person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

import pghistory.core
from django.db import models
from django.utils import timezone
from pghistory.models import Events

from mvi_portal.accounts.models import User
from mvi_portal.core.dates import long_date
from signatories.models import (
    Alias,
    Contact,
    Event,
    Office,
    Organisation,
    OrganisationName,
    Signatory,
    Signature,
    SignatureDocument,
    Succession,
)

SHOWN = 50  # moments, the latest first
BESIDE = (OrganisationName, Alias, Signatory, Contact, Succession, Office)
ABOVE = (Signature, SignatureDocument)  # of the signatures that it stands under
VERBS = {"insert": "toegevoegd", "update": "gewijzigd", "delete": "verwijderd"}
TITLES = {
    "organisation.registered": "In het register gezet",
    "organisation.corrected": "Gegevens gewijzigd",
    "organisation.renamed": "Nieuwe naam vastgelegd",
    "organisation.ended": "Einde vastgelegd",
    "alias.added": "Roepnaam toegevoegd",
    "alias.changed": "Roepnaam gewijzigd",
    "alias.removed": "Roepnaam verwijderd",
    "signature.signed": "Handtekening vastgelegd",
    "signature.corrected": "Gegevens van een handtekening gewijzigd",
    "signature.joined": "Onder een handtekening gezet",
    "signature.left": "Einde onder een handtekening vastgelegd",
    "signature.withdrawn": "Intrekking van een handtekening vastgelegd",
    "signature.document_added": "Document bij een handtekening gezet",
    "signature.document_removed": "Document bij een handtekening weggehaald",
    "succession.recorded": "Herindeling vastgelegd",
    "succession.confirmed": "Bevestigd dat de handtekening meegaat",
    "succession.settled": "Besloten over een herindeling",
    "succession.reopened": "Besluit over een herindeling ongedaan gemaakt",
    "contact.added": "Contactpersoon toegevoegd",
    "contact.changed": "Contactpersoon gewijzigd",
    "contact.checked": "Contactpersoon nagekeken",
    "contact.erased": "Gegevens van een contactpersoon gewist",
    "tooi.imported": "Bijgewerkt uit het officiële register",
    "facts.loaded": "Geladen uit de tabel met feiten",
    "demo.loaded": "Geladen voor de demonstratie",
}


@dataclass(frozen=True)
class Moment:
    """What was done at once: when, in a few words what, and each row that it touched."""

    at: datetime
    title: str
    lines: tuple[str, ...]
    who: str = ""
    why: str = ""


@dataclass(frozen=True)
class Recorded:
    """The moments that are shown, the latest first; `total` of them there are."""

    moments: Sequence[Moment]
    total: int
    is_whole: bool  # asked for, so to be shown at once

    @property
    def is_cut(self) -> bool:
        return len(self.moments) < self.total


def recorded(organisation: Organisation, *, named: bool, whole: bool = False) -> Recorded:
    """The latest moments, or all. `named` also tells who did it and why: to who keeps the register.

    Six queries, however long the history is.
    """
    events = [*_own(organisation), *_beside(organisation), *_above(organisation)]
    events.sort(key=lambda event: (event.pgh_created_at, str(event.pgh_context_id)), reverse=True)
    every = [list(group) for _key, group in groupby(events, key=_together)]
    moments = every if whole else every[:SHOWN]
    shown = [event for group in moments for event in group]
    manifests = _manifests(shown)
    keys = {user for event in shown if (user := _context(event).get("user"))}
    users = User.objects.in_bulk(keys) if named else {}
    return Recorded([_moment(group, manifests, users, named=named) for group in moments], len(every), whole)


def _own(organisation: Organisation) -> list[Any]:
    return list(Events.objects.tracks(organisation))


def _beside(organisation: Organisation) -> list[Any]:
    return list(Events.objects.across(*_tables(BESIDE)).references(organisation))


def _above(organisation: Organisation) -> list[Any]:
    """What happened to the signatures that it stands or stood under: corrected, withdrawn, a document."""
    signatures = list(Signature.objects.filter(signatories__organisation=organisation).distinct())
    if not signatures:
        return []
    return list(Events.objects.across(*_tables(ABOVE)).references(*signatures))


def _tables(tracked: Iterable[type[models.Model]]) -> list[type[models.Model]]:
    return [table for model in tracked for table in pghistory.core.event_models(tracks_model=model)]


def _together(event: Any) -> tuple[Any, ...]:
    """One intention: the same context; without one, the same moment."""
    return (event.pgh_context_id or event.pgh_created_at,)


def _context(event: Any) -> Mapping[str, Any]:
    return event.pgh_context or {}


def _manifests(events: Iterable[Any]) -> dict[int, str]:
    """The name of the Manifest by the key of a signature."""
    keys = {key for event in events if (key := _signature_of(event))}
    rows = Signature.objects.filter(pk__in=keys).values_list("pk", "manifest__name") if keys else ()
    return dict(rows)


def _signature_of(event: Any) -> int | None:
    is_one = event.pgh_obj_model == Signature._meta.label
    key: int | None = event.pgh_data.get("id" if is_one else "signature_id")
    return key


def _moment(
    group: list[Any], manifests: Mapping[int, str], users: Mapping[int, User], *, named: bool
) -> Moment:
    context = _context(group[0])
    lines = dict.fromkeys(line for event in group if (line := _line(event, manifests)))
    who = str(users.get(context.get("user", 0), "het portaal")) if named else ""
    return Moment(
        at=timezone.localtime(group[0].pgh_created_at),
        title=TITLES.get(context.get("action", ""), "Bijgewerkt"),
        lines=tuple(lines),
        who=who,
        why=context.get("why", "") if named else "",
    )


def _line(event: Any, manifests: Mapping[int, str]) -> str:
    """One row in words: what it is, what was done, and which fields differ."""
    what = WORDS[event.pgh_obj_model](event.pgh_data, manifests)
    verb = VERBS[event.pgh_label]
    told = f"{what} {verb}" if what else ""
    fields = _fields(event) if event.pgh_label == "update" else ""
    return f"{told}: {fields}" if told and fields else told or fields


def _fields(event: Any) -> str:
    model = MODELS[event.pgh_obj_model]
    named = {field.attname: str(field.verbose_name) for field in model._meta.concrete_fields}
    changes = sorted((event.pgh_diff or {}).items())
    return "; ".join(f"{named.get(name, name)}{_values(name, pair)}" for name, pair in changes)


def _values(name: str, pair: list[Any]) -> str:
    """From what to what; of a relation only that it changed."""
    if name.endswith(("_id", "precision")):
        return ""
    before, after = (_shown(value) for value in pair)
    return f" van {before} naar {after}"


def _shown(value: Any) -> str:
    if value in (None, ""):
        return "leeg"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    try:
        return long_date(date.fromisoformat(str(value)))
    except ValueError:
        return f"‘{value}’"


Word = Callable[[Mapping[str, Any], Mapping[int, str]], str]


def _from(data: Mapping[str, Any]) -> str:
    return f" vanaf {_shown(data['valid_from'])}" if data.get("valid_from") else ""


def _named(key: int, manifests: Mapping[int, str]) -> str:
    return manifests.get(key, "een manifest dat er niet meer staat")


def _signatory(data: Mapping[str, Any], manifests: Mapping[int, str]) -> str:
    return f"Plaats onder een handtekening van {_named(data['signature_id'], manifests)}{_from(data)}"


def _signature(data: Mapping[str, Any], manifests: Mapping[int, str]) -> str:
    return f"Handtekening van {_named(data['id'], manifests)}"


def _document(data: Mapping[str, Any], manifests: Mapping[int, str]) -> str:
    """Without the name of the file, which may hold a person's."""
    return f"Document bij een handtekening van {_named(data['signature_id'], manifests)}"


def _succession(data: Mapping[str, Any], _manifests: Mapping[int, str]) -> str:
    return f"{Event(data['event']).label.capitalize()} per {_shown(data['on'])}"


MODELS: dict[str, type[models.Model]] = {
    model._meta.label: model for model in (Organisation, *BESIDE, *ABOVE)
}
WORDS: dict[str, Word] = {
    "signatories.Organisation": lambda _data, _manifests: "Organisatie",
    "signatories.OrganisationName": lambda data, _manifests: f"Naam ‘{data['name']}’{_from(data)}",
    "signatories.Alias": lambda data, _manifests: f"Roepnaam ‘{data['name']}’",
    "signatories.Signatory": _signatory,
    "signatories.Signature": _signature,
    "signatories.SignatureDocument": _document,
    "signatories.Contact": lambda _data, _manifests: "Contactpersoon",
    "signatories.Succession": _succession,
    "signatories.Office": lambda data, _manifests: f"Ambt ‘{data['title']}’",
}
