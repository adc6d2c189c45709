"""What can be printed of a round: its report and the replies; how far that is, and the files."""

from __future__ import annotations

import mimetypes
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from actionplans import boards, importing, scoring, tables
from actionplans.forms.rounds import RepliesForm, ReportForm
from actionplans.models import Evaluation, EvaluationRound
from actionplans.results import results
from actionplans.services import printed
from actionplans.services.printed import Form
from actionplans.views.rounds import common
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.exports import form_of, links
from mvi_portal.core.files import File, kind_of, size_of
from mvi_portal.core.numbers import number
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.jobs.models import Job, State
from mvi_portal.jobs.progress import progress_of
from mvi_portal.jobs.services import cancel

REPLIES = (
    Column("plan", "Actieplan"),
    Column("published", "Gepubliceerd"),
)
ASKED = (
    Column("what", "Wat"),
    Column("form", "Vorm"),
    Column("state", "Stand"),
    Column("when", "Gevraagd op"),
)
TONES: dict[str, str] = {State.DONE: "good", State.FAILED: "bad", State.RUNNING: "info", State.QUEUED: "info"}
SHOWN = 20
ALL = "alle"


@require_safe
def round_files(request: HttpRequest, slug: str) -> HttpResponse:
    common.worker(request)
    return _page(request, common.found(slug), {})


@require_safe
def round_template(request: HttpRequest, slug: str) -> HttpResponse:
    """The workbook of the round, with a row for each plan that is not published, to fill in."""
    common.evaluator(request)
    found = common.found(slug)
    form = form_of(request)
    rows = boards.evaluations(found).filter(published_on__isnull=True)
    content = importing.filled_in(found, list(rows.prefetch_related("scores__criterion")), form)
    answer = HttpResponse(content, content_type=form.content_type)
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}.{form.value}"'
    return answer


@require_POST
def round_report(request: HttpRequest, slug: str) -> HttpResponse:
    by, found = common.evaluator(request), common.found(slug)
    form = ReportForm(request.POST, round_=found)
    if not form.is_valid():
        return _page(request, found, {"report_form": form}, status=400)
    given = form.cleaned_data
    job = printed.ask_report(
        round_=found, form=Form(given["form"]), against=given["against"], on=timezone.localdate(), by=by
    )
    return redirect("actionplans:printed-detail", job.pk)


@require_POST
def round_replies(request: HttpRequest, slug: str) -> HttpResponse:
    """A letter for each evaluation that was ticked."""
    by, found = common.evaluator(request), common.found(slug)
    form = RepliesForm(request.POST)
    rows = list(_published(found).select_related("plan"))
    if ALL not in request.POST:
        ticked = set(request.POST.getlist("plan"))
        rows = [item for item in rows if item.plan.slug in ticked]
    if not rows:
        form.add_error(None, "Kruis minstens één evaluatie aan.")
    if not form.is_valid():
        return _page(request, found, {"replies_form": form}, status=400)
    wanted = Form(form.cleaned_data["form"])
    job = printed.ask_replies(round_=found, evaluations=rows, form=wanted, on=timezone.localdate(), by=by)
    return redirect("actionplans:printed-detail", job.pk)


@require_POST
def evaluation_reply(request: HttpRequest, plan: str, round_slug: str, number: int) -> HttpResponse:
    """The letter to one signatory, also of an evaluation outside a round; PDF and Word together."""
    by = common.evaluator(request)
    found = _evaluation(Evaluation.objects.published(), plan, round_slug, number)
    job = printed.ask_replies(
        round_=found.round, evaluations=[found], form=Form.BOTH, on=timezone.localdate(), by=by
    )
    return redirect("actionplans:printed-detail", job.pk)


@require_POST
def evaluation_concept(request: HttpRequest, plan: str, round_slug: str, number: int) -> HttpResponse:
    """The draft of that letter, to send for the factual check."""
    by = common.evaluator(request)
    found = _evaluation(Evaluation.objects.all(), plan, round_slug, number)
    where = tables.evaluation_href(found)
    try:
        job = printed.ask_draft(evaluation=found, on=timezone.localdate(), by=by, where=where)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect(where)
    return redirect("actionplans:printed-detail", job.pk)


@require_safe
@never_cache
def printed_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; then the file, and what did not succeed."""
    job = _job(request, pk)
    found = EvaluationRound.objects.filter(slug=job.payload["round"]).first()
    path = common.crumbs(request, found)
    if found:
        path.append(("Verslag en brieven", reverse("actionplans:round-files", args=[found.slug])))
    context = {
        "job": job,
        "title": job.payload["title"],
        "progress": progress_of(job),
        "poll": reverse("actionplans:printed-progress", args=[pk]),
        "file": _file(job),
        "reasons": job.reason.splitlines(),
        "failed": [f"{title}: {why}" for title, why in job.payload.get("failed", [])],
        "keeps": may(reader(request), Action.EVALUATE),
        "stays": job.kind == printed.DRAFT,
        **_back(job, path[-1][1]),
        "crumbs": [*path, (job.payload["title"], "")],
    }
    return render(request, "actionplans/printed_detail.html", context)


@require_safe
@never_cache
def printed_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part that a browser asks again; then the whole page."""
    job = _job(request, pk)
    if not request.headers.get("HX-Request"):
        return redirect("actionplans:printed-detail", pk)
    if not job.is_open:
        return HttpResponseClientRefresh()
    context = {"progress": progress_of(job), "poll": request.path}
    return render(request, "_components/progress.html", context)


