"""Proposals for other texts: taken over one by one, or declined with a reason."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from mvi_portal.accounts.models import User
from mvi_portal.core.prose.merging import Merged, merged
from mvi_portal.core.prose.paragraphs import Paragraph, paragraphs
from mvi_portal.history import history
from reports.agreement.reading import Saying
from reports.errors import LetterError
from reports.models import NoteSection, Proposal, ProposalState, Section
from reports.services.notes import edit_note_section
from reports.services.parties import open_letter
from reports.services.texts import edit_section

DECIDED = "Over dit voorstel is al besloten."
MOVED = (
    "De alinea van dit voorstel is intussen gewijzigd. Verwerk het zelf in de tekst en vink dat aan, of zeg "
    "waarom het niet wordt overgenomen."
)
GONE = "Het onderdeel van dit voorstel staat niet meer in de brief."
AS_TYPED = "Zoals getypt in Word."


@transaction.atomic
def accept_proposal(*, proposal: Proposal, by_hand: bool = False, as_typed: bool = False, by: User) -> Merged:
    """Its words in the text; what was left alone stays as it is, and which figures went is told.

    `by_hand`: somebody worked it into the text already; `as_typed`: with the number that was typed in Word
    instead of the live figure. Raises LetterError when the paragraph is not what it was any more, or the
    texts of the letter are fixed.
    """
    row, target = _open(proposal)
    new = row.typed if as_typed and row.typed else row.new
    result = Merged(target.text) if by_hand else _taken_over(row, target, new)
    why = "Verwerkt in de tekst." if by_hand else AS_TYPED if as_typed and row.typed else ""
    _decide(row, ProposalState.ACCEPTED, why, by)
    if not by_hand:
        _reanchor(row, target.text, new)
        _write(target, result.html, by)
    return result


@transaction.atomic
def decline_proposal(*, proposal: Proposal, why: str, by: User) -> None:
    """It is not taken over, and who proposed it can read why."""
    if not why.strip():
        raise LetterError("Zeg waarom het voorstel niet wordt overgenomen.")
    row, _target = _open(proposal, needs_target=False)
    _decide(row, ProposalState.DECLINED, why.strip(), by)


def preview(proposal: Proposal) -> Merged | None:
    """How its paragraph would be written; None when that cannot be told any more."""
    target = proposal.section or proposal.note_section
    block = _block(proposal, target.text) if target else None
    return _block_of(proposal, block, proposal.new) if block else None


def _open(proposal: Proposal, *, needs_target: bool = True) -> tuple[Proposal, Section | NoteSection]:
    open_letter(proposal.letter)
    rows = Proposal.objects.select_for_update(of=("self",)).select_related(
        "section", "note_section", "letter"
    )
    row = rows.get(pk=proposal.pk)
    if row.state != ProposalState.OPEN:
        raise LetterError(DECIDED)
    target = row.section or row.note_section
    if target is None and needs_target:
        raise LetterError(GONE)
    return row, target  # type: ignore[return-value] # without a target only what does not ask for it


def _decide(row: Proposal, state: ProposalState, why: str, by: User) -> None:
    row.state, row.why, row.decided_at, row.decided_by = state, why, timezone.now(), by
    with history(by=by, action=f"proposal.{state.value}", why=why):
        row.save(update_fields=["state", "why", "decided_at", "decided_by"])


def _taken_over(row: Proposal, target: Section | NoteSection, new: str) -> Merged:
    """The whole text of the section with the proposal in it."""
    if not row.sha256:
        added = new if row.is_html else f"<p>{escape(new)}</p>"
        return Merged(f"{added}{target.text}" if row.is_after else f"{target.text}{added}")
    block = _block(row, target.text)
    if block is None:
        raise LetterError(MOVED)
    result = Merged(f"{block.html}{new}") if row.is_after else _block_of(row, block, new)
    first = True
    written = []
    for item in paragraphs(target.text):
        is_it = first and item.sha256 == row.sha256
        first = first and not is_it
        written.append(result.html if is_it else item.html)
    return Merged("".join(written), result.lost)


def _block(row: Proposal, text: str) -> Paragraph | None:
    return next((item for item in paragraphs(text) if item.sha256 == row.sha256), None)


def _block_of(row: Proposal, block: Paragraph, new: str) -> Merged:
    return Merged(new) if row.is_html else merged(block.html, new, Saying(row.letter))


def _reanchor(row: Proposal, text: str, new: str) -> None:
    """New paragraphs that come behind this one still do: behind what it is now."""
    if not row.is_html:
        return
    others = Proposal.objects.open().filter(section=row.section, note_section=row.note_section, is_after=True)
    others = others.filter(sha256=row.sha256).exclude(pk=row.pk)
    if row.is_after:
        others = others.filter(pk__gt=row.pk)
    elif not row.sha256:
        return
    written = paragraphs(new)
    before = [item.sha256 for item in paragraphs(text)]
    above = before[: before.index(row.sha256)] if row.sha256 in before else []
    others.update(sha256=written[-1].sha256 if written else (above or [""])[-1])


def _write(target: Section | NoteSection, text: str, by: User) -> None:
    if isinstance(target, Section):
        edit_section(section=target, text=text, by=by)
    else:
        edit_note_section(section=target, text=text, by=by)
