"""The notes of a letter as a parcel prints them: the texts of now, and which passages stay inside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.text import slugify

from mvi_portal.core.figures import registry
from mvi_portal.core.prose.paragraphs import Paragraph, paragraphs
from reports import content
from reports.agreement.line import Line, is_in_line, line_of
from reports.agreement.sentences import agreement_sentences
from reports.content.demands import Demand, demands_of
from reports.content.parties import Parties
from reports.errors import LetterError
from reports.frozen import FrozenAnnex, FrozenLetter, FrozenSender, FrozenSeries, FrozenTable
from reports.models import AnnexKind, AnnexPlace, DecisionNote, Letter, NoteSection
from reports.models.notes import ANNEXES, FORCES, WITHHELD
from reports.notes.lately import lately
from reports.parcel.plan import FrozenApprover, FrozenNote, FrozenNoteSection
from reports.render.notes import About

_TABLE = FrozenTable("", (), ())
Course = tuple[tuple[date, int], ...]


def notes_of(letter: Letter) -> tuple[FrozenNote, ...]:
    """All notes of the letter, in the order of its senders.

    Raises LetterError while a passage that stays inside must be looked at again: it could come out.
    """
    found = list(whole(DecisionNote.objects.filter(letter=letter)))
    if problems := [line for note in found for line in (*unsettled(note), *_told(note))]:
        raise LetterError(problems)
    senders = _senders(letter)
    order = {office: place for place, office in enumerate(senders)}
    found.sort(key=lambda note: (order.get(note.office_id, len(order)), note.office.slug))
    names = _names(letter, found, senders)
    agreed, line = (_agreed(letter), line_of(letter)) if found else ("", None)
    return tuple(
        frozen(note, senders.get(note.office_id), names[note.pk], agreed, _looked(note, line))
        for note in found
    )


def note_of(note: DecisionNote) -> FrozenNote:
    """One note, to be read on the screen; also when passages are not settled."""
    senders = _senders(note.letter)
    names, line = _names(note.letter, [note], senders), line_of(note.letter)
    agreed = _agreed(note.letter)
    return frozen(note, senders.get(note.office_id), names[note.pk], agreed, _looked(note, line))


def letter_of(letter: Letter) -> FrozenLetter:
    """What the note is about, as the letter would be frozen now; of its annexes only what they are called."""
    return replace(content.draft(letter.pk).letter, annexes=_annexes(letter))


def _annexes(letter: Letter) -> tuple[FrozenAnnex, ...]:
    return tuple(
        FrozenAnnex(
            row.number,
            row.title,
            tables=() if row.kind == AnnexKind.DOCUMENT else (_TABLE,),
            separate=row.place == AnnexPlace.SEPARATE,
        )
        for row in letter.annexes.order_by("number")
    )


def section_of(section: NoteSection) -> tuple[list[FrozenNoteSection], About]:
    """One section with the text that it has in hand, and what it tells of others: as little as it needs."""
    letter = section.letter
    parts = list(_parts(section, lately(letter, _agreed) if section.slug == FORCES else ""))
    if section.slug == WITHHELD:
        others = section.note.sections.exclude(pk=section.pk).prefetch_related("withholdings")
        parts += [part for other in others for part in _parts(other, "") if part.withheld]
    return parts, About(letter.title, _annexes(letter) if section.slug == ANNEXES else ())


def whole(notes: QuerySet[DecisionNote]) -> QuerySet[DecisionNote]:
    """With all that is printed, in a fixed number of queries."""
    return notes.select_related("letter", "office").prefetch_related("sections__withholdings")


def frozen(
    note: DecisionNote,
    sender: FrozenSender | None,
    name: str,
    agreed: str = "",
    looked: tuple[FrozenApprover, ...] = (),
) -> FrozenNote:
    """`agreed` is what the round of agreement tells, as prose; `looked` is who looked at it in the line."""
    charts, series = _drawn(note)
    return FrozenNote(
        name=name,
        title=f"Beslisnota: {note.letter.title}",
        office=note.office.title,
        addressee=note.head,
        holder=sender.holder if sender else "",
        sections=tuple(
            part
            for section in sorted(note.sections.all(), key=lambda item: item.order)
            for part in _parts(section, agreed if section.slug == FORCES else "")
        ),
        author=note.author,
        line=looked,
        reference=note.reference,
        charts=charts,
        series=series,
    )


def unsettled(note: DecisionNote) -> Iterator[str]:
    """Passages that stay inside, of which it is not certain any more where they begin and end."""
    for section in note.sections.all():
        for row in section.withholdings.all():
            if row.look_again:
                yield (
                    f"In '{section.title}' van de beslisnota aan {note.head} is een passage gewijzigd die "
                    "niet openbaar is. Kijk eerst of de grens nog klopt."
                )


def undrawn(note: DecisionNote) -> Iterator[str]:
    """Charts in its text that cannot be drawn, as of what was not frozen: each with what to do about it."""
    charts = _charts(note)
    known = [demand for demand in charts if demand.key in registry]
    problems = content.figures_of(note.letter, known)[1] if known else []
    problems += content.series_asked(note.letter, charts).problems(charts)
    yield from problems


def _told(note: DecisionNote) -> Iterator[str]:
    """The same among the notes of a letter."""
    return (f"Beslisnota aan {note.head}: {line[:1].lower()}{line[1:]}" for line in undrawn(note))


def _drawn(note: DecisionNote) -> tuple[dict[str, Course], dict[str, FrozenSeries]]:
    """The courses of the figures and the indicators that its text draws, frozen or else of now."""
    charts = _charts(note)
    known = [demand for demand in charts if demand.key in registry]
    figures = content.figures_of(note.letter, known)[0].frozen if known else {}
    courses = {item.key: figures[item.key].series for item in known if item.key in figures}
    return courses, dict(content.series_asked(note.letter, charts).found)


def _charts(note: DecisionNote) -> list[Demand]:
    demands, _problems = demands_of(note.sections.all())
    return [demand for demand in demands if demand.is_chart]


def _looked(note: DecisionNote, line: Line | None) -> tuple[FrozenApprover, ...]:
    """The steps on the text of now, in order, and what its office decided; functions, no names."""
    if line is None or not is_in_line(note.letter):
        return ()
    steps = [
        FrozenApprover(function=record.function, remark=record.remark, day=record.done_on)
        for stage in line.stages
        if (record := stage.record) and stage.is_done
    ]
    ruling = next((item for item in line.rulings if item.office.pk == note.office_id), None)
    if ruling and ruling.decision and ruling.is_current:
        decision = ruling.decision
        said = f"Besluit: {ruling.state}. {decision.remark}".strip()
        steps.append(FrozenApprover(function=note.office.title, remark=said, day=decision.decided_on))
    return tuple(steps)


def _agreed(letter: Letter) -> str:
    """Who agreed and with whom was aligned, in a paragraph from the answers themselves."""
    sentences = agreement_sentences(letter)
    return f"<p>{escape(' '.join(sentences))}</p>" if sentences else ""


def _parts(section: NoteSection, added: str) -> Iterator[FrozenNoteSection]:
    """The section, cut where a passage that stays inside begins or ends; what is added is public."""
    grounds = {row.sha256: row.ground for row in section.withholdings.all()}
    blocks = (*paragraphs(section.text), *paragraphs(added))
    if not blocks:
        yield FrozenNoteSection(section.slug, section.title, "")

    def ground(block: Paragraph) -> str:
        return grounds.get(block.sha256, "")

    for withheld, run in groupby(blocks, key=ground):
        html = "".join(block.html for block in run)
        yield FrozenNoteSection(section.slug, section.title, html, withheld)


def _senders(letter: Letter) -> dict[int, FrozenSender]:
    """By the key of the office; the sender first."""
    parties = Parties(letter)
    told = (parties.sender, *parties.co_senders)
    return {office.pk: sender for office, sender in zip(parties.offices, told, strict=True)}


def _names(letter: Letter, notes: list[DecisionNote], senders: dict[int, FrozenSender]) -> dict[int, str]:
    """Of the file: by the ministry's abbreviation, or by the office where two of one ministry decide."""
    year = letter.slug.removeprefix("voortgangsbrief-")
    short = {note.pk: _short(note, senders.get(note.office_id)) for note in notes}
    count = Counter(short.values())
    return {
        note.pk: f"beslisnota-{year}-{short[note.pk] if count[short[note.pk]] == 1 else note.office.slug}"
        for note in notes
    }


def _short(note: DecisionNote, sender: FrozenSender | None) -> str:
    return slugify(sender.organisation.abbreviation if sender else "") or note.office.slug
