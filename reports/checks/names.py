"""Names in the text: of organisations by the name of another date, and of people who are not public."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Set

from monitoring.naming import Names
from mvi_portal.accounts.models import User
from mvi_portal.core import prose
from mvi_portal.core.dates import long_date
from reports.checks.findings import Finding, Weight, at
from reports.checks.former import advice, former_names, found_in
from reports.checks.subject import Passage, Subject
from reports.models import CheckKey, NoteSection
from reports.papers.collecting import entries_of
from signatories.models import Contact, OfficeHolder

_LETTER = "Haal de naam weg: de brief is openbaar. Noem de organisatie of de functie."
_NOTE = "Haal de naam weg, of houd de passage binnen."
_SOMEBODY = "de naam van een contactpersoon of een gebruiker van het portaal"


def of_another_date(subject: Subject) -> Iterator[Finding]:
    """A name that nobody bears on the letter's own date: of before, of later, or of who was gone by then."""
    day = subject.letter.dated
    old = former_names(day)
    for passage in subject.passages:
        words = passage.paragraph.text
        for name in old.within(words):
            told = f"‘{name}’ is niet de naam op {long_date(day)}, de datum van de brief."
            yield at(passage, CheckKey.NAME_OF_DATE, Weight.WARNING, told, advice(old.now[name]))


def people() -> set[str]:
    """Contact persons and users, whom no public text names. Who holds a public office may be named."""
    named = Contact.objects.order_by().exclude(name="").values_list("name")
    named = named.union(User.objects.order_by().values_list("name"))
    found = named.difference(OfficeHolder.objects.order_by().values_list("name"))
    return {name for (name,) in found if len(name.split()) > 1}


def of_people(subject: Subject) -> Iterator[Finding]:
    """In what will be public: the letter, its notes, and what the annual report takes from organisations."""
    persons = people() if subject.texts else set()
    for passage in subject.passages:
        if _stays_inside(passage):
            continue
        asked = _NOTE if isinstance(passage.section, NoteSection) else _LETTER
        for told in _named(passage, persons):
            yield at(passage, CheckKey.PERSON, Weight.ERROR, told, asked)
    yield from _in_heads(subject, persons)
    if subject.is_whole and persons:
        yield from _in_titles(subject, persons)
        yield from _reported(subject, persons)


def _stays_inside(passage: Passage) -> bool:
    """The internal edition may name people; a passage that is withheld stands in that alone."""
    section = passage.section
    return isinstance(section, NoteSection) and passage.paragraph.sha256 in section.withheld


def _named(passage: Passage, persons: Set[str]) -> Iterator[str]:
    words, section = passage.paragraph.text, passage.section
    author = section.note.author if isinstance(section, NoteSection) else ""
    if author and author.casefold() in words.casefold():
        yield "Hier staat de naam van de auteur. Namen van ambtenaren worden niet openbaar."
    for name in found_in(words, persons - {author}):
        yield f"‘{name}’ is {_SOMEBODY}."


def _in_heads(subject: Subject, persons: Set[str]) -> Iterator[Finding]:
    """To whom a note goes stands above the public edition too."""
    for note in subject.notes:
        for name in found_in(note.addressee, persons | {note.author} - {""}):
            told = f"Bij ‘Gericht aan’ staat ‘{name}’. De kop van de nota wordt openbaar."
            asked = "Noem het ambt, zonder naam."
            yield Finding(CheckKey.PERSON, Weight.ERROR, told, asked, basis=note.addressee, head=note)


def _in_titles(subject: Subject, persons: Set[str]) -> Iterator[Finding]:
    """What is printed large: of the letter, of its parts and of its annexes."""
    titles = [("het onderwerp", subject.letter.title)]
    titles += [("een kop", section.title) for section in subject.sections]
    titles += [("de titel van een bijlage", row.title) for row in subject.letter.annexes.all()]
    for where, title in titles:
        for name in found_in(title, persons):
            told = f"In {where} (‘{title}’) staat ‘{name}’, {_SOMEBODY}."
            yield Finding(CheckKey.PERSON, Weight.ERROR, told, _LETTER, basis=title)


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
        asked = "Het verslag is openbaar. Vraag de organisatie om een tekst zonder de naam."
        basis = f"{row.pk} {hashlib.sha256(row.text.encode()).hexdigest()}"
        yield Finding(CheckKey.PERSON, Weight.ERROR, told, asked, basis=basis)
