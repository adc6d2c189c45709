"""The decision note: making it, writing it, and keeping passages of it inside."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.text import slugify

from mvi_portal.accounts.models import User
from mvi_portal.core import prose
from mvi_portal.core.prose.paragraphs import Paragraph, moves, paragraphs
from mvi_portal.history import history
from reports.errors import LetterError
from reports.models import DecisionNote, Letter, NoteSection, NoteTemplate, TemplateSection, Withholding
from reports.models.notes import WITHHELD
from reports.notes.proposals import proposed
from reports.notes.standard import STANDARD, Heading
from reports.services.commenting import follow
from signatories.models import Office

_WORDS = 200


@transaction.atomic
def make_note(*, letter: Letter, office: Office, by: User | None) -> DecisionNote:
    """The note to the office with what the letter proposes; one that is there stays as it is.

    Raises LetterError when the office does not send the letter, or when it was sent.
    """
    letter = Letter.objects.select_for_update().select_related("sender", "frame").get(pk=letter.pk)
    if found := letter.decision_notes.filter(office=office).first():
        return found
    if letter.is_sent:
        raise LetterError("De brief is verzonden: er komt geen beslisnota meer bij.")
    if office.pk != letter.sender_id and not letter.co_sender_rows.filter(office=office).exists():
        raise LetterError(f"‘{office.title}’ verzendt deze brief niet en krijgt dus geen beslisnota.")
    template = NoteTemplate.objects.first() or new_template(headings=STANDARD, why="", by=by)
    texts = proposed(letter, office)
    with history(by=by, action="note.made"):
        note = DecisionNote.objects.create(
            letter=letter, office=office, template=template, addressee=_within(office.title)
        )
        for row in template.sections.all():
            NoteSection.objects.create(
                note=note, slug=row.slug, title=row.title, order=row.order, text=texts.get(row.slug, "")
            )
    return note


@transaction.atomic
def change_note(*, note: DecisionNote, addressee: str, reference: str, author: str, by: User | None) -> None:
    """What stands in its head. Raises LetterError once there is a decision."""
    stored = _changing(note)
    stored.addressee, stored.reference, stored.author = addressee, reference, author
    with history(by=by, action="note.changed"):
        stored.save(update_fields=["addressee", "reference", "author"])


@transaction.atomic
def edit_note_section(*, section: NoteSection, text: str, by: User | None) -> None:
    """The section says something else; remarks and passages that stay inside go along with their paragraphs.

    A passage that was rewritten or cut is to be looked at again before anything is made public. Raises
    LetterError once there is a decision.
    """
    _changing(section.note)
    stored = NoteSection.objects.select_for_update().get(pk=section.pk)
    if stored.text == prose.clean(text):
        return
    with history(by=by, action="note.section-edited"):
        before, stored.text = stored.text, text
        stored.save(update_fields=["text"])
        follow(stored, before, stored.text)
        if rows := list(stored.withholdings.select_for_update()):
            old, new = paragraphs(before), paragraphs(text)
            went = list(zip(old, moves(old, new), strict=True))
            for row in rows:
                _follow(row, went, new)


def _follow(
    row: Withholding, went: Sequence[tuple[Paragraph, int | None]], after: Sequence[Paragraph]
) -> None:
    """One fingerprint can be that of several paragraphs: each that was kept inside stays inside.

    `went` tells of each paragraph before the edit where it stands in `after`.
    """
    places = [place for block, place in went if block.sha256 == row.sha256]
    kept = {after[place].sha256: after[place] for place in places if place is not None}
    if set(kept) == {row.sha256} and len(after) <= len(went):
        return
    row.look_again = row.look_again or set(kept) != {row.sha256}
    others = [block for sha256, block in kept.items() if sha256 != row.sha256]
    if row.sha256 not in kept and others:
        _move(row, others.pop(0))
    row.save(update_fields=["sha256", "words", "look_again"])
    for block in others:
        _also(row, block)


def _move(row: Withholding, block: Paragraph) -> None:
    """Two passages that became the same text are one."""
    Withholding.objects.filter(section=row.section_id, sha256=block.sha256).exclude(pk=row.pk).delete()
    row.sha256, row.words = block.sha256, _words(block)


def _also(row: Withholding, block: Paragraph) -> None:
    Withholding.objects.get_or_create(
        section_id=row.section_id,
        sha256=block.sha256,
        defaults={
            "words": _words(block),
            "ground": row.ground,
            "why": row.why,
            "look_again": True,
            "decided_by_id": row.decided_by_id,
        },
    )


@transaction.atomic
def withhold(*, section: NoteSection, sha256: str, ground: str, why: str, by: User | None) -> Withholding:
    """The paragraph stays out of the public edition; again says it on another ground, or confirms it.

    Raises LetterError when the paragraph is not in the text any more, or the letter was sent.
    """
    _withholding(section.note)
    stored = NoteSection.objects.select_for_update().get(pk=section.pk)
    block = next((item for item in paragraphs(stored.text) if item.sha256 == sha256), None)
    if block is None:
        raise LetterError("Deze passage staat niet meer zo in de tekst. Kies haar opnieuw.")
    facts = {"words": _words(block), "ground": ground, "why": why, "look_again": False, "decided_by": by}
    with history(by=by, action="note.withheld"):
        row, _made = Withholding.objects.update_or_create(section=stored, sha256=sha256, defaults=facts)
    return row


@transaction.atomic
def release(*, section: NoteSection, sha256: str, by: User | None) -> bool:
    """The paragraph is public again; whether it was not. Raises LetterError when the letter was sent."""
    _withholding(section.note)
    with history(by=by, action="note.released"):
        deleted, _by_model = Withholding.objects.filter(section=section, sha256=sha256).delete()
    return bool(deleted)


@transaction.atomic
def new_template(*, headings: Sequence[Heading], why: str, by: User | None) -> NoteTemplate:
    """The next version; notes that are there keep theirs. A heading without a slug gets one from its title.

    Raises LetterError when the section is missing in which the Woo is accounted for.
    """
    if WITHHELD not in {item.slug for item in headings}:
        raise LetterError("De sectie over informatie die niet openbaar wordt, moet in het sjabloon blijven.")
    last = NoteTemplate.objects.select_for_update().order_by("number").last()
    with history(by=by, action="note.template-made"):
        made = NoteTemplate.objects.create(number=last.number + 1 if last else 1, why=why)
        taken = {item.slug for item in headings if item.slug}
        for order, item in enumerate(headings, 1):
            slug = item.slug or _free(slugify(item.title)[:50] or "sectie", taken)
            taken.add(slug)
            TemplateSection.objects.create(
                template=made, slug=slug, title=item.title, help=item.help, order=order
            )
    return made


def _free(slug: str, taken: set[str]) -> str:
    found, number = slug, 2
    while found in taken:
        found, number = f"{slug}-{number}", number + 1
    return found


def _changing(note: DecisionNote) -> DecisionNote:
    """The note, locked with its letter: nobody can decide meanwhile. Raises LetterError."""
    Letter.objects.select_for_update().get(pk=note.letter_id)
    stored = DecisionNote.objects.select_related("letter").get(pk=note.pk)
    if not stored.may_change:
        raise LetterError(note_locked(stored))
    return stored


def _withholding(note: DecisionNote) -> None:
    letter = Letter.objects.select_for_update().get(pk=note.letter_id)
    if letter.is_sent:
        raise LetterError("De brief is verzonden: wat openbaar is, verandert niet meer.")


def note_locked(note: DecisionNote) -> str:
    """Why the note does not change any more."""
    return (
        f"De brief is nu '{note.letter.stand.label}'. De beslisnota ligt dan vast. "
        "Zet de brief terug om haar nog te wijzigen."
        if not note.letter.is_sent
        else "De brief is verzonden: de beslisnota ligt vast."
    )


def _words(block: Paragraph) -> str:
    text = block.text or "tabel of grafiek"
    return text if len(text) <= _WORDS else f"{text[:_WORDS].rsplit(' ', 1)[0]} …"


def _within(title: str) -> str:
    return title[:1].lower() + title[1:]
