"""What is missing in the texts, or cited in a way that nobody can follow."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.models import Commitment
from monitoring.models.frame import mapped_pairs
from monitoring.models.kin import continuing_keys
from monitoring.naming import shortened
from mvi_portal.core import citations, prose
from reports.checks.findings import Finding, Weight, at
from reports.checks.subject import Passage, Subject, nodes_of
from reports.models import CheckKey, NoteSection, Section

_BEFORE_DECISION = "Schrijf de tekst: zonder die tekst kan er niet worden besloten."
_LIKE = "zoals Kamerstukken II 2020/21, 30 196, nr. 746"
_PAPER = ("kamerstuk", "tweede kamer", "eerste kamer", "staatscourant", "handelingen")


def without_text(subject: Subject) -> Iterator[Finding]:
    """A part of the letter keeps it from the agreement; one of a note only from the decision."""
    if subject.is_whole and not subject.sections:
        told = "De brief heeft nog geen onderdelen."
        yield Finding(CheckKey.WITHOUT_TEXT, Weight.ERROR, told, "Voeg ze toe bij ‘Indeling’.")
    for section in subject.sections:
        if not section.is_written:
            told = f"In ‘{section}’ staat nog geen tekst."
            advice = "Schrijf de tekst, of haal het onderdeel weg bij ‘Indeling’."
            yield Finding(CheckKey.WITHOUT_TEXT, Weight.ERROR, told, advice, section)
    for text in subject.texts:
        if isinstance(text, NoteSection) and not (text.is_made or text.is_written):
            told = f"In ‘{text}’ staat nog geen tekst."
            yield Finding(CheckKey.WITHOUT_TEXT, Weight.WARNING, told, _BEFORE_DECISION, text)


def doubtful_citations(subject: Subject) -> Iterator[Finding]:
    for passage in subject.passages:
        yield from _in_nodes(passage)
        yield from _in_words(passage)


def _in_nodes(passage: Passage) -> Iterator[Finding]:
    for node in _nodes(passage):
        if not isinstance(node, prose.CitationNode):
            continue
        try:
            doubts: tuple[str, ...] = citations.parse(node.ref).doubts
        except citations.CitationError as error:
            yield at(passage, CheckKey.CITATION, Weight.ERROR, str(error), "Verbeter de verwijzing.")
            continue
        for doubt in doubts:
            told = f"De verwijzing ‘{node.ref}’ is niet zeker. {doubt}"
            yield at(passage, CheckKey.CITATION, Weight.WARNING, told, "Kijk na of het nummer klopt.")


def _in_words(passage: Passage) -> Iterator[Finding]:
    """A paper that is only typed: it gets no link, and nobody finds it."""
    for words in (passage.words, *passage.notes):
        for match in citations.find(words):
            told = f"‘{match.text}’ is als gewone tekst getypt."
            advice = f"Maak er met de knop ‘Verwijzing’ een verwijzing van: {match.citation}."
            yield at(passage, CheckKey.CITATION, Weight.WARNING, told, advice)
    has_node = any(isinstance(node, prose.CitationNode) for node in _nodes(passage))
    for note in () if has_node else passage.notes:
        if not citations.find(note) and any(word in note.lower() for word in _PAPER):
            told = f"De voetnoot ‘{note}’ noemt een stuk, maar niet welk."
            yield at(passage, CheckKey.CITATION, Weight.WARNING, told, f"Zet er een verwijzing in: {_LIKE}.")


def _nodes(passage: Passage) -> list[prose.Node]:
    return nodes_of(Section(text=passage.paragraph.html))


def open_commitments(subject: Subject) -> Iterator[Finding]:
    """Promised, open on the reference date, on a line of the letter or none; and not named anywhere."""
    if not subject.is_whole:
        return
    pairs = mapped_pairs()
    homes = {
        key: section
        for section in subject.sections
        if section.line_id
        for key in continuing_keys(section.line_id, pairs)
    }
    text = subject.text
    for row in Commitment.objects.open(on=subject.on).order_by("made_on", "slug"):
        if (row.line_id is None or row.line_id in homes) and not _is_named(row, text):
            kind = str(row.get_kind_display())
            told = f"De {kind} van {row.made_on} staat open en komt niet voor: ‘{shortened(row.text, 120)}’"
            advice = "Schrijf hoe het ermee staat, met een verwijzing naar het stuk."
            home = homes.get(row.line_id) if row.line_id else None
            yield Finding(CheckKey.COMMITMENT, Weight.WARNING, told, advice, home, basis=row.slug)


def _is_named(row: Commitment, text: str) -> bool:
    return bool(row.citation) and row.citation.lower() in text.lower()
