"""A new round: in which frame, over which period, of whom, and per line a question. Always today's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from monitoring import carrying, services
from monitoring.forms import RoundForm
from monitoring.forms.rounds import usually_asked
from monitoring.models import Frame, ProgressRound
from monitoring.views.lists import crumbs
from monitoring.views.rounds import ROUNDS, form_page, page, questions_of
from mvi_portal.accounts.permissions import Action, allowed
from signatories.views.keeping import accepted, typed

NO_FRAME = "Er is nog geen kader met lijnen. Maak eerst een kader: een ronde vraagt per lijn van een kader."


@page
@transaction.atomic
def round_new(request: HttpRequest) -> HttpResponse:
    """Filled in as the round before it in the same frame was."""
    by = allowed(request, Action.ASK_PROGRESS)
    frames = list(Frame.objects.filter(lines__isnull=False).distinct().order_by("-valid_from", "slug"))
    if not frames:
        messages.error(request, NO_FRAME)
        return redirect("monitoring:round-list")
    frame, before = _frame(request, frames), _frame_before(request, frames)
    if before is not None and ("kies" in request.POST or before != frame):
        return _new_page(request, *_moved(request, before, frame), frames, frame)
    form = _new_form(typed(request), frame, _usual(frame))
    made: list[ProgressRound] = []

    def save(_given: Any) -> None:
        made.append(services.make_round(frame=frame, **form.given(), by=by))

    if accepted(form, save):
        messages.success(request, "De ronde staat klaar. Kijk haar na en vraag haar daarna uit.")
        return redirect("monitoring:round-detail", made[0].slug)
    return _new_page(request, form, carrying.still_carried(request.POST, frame), frames, frame)


def _moved(request: HttpRequest, before: Frame, frame: Frame) -> tuple[RoundForm, list[carrying.Text]]:
    """What was typed, in the form of the frame that was chosen."""
    usual = _usual(frame)
    moved = carrying.carried(request.POST, before, _usual(before), frame, usual)
    messages.info(request, f"U ziet nu de lijnen van {frame.name}. Wat u typte, is bewaard gebleven.")
    return _new_form(None, frame, moved, moved.initial), moved.texts


def _new_page(
    request: HttpRequest, form: RoundForm, texts: list[carrying.Text], frames: list[Frame], frame: Frame
) -> HttpResponse:
    context = {
        "title": "Nieuwe ronde",
        "frames": frames if len(frames) > 1 else [],
        "frame": frame,
        "texts": texts,
        "unplaced": [item for item in texts if item.text.strip() and not item.is_placed],
        "crumbs": crumbs(request, ROUNDS, ("Nieuwe ronde", "")),
        "back": reverse("monitoring:round-list"),
    }
    return form_page(request, form, context)


def _frame(request: HttpRequest, frames: list[Frame]) -> Frame:
    """The one that was chosen, else the newest that holds today, else the newest."""
    wanted = request.POST.get("kader") or request.GET.get("kader")
    current = set(Frame.objects.at(on=timezone.localdate()).values_list("pk", flat=True))
    chosen = [item for item in frames if item.slug == wanted]
    return (chosen or [item for item in frames if item.pk in current] or frames)[0]


def _frame_before(request: HttpRequest, frames: list[Frame]) -> Frame | None:
    """The one whose lines the form that was sent shows."""
    return next((item for item in frames if item.slug == request.POST.get("van")), None)


def _usual(frame: Frame) -> carrying.Usual:
    """As the round before it in the same frame was."""
    before = ProgressRound.objects.filter(frame=frame).order_by("-period_until", "-pk").first()
    whom = usually_asked(ProgressRound(frame=frame), before, timezone.localdate())
    return carrying.Usual(list(whom), questions_of(before) if before else {})


def _new_form(
    data: Any,
    frame: Frame,
    filled: carrying.Usual | carrying.Carried,
    initial: dict[str, Any] | None = None,
) -> RoundForm:
    return RoundForm(
        data,
        instance=ProgressRound(frame=frame),
        asked=filled.asked,
        questions=filled.questions,
        today=timezone.localdate(),
        initial=initial,
    )
