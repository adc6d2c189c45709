"""Making a letter, and changing what it is made of: dates, parties, parts and annexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max, ProtectedError

from mvi_portal.accounts.models import User
from mvi_portal.core.refusals import as_errors, in_use
from mvi_portal.core.slugs import free_slug
from mvi_portal.history import history
from reports.composing.standard import ANNEXES
from reports.errors import LetterError
from reports.models import Annex, Comment, CoSender, Letter, Reply, Section
from reports.services.locks import sent, texts_locked
from reports.services.planning import plan_letter
from signatories.models import Office


def start_letter(
    *,
    letter: Letter,
    co_senders: Sequence[Office] = (),
    opening: bool = True,
    ending: bool = True,
    annexes: bool = True,
    sending_on: date | None = None,
    by: User | None,
) -> Letter:
    """A letter with a part for each line of its frame; with `annexes` those of the previous letter too.

    Without one the usual annexes. Its plan is counted back from the wished day of sending, which is the
    letter's own date when none is given. Raises ValidationError when that cannot be.
    """
    with as_errors(), transaction.atomic(), history(by=by, action="letter.started"):
        letter.slug = free_slug(Letter.objects.all(), f"voortgangsbrief-{letter.dated.year}", most=50)
        letter.is_demo = letter.is_demo or letter.frame.is_demo
        letter.full_clean()
        letter.save()
        Section.objects.bulk_create(_parts(letter, opening=opening, ending=ending))
        CoSender.objects.bulk_create(
            CoSender(letter=letter, office=office, order=order) for order, office in enumerate(co_senders, 1)
        )
        if annexes:
            Annex.objects.bulk_create(_annexes(letter))
        plan_letter(letter=letter, sending_on=sending_on or letter.dated, by=by)
    return letter


def _parts(letter: Letter, *, opening: bool, ending: bool) -> list[Section]:
    lines = letter.frame.lines.order_by("order")
    parts = [Section(letter=letter)] if opening else []
    parts += [Section(letter=letter, line=line, code=line.code, title=line.title) for line in lines]
    parts += [Section(letter=letter, title="Tot slot")] if ending else []
    for order, part in enumerate(parts, 1):
        part.order = order
    return parts


def _annexes(letter: Letter) -> Iterator[Annex]:
    rows: Iterable[tuple[str, str, str]] = ANNEXES
    if letter.previous:
        rows = letter.previous.annexes.order_by("number").values_list("kind", "place", "title")
    for number, (kind, place, title) in enumerate(rows, 1):
        yield Annex(letter=letter, number=number, kind=kind, place=place, title=title)


def edit_letter(
    *,
    letter: Letter,
    kept: Iterable[models.Model] = (),
    dropped: Iterable[models.Model] = (),
    by: User | None,
    why: str = "",
) -> None:
    """Other data for a letter under way; co-senders and annexes are numbered anew, in their order.

    Raises ValidationError for what cannot be, LetterError for a letter whose texts are fixed.
    """
    with as_errors(), transaction.atomic(), history(by=by, action="letter.edited", why=why):
        unlocked(letter)
        letter.full_clean()
        letter.save()
        for row in dropped:
            row.delete()
        for row in kept:
            row.full_clean(exclude=["order", "number"])
        _renumber(CoSender, "order", letter, kept)
        _renumber(Annex, "number", letter, kept)
        if letter.co_sender_rows.filter(office=letter.sender).exists():
            raise ValidationError({"sender": "De afzender staat ook bij ‘mede namens’. Haal die daar weg."})


def _renumber(model: type[models.Model], field: str, letter: Letter, kept: Iterable[models.Model]) -> None:
    """From 1; what was typed counts, and of two with the same number the one that was there comes first."""
    changed = [row for row in kept if isinstance(row, model)]
    keys = {row.pk for row in changed if row.pk}
    stored: list[Any] = list(model._default_manager.filter(letter=letter).exclude(pk__in=keys))
    found: list[Any] = sorted([*stored, *changed], key=lambda row: (getattr(row, field), row.pk or 10**9))
    for number, row in enumerate(found, 1):
        if row in changed or getattr(row, field) != number:
            setattr(row, field, number)
            row.letter = letter
            row.save()


@transaction.atomic
def remove_letter(*, letter: Letter, by: User | None, why: str) -> None:
    """Take back a letter that nothing holds on to. Raises LetterError or ValidationError."""
    letter = unlocked(letter)
    if stays := why_it_stays(letter):
        raise LetterError(stays)
    with history(by=by, action="letter.removed", why=why):
        try:
            letter.delete()
        except ProtectedError as error:
            raise in_use(error) from error


def why_it_stays(letter: Letter) -> str:
    """Why the letter cannot be taken back: fixed, built, answered or followed; "" when it can."""
    if not letter.may_change_texts:
        return texts_locked(letter)
    if letter.versions.exists():
        return "Van deze brief is al een versie gebouwd. Die blijft bewaard, dus de brief kan niet weg."
    if Reply.objects.filter(assent__letter=letter).exists():
        return (
            "Op deze brief is al geantwoord. Wat er is geantwoord blijft bewaard, dus de brief kan niet weg."
        )
    if later := letter.next_letters.order_by("dated", "slug").first():
        return (
            f"In de brief ‘{later.title}’ tellen de verschillen vanaf deze brief, dus deze kan niet weg. "
            "Kies daar eerst een andere vorige brief."
        )
    return ""


def set_reference(*, letter: Letter, by: User | None) -> None:
    """Another "ons kenmerk", also when the texts are fixed: its number often comes last.

    Raises ValidationError, or LetterError for a letter that was sent.
    """
    with as_errors(), transaction.atomic(), history(by=by, action="letter.reference-set"):
        if Letter.objects.select_for_update().get(pk=letter.pk).is_sent:
            raise LetterError(sent(letter))
        letter.full_clean()
        letter.save(update_fields=["reference"])


def add_part(*, section: Section, by: User | None) -> Section:
    """A part more, at the end. Raises ValidationError or LetterError."""
    with as_errors(), transaction.atomic(), history(by=by, action="letter.part-added"):
        letter = unlocked(section.letter)
        if section.line and not (section.code or section.title):
            section.code, section.title = section.line.code, section.line.title
        last: int | None = letter.sections.aggregate(last=Max("order"))["last"]
        section.order = (last or 0) + 1
        section.full_clean()
        section.save()
    return section


def rename_part(*, section: Section, by: User | None) -> None:
    """Another code or title. Raises ValidationError or LetterError."""
    with as_errors(), transaction.atomic(), history(by=by, action="letter.part-renamed"):
        unlocked(section.letter)
        section.full_clean()
        section.save(update_fields=["code", "title"])


@transaction.atomic
def move_part(*, section: Section, up: bool, by: User | None) -> bool:
    """Change places with the part before or after it; False at the edge. Raises LetterError."""
    letter = unlocked(section.letter)
    parts = list(letter.sections.order_by("order"))
    place = next(index for index, part in enumerate(parts) if part.pk == section.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(parts):
        return False
    one, two = parts[place], parts[other]
    one.order, two.order = two.order, one.order
    with history(by=by, action="letter.part-moved"):
        one.save(update_fields=["order"])
        two.save(update_fields=["order"])
    return True


@transaction.atomic
def remove_part(*, section: Section, by: User | None, why: str) -> None:
    """The part goes with its text and what was settled; the history keeps both.

    Raises LetterError while a remark is open, or ValidationError.
    """
    unlocked(section.letter)
    if left := Comment.objects.open().filter(section=section).count():
        many = "is nog 1 opmerking" if left == 1 else f"zijn nog {left} opmerkingen"
        raise LetterError(f"Bij ‘{section}’ {many} niet afgehandeld. Handel die eerst af.")
    with history(by=by, action="letter.part-removed", why=why):
        try:
            section.delete()
        except ProtectedError as error:
            raise in_use(error) from error


def unlocked(letter: Letter) -> Letter:
    """The letter, locked until the transaction ends. Raises LetterError when its texts are fixed."""
    found = Letter.objects.select_for_update().get(pk=letter.pk)
    if found.is_sent:
        raise LetterError(sent(found))
    if not found.may_change_texts:
        raise LetterError(texts_locked(found))
    return found
