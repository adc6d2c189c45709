"""Names in the text: of organisations by the name of another date, and of people who are not public."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from datetime import date
from typing import Any

from monitoring.naming import Names
from mvi_portal.accounts.models import User
from mvi_portal.core import prose
from mvi_portal.core.dates import long_date
from reports.checks.findings import Finding, Weight, at
from reports.checks.subject import Subject
from reports.models import CheckKey
from reports.papers.collecting import entries_of
from signatories.models import Contact, OfficeHolder, Organisation, OrganisationName
from signatories.models.organisations import on_day

_SHORTEST = 3
_SOMEBODY = "de naam van een contactpersoon of een gebruiker van het portaal"
# Said on purpose: "de toenmalige minister van EZK".
_THEN = re.compile(
    r"(?:toenmalige?|voormalige?|destijds|vroegere?|eerder|eertijds)\W+(?:\w+\W+){0,6}$", re.IGNORECASE
)


def of_another_date(subject: Subject) -> Iterator[Finding]:
    """A name that the organisation does not bear on the letter's own date."""
    day = subject.letter.dated
    old = _old_names(day)
    for passage in subject.passages:
        words = passage.paragraph.text
        for name in found_in(words, old):
            now = old[name]
            told = f"‘{name}’ is niet de naam op {long_date(day)}, de datum van de brief."
            advice = f"Schrijf ‘{now}’, of zeg dat het de naam van toen is (‘het toenmalige …’)."
            yield at(passage, CheckKey.NAME_OF_DATE, Weight.WARNING, told, advice)


def _old_names(day: date) -> dict[str, str]:
    """Names of another date, which no organisation bears on the day, with the name of the day."""
    fields = ("name", "name_with_kind", "abbreviation")
    now: set[str] = set()
    for row in OrganisationName.objects.on(day).values_list(*fields):
        now.update(row)
    found: dict[str, str] = {}
    rows = OrganisationName.objects.exclude(on_day(day)).exclude(organisation__kind="municipality")
    held = _held(day, rows.values("organisation"))
    for key, *names in rows.values_list("organisation", *fields):
        current = held.get(key)
        for name, today in zip(names, current or ("", "", ""), strict=True):
            if len(name) >= _SHORTEST and name not in now and name[:1].isupper():
                found[name] = today or (current[0] if current else "de naam van die dag")
    return found


def _held(day: date, organisations: Any) -> dict[int, tuple[str, str, str]]:
    """By the name of the day; of who is gone, that of who took over."""
    named = Organisation.objects.filter(pk__in=organisations).with_name(
        on=day, fields=("name", "name_with_kind", "abbreviation")
    )
    return {
        row.pk: (row.name_on_day, row.name_with_kind_on_day, row.abbreviation_on_day)  # type: ignore[attr-defined]
        for row in named
    }


def people() -> set[str]:
    """Contact persons and users, whom no public text names. Who holds a public office may be named."""
    names = set(Contact.objects.exclude(name="").values_list("name", flat=True))
    names |= set(User.objects.values_list("name", flat=True))
    public = set(OfficeHolder.objects.values_list("name", flat=True))
    return {name for name in names - public if len(name.split()) > 1}


def of_people(subject: Subject) -> Iterator[Finding]:
    """In the letter itself, and in what the annual report takes from the organisations."""
    persons = people()
    for passage in subject.passages:
        for name in found_in(passage.paragraph.text, persons):
            told = f"‘{name}’ is {_SOMEBODY}."
            advice = "Haal de naam weg: de brief is openbaar. Noem de organisatie of de functie."
            yield at(passage, CheckKey.PERSON, Weight.ERROR, told, advice)
    if subject.is_whole and persons:
        yield from _reported(subject, persons)


def _reported(subject: Subject, persons: Set[str]) -> Iterator[Finding]:
    """What was accepted is printed as it is; a name that may stay is put aside by name and with a reason."""
    rows = entries_of(subject.letter, subject.on).select_related("line")
    found = [(row, name) for row in rows for name in found_in(prose.plain_text(row.text), persons)]
    names = Names((row.organisation_id for row, _name in found), subject.on)
    for row, name in found:
        told = (
            f"‘{name}’ staat in de voortgang van {names.of(row.organisation_id)} bij hoofdlijn "
            f"{row.line.code}, die in het jaarverslag komt. Het is {_SOMEBODY}."
        )
        advice = "Het verslag is openbaar. Vraag de organisatie om een tekst zonder de naam."
        basis = f"{row.pk} {hashlib.sha256(row.text.encode()).hexdigest()}"
        yield Finding(CheckKey.PERSON, Weight.ERROR, told, advice, basis=basis)


def found_in(words: str, names: Iterable[str]) -> list[str]:
    """The names that stand there as whole words; the longest where one holds another."""
    spans: dict[str, list[range]] = defaultdict(list)
    for name in sorted((name for name in names if name in words), key=lambda name: (-len(name), name)):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", words):
            inside = any(match.start() in span for held in spans.values() for span in held)
            if not inside and not _THEN.search(words[: match.start()]):
                spans[name].append(range(match.start(), match.end()))
    return sorted(spans)