@require_POST
def printed_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    common.evaluator(request)
    stopped = cancel(job=_job(request, pk))
    told = "Het maken is afgebroken." if stopped else "Dit was al klaar: er is niets om af te breken."
    messages.info(request, told)
    return redirect("actionplans:printed-detail", pk)


@require_safe
def printed_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file; what has expired is not found."""
    job = _job(request, pk)
    if job.state != State.DONE or size_of(job.result) is None:
        raise Http404
    name = PurePath(job.result.name or "").name
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return FileResponse(job.result.open("rb"), as_attachment=True, filename=name, content_type=kind)


def _evaluation(rows: Any, plan: str, round_slug: str, number: int) -> Evaluation:
    in_round = {"round": None} if round_slug == tables.NO_ROUND else {"round__slug": round_slug}
    loaded = rows.select_related("plan", "round")
    found: Evaluation = get_object_or_404(loaded, plan__slug=plan, number=number, **in_round)
    return found


def _job(request: HttpRequest, pk: int) -> Job:
    """Letters hold scores: only for who may see those of everybody."""
    common.worker(request)
    return get_object_or_404(Job, pk=pk, kind__in=printed.KINDS)


def _back(job: Job, others: str) -> dict[str, str]:
    """A draft was asked on the page of its evaluation."""
    evaluations = Evaluation.objects.select_related("plan", "round")
    key = job.payload.get("evaluation") if job.kind == printed.DRAFT else None
    found = evaluations.filter(pk=key).first() if key else None
    if found is None:
        return {"back": others, "back_label": "Terug naar verslag en brieven"}
    return {"back": tables.evaluation_href(found), "back_label": "Terug naar de evaluatie"}


def _file(job: Job) -> File | None:
    if job.state != State.DONE or size_of(job.result) is None:
        return None
    name = PurePath(job.result.name or "").name
    return File(name, reverse("actionplans:printed-file", args=[job.pk]), kind_of(name), size_of(job.result))


def _published(found: EvaluationRound) -> Any:
    return Evaluation.objects.filter(
        pk__in=boards.evaluations(found).values("pk"), published_on__isnull=False
    )


def _page(
    request: HttpRequest, found: EvaluationRound, forms: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    rows = _published(found).select_related("plan").order_by("plan__title", "plan__slug")
    context = {
        **common.told(request, found, "Verslag en brieven"),
        "report_form": ReportForm(round_=found),
        "interim": _interim(found),
        "replies_form": RepliesForm(),
        **forms,
        "replies": _replies(rows, request.POST.getlist("plan"), keeps=may(reader(request), Action.EVALUATE)),
        **_asked(found, whole=request.GET.get("gevraagd") == "alles"),
        "templates": links(reverse("actionplans:round-template", args=[found.slug])),
    }
    return render(request, "actionplans/round_files.html", context, status=status)


def _interim(found: EvaluationRound) -> str:
    """Why a report of today would be for us alone; empty when everybody may have it."""
    today = timezone.localdate()
    holds = results(found, on=today).total >= scoring.fewest()
    return scoring.interim(found) if holds and scoring.day_for_others(found, on=today) is None else ""


def _replies(rows: Any, ticked: list[str], *, keeps: bool) -> Table:
    made = [Row([_box(item, item.plan.slug in ticked, keeps=keeps), Cell(_day(item))]) for item in rows]
    return Table("Gepubliceerde evaluaties", REPLIES, made, "Er is nog geen evaluatie gepubliceerd.")


def _day(item: Any) -> Any:
    return tables.day(item.published_on)


def _box(item: Any, ticked: bool, *, keeps: bool) -> Cell:
    if not keeps:
        return Cell(item.plan.title, "", tables.demo(item), "warn")
    box = format_html(
        '<label class="mvi-check"><input type="checkbox" name="plan" value="{}"{}> {}</label>',
        *(item.plan.slug, " checked" if ticked else "", item.plan.title),
    )
    return Cell(box, "", tables.demo(item), "warn")


def _asked(found: EvaluationRound, *, whole: bool) -> dict[str, Any]:
    """The last that were asked for, or all; and whether that leaves any out."""
    jobs = list(printed.jobs_of(found))
    shown = jobs if whole else jobs[:SHOWN]
    rows = [
        Row(
            [
                Cell(job.payload["title"], reverse("actionplans:printed-detail", args=[job.pk])),
                Cell(Form(job.payload["form"]).label),
                Cell("", tag=job.get_state_display(), tone=TONES.get(job.state, "neutral")),
                Cell(tables.day(timezone.localtime(job.created_at).date())),
            ]
        )
        for job in shown
    ]
    cut = f": de laatste {number(len(shown))} van {number(len(jobs))}" if len(shown) < len(jobs) else ""
    table = Table(f"Verslagen en brieven{cut}", ASKED, rows, "Er is nog geen verslag of brief gemaakt.")
    return {"asked": table, "asked_is_cut": bool(cut)}
