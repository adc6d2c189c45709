"""The decision notes of the demonstration: one for each office that sends the letter of 2025."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mvi_portal.accounts.models import User
from mvi_portal.core.prose.paragraphs import paragraphs
from mvi_portal.demo.agreement import at
from mvi_portal.demo.common import INVENTED, Fields
from mvi_portal.demo.letters import OF_2025
from mvi_portal.demo.texts.notes_2025 import NOTES, WITHHELD
from mvi_portal.demo.writer import Writer
from reports.checks import checked
from reports.checks.subject import note_texts
from reports.models import (
    CheckKey,
    Comment,
    DecisionNote,
    Letter,
    NoteSection,
    NoteTemplate,
    TemplateSection,
    Waiver,
    Withholding,
)
from reports.models.notes import KEY_POINTS
from reports.notes.standard import STANDARD
from signatories.models import Office

_MADE, _ASIDE = date(2025, 1, 6), date(2025, 1, 13)
_PAYING = "zeven departementen"
_WHY = "Voorbeeld: dit zijn de departementen die het plan betalen, niet die het Manifest ondertekenden."
_SECRETARY, _OFFICER = "secretariaat@voorbeeld.example", "ienw@voorbeeld.example"
_HEADS = {
    "staatssecretaris-ienw-ovm": "de staatssecretaris van IenW - Openbaar Vervoer en Milieu",
    "minister-bzk": "de minister van BZK",
    "minister-ez": "de minister van EZ",
}
_REFERENCES = {
    "staatssecretaris-ienw-ovm": "VOORBEELD/2025-02",
    "minister-bzk": "VOORBEELD/2025-03",
    "minister-ez": "VOORBEELD/2025-04",
}


def load(writer: Writer) -> None:
    """The standard template, and notes that are whole."""
    template = _template(writer)
    letter = Letter.objects.get(slug=OF_2025)
    offices = {office.slug: office for office in Office.objects.filter(slug__in=NOTES)}
    rows = [
        {
            "letter": letter,
            "office": offices[slug],
            "template": template,
            "addressee": _HEADS[slug],
            "reference": _REFERENCES[slug],
            "author": "V. Oorbeeld",
        }
        for slug in NOTES
    ]
    notes = {
        note.office.slug: note for note in writer.write(DecisionNote, rows, key=["letter", "office"]).values()
    }
    sections = writer.write(NoteSection, _sections(notes), key=["note", "slug"])
    found = {(section.note_id, section.slug): section for section in sections.values()}
    writer.write(Withholding, _withheld(notes, found), key=["section", "sha256"])


def load_said(users: dict[str, User]) -> None:
    """What was said of a note, and what a check found that may stay: once, they are people's own."""
    letter = Letter.objects.get(slug=OF_2025)
    texts = note_texts(letter)
    for item in checked(letter, texts):
        found = item.finding
        if found.check is CheckKey.TYPED_NUMBER and _PAYING in found.text:
            told = {"check_key": found.check, "anchor": found.anchor, "told": found.line, "why": _WHY}
            Waiver.objects.create(letter=letter, by=users[_SECRETARY], at=at(_ASIDE), **told)
    section = next(item for item in texts if item.slug == KEY_POINTS)
    block = paragraphs(section.text)[0]
    Comment.objects.create(
        note_section=section,
        anchor=block.sha256,
        words=block.text,
        text="Voorbeeld: noem hier ook wat er na 2025 komt.",
        by=users[_OFFICER],
        at=at(_ASIDE, 14),
    )


def _template(writer: Writer) -> NoteTemplate:
    row = {"number": 1, "made_on": _MADE, "is_demo": True, "source": f"hulpteksten {INVENTED}"}
    (template,) = writer.write(NoteTemplate, [row], key=["number"]).values()
    rows = (
        {"template": template, "order": order, "slug": item.slug, "title": item.title, "help": item.help}
        for order, item in enumerate(STANDARD, 1)
    )
    writer.write(TemplateSection, rows, key=["template", "slug"])
    return template


def _sections(notes: dict[str, DecisionNote]) -> Iterator[Fields]:
    for slug, note in notes.items():
        for order, item in enumerate(STANDARD, 1):
            text = " ".join(NOTES[slug].get(item.slug, "").split())
            yield {"note": note, "slug": item.slug, "title": item.title, "order": order, "text": text}


def _withheld(
    notes: dict[str, DecisionNote], sections: dict[tuple[int, str], NoteSection]
) -> Iterator[Fields]:
    for office, (slug, begin, ground) in WITHHELD.items():
        section = sections[notes[office].pk, slug]
        block = next(item for item in paragraphs(section.text) if item.text.startswith(begin))
        yield {
            "section": section,
            "sha256": block.sha256,
            "words": block.text,
            "ground": ground,
            "why": "Persoonlijke opvatting voor intern beraad, als voorbeeld.",
            "decided_on": _MADE,
        }
