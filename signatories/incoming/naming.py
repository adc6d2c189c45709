"""Whom a row means: by code first, else by the name on the day of signing; a doubtful name is asked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone

from mvi_portal.core.workbooks import Record, Rule
from mvi_portal.core.workbooks.importing import Question
from signatories.forms.fields import named, plain
from signatories.models import Kind, Organisation, OrganisationName

SHOWN = 6  # so many possibilities in a question


@dataclass(frozen=True)
class Known:
    """An organisation as it is matched."""

    pk: int
    key: str
    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.name} ({Kind(self.kind).label}, {self.key})"


@dataclass(frozen=True)
class _Named:
    of: Known
    valid_from: date | None
    valid_until: date | None

    def holds(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_until or day)


class Names:
    """All organisations and names, read once."""

    def __init__(self) -> None:
        today = timezone.localdate()
        named_today = Organisation.objects.with_name(on=today)
        rows = named_today.values_list("pk", "key", "kind", F("name_on_day"))
        self.by_pk = {pk: Known(pk, key, kind, name or key) for pk, key, kind, name in rows}
        self.by_key = {item.key.casefold(): item for item in self.by_pk.values()}
        self.by_name: dict[str, list[_Named]] = defaultdict(list)
        for name in OrganisationName.objects.all():
            found = _Named(self.by_pk[name.organisation_id], name.valid_from, name.valid_until)
            for text in {plain(name.name), plain(name.name_with_kind), plain(name.abbreviation)} - {""}:
                self.by_name[text].append(found)

    def of(self, record: Record, answer: str | None) -> Known | Question | None:
        """Who is meant; a question when that is doubtful; None, and told in the record, when it is wrong."""
        key, name = record.values.get("key"), record.values.get("name")
        if key:
            return self._by_code(record, str(key), name)
        if not name:
            record.refuse("key", Rule.REQUIRED, "Vul een code of een naam in.")
            return None
        if answer is not None and answer.casefold() in self.by_key:
            return self._fits(record, self.by_key[answer.casefold()])
        return self._by_name(record, str(name))

    def _by_code(self, record: Record, key: str, name: str | None) -> Known | None:
        found = self.by_key.get(key.casefold())
        if found is None:
            record.refuse("key", Rule.KNOWN, f"De code {key} staat niet in het register. Kijk of hij klopt.")
            return None
        bearers = {item.of for item in self.by_name.get(plain(name or ""), ())}
        if bearers and found not in bearers:
            message = f"De code {found.key} hoort bij {found.name}, niet bij {name}. Welke van de twee klopt?"
            record.refuse("name", Rule.FITS, message)
            return None
        return self._fits(record, found)

    def _fits(self, record: Record, found: Known) -> Known | None:
        kind = record.values.get("kind")
        if kind and kind != found.kind:
            label = Kind(found.kind).label
            record.refuse("kind", Rule.FITS, f"{found.name} ({found.key}) is een {label}.")
            return None
        return found

    def _by_name(self, record: Record, name: str) -> Known | Question | None:
        """Certain only when one organisation of that kind bore the name on the day of signing."""
        signed_on = record.values.get("signed_on")
        day = signed_on.last_day if signed_on else timezone.localdate()
        ever = self._of_kind(record, self.by_name.get(plain(name), []))
        then = {item.of for item in ever if item.holds(day)}
        if len(then) == 1:
            return then.pop()
        return self._asked(record, name, then or {item.of for item in ever})

    def _asked(self, record: Record, name: str, options: set[Known]) -> Question | None:
        near = options or self._near(record, name)
        if not near:
            message = f"“{name}” staat niet in het register. Kijk of de naam klopt, of vul de code in."
            record.refuse("name", Rule.KNOWN, message)
            return None
        ordered = sorted(near, key=lambda item: (item.name, item.key))[:SHOWN]
        return Question(record.row, name, tuple((item.key, str(item)) for item in ordered))

    def _near(self, record: Record, name: str) -> set[Known]:
        """Former names that went over into others, and names with a typing error."""
        kind = record.values.get("kind")
        found: list[Any] = named(name)
        return {self.by_pk[item.pk] for item in found if not kind or item.kind == kind}

    def _of_kind(self, record: Record, found: list[_Named]) -> list[_Named]:
        kind = record.values.get("kind")
        return [item for item in found if not kind or item.of.kind == kind]
