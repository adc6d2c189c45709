"""Several files at once: each waits until a person says whose plan it is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from actionplans import guessing, waiting
from actionplans.forms.uploads import ConfirmForm
from actionplans.models import ActionPlan, PlanVersion
from actionplans.services import plans
from actionplans.views.common import Crumbs, address, keeper, list_crumbs, say
from actionplans.views.keeping import received
from mvi_portal.accounts.models import User
from mvi_portal.core.templatetags.mvi import keep
from mvi_portal.core.uploads import limit_of
from mvi_portal.files import services as files
from mvi_portal.files.fields import told
from mvi_portal.files.models import Upload
from signatories.views.keeping import accepted, typed

page = require_http_methods(["GET", "HEAD", "POST"])
NONE = "Kies een of meer bestanden."
KNOWN = (
    "“{}” stond al bij {}, als versie {}. Er is niets dubbel bewaard: de datum en de toelichting die bij die "
    "versie staan, zijn niet gewijzigd."
)


def crumbs(request: HttpRequest) -> Crumbs:
    return [*list_crumbs(request), ("Bestanden uploaden", keep(request, reverse("actionplans:plan-upload")))]


@page
def plan_upload(request: HttpRequest) -> HttpResponse:
    """Takes what a browser sends: all files of the form at once, or one by one from the page's script."""
    by = keeper(request)
    outcomes: list[waiting.Outcome] = []
    if request.method == "POST":
        outcomes = [waiting.take(file, by) for file in request.FILES.getlist("files")]
        if "application/json" in request.headers.get("Accept", ""):
            return _told(outcomes)
        if outcomes and all(outcome.is_taken for outcome in outcomes):
            messages.success(request, "Bewaard. Bevestig nu per bestand van wie het is.")
            return redirect("actionplans:plan-upload")
    is_empty = request.method == "POST" and not outcomes
    refused = [outcome.told for outcome in outcomes if not outcome.is_taken]
    context = {
        "problems": [NONE] if is_empty else refused,
        "kept": len(outcomes) - len(refused),
        "table": waiting.table(request),
        "terms": waiting.terms(),
        "limit": str(limit_of()),
        "crumbs": [*list_crumbs(request), ("Bestanden uploaden", "")],
    }
    return render(
        request, "actionplans/plan_upload.html", context, status=400 if is_empty or refused else 200
    )


def _told(outcomes: list[waiting.Outcome]) -> JsonResponse:
    if not outcomes:
        return JsonResponse({"error": NONE}, status=400)
    first = outcomes[0]
    return JsonResponse({"message": first.told}, status=200 if first.is_taken else 400)


@page
@transaction.atomic
def upload_confirm(request: HttpRequest, token: str) -> HttpResponse:
    by = keeper(request)
    upload = Upload.objects.waiting(waiting.PURPOSE).filter(token=token).first()
    if upload is None:
        messages.info(request, files.HANDLED)
        return redirect("actionplans:plan-upload")
    guesses = guessing.organisations(upload.filename, on=timezone.localdate())
    asked = request.GET.get("voor", "") or (guesses[0].key if guesses else "")
    form = ConfirmForm(typed(request), upload=upload, asked=asked)
    made: list[tuple[PlanVersion, bool]] = []
    if accepted(form, lambda given: made.append(confirmed(upload, given, by))):
        version, is_new = made[0]
        title, name = version.plan.title, upload.filename
        say(request, is_new, f"“{name}” staat nu bij {title}.", KNOWN.format(name, title, version.number))
        return redirect(_next(request) or address(request, version.plan))
    return _confirming(request, upload, form, guesses)


def confirmed(upload: Upload, given: dict[str, Any], by: User) -> tuple[PlanVersion, bool]:
    """As a version of the plan that was chosen, or of a new one; and whether it is new."""
    plan: ActionPlan | None = given["plan"]
    with transaction.atomic():  # no plan without its file
        if plan is None:
            told = {name: given[name] for name in ("signatures", "title", "adopted_on")}
            plan, _is_new = plans.record_plan(**told, by=by)
        return received(plan, {**given, "file": upload, "url": "", "retrieved_on": None}, by)


def _next(request: HttpRequest) -> str:
    """The following file that waits, while there are any."""
    more = Upload.objects.waiting(waiting.PURPOSE).exists()
    return reverse("actionplans:plan-upload") if more else ""


def _confirming(request: HttpRequest, upload: Upload, form: Any, guesses: list[Any]) -> HttpResponse:
    known = PlanVersion.objects.filter(sha256=upload.sha256).select_related("plan").first()
    context = {
        "upload": upload,
        "file": told(upload),
        "form": form,
        "guesses": guesses,
        "known": known,
        "crumbs": [*crumbs(request), (upload.filename, "")],
        "back": crumbs(request)[-1][1],
    }
    return render(request, "actionplans/upload_confirm.html", context, status=400 if form.is_bound else 200)


@require_POST
def upload_drop(request: HttpRequest, token: str) -> HttpResponse:
    keeper(request)
    upload = Upload.objects.waiting(waiting.PURPOSE).filter(token=token).first()
    if upload is None:
        messages.info(request, files.HANDLED)
    else:
        files.drop(upload=upload)
        messages.success(request, f"“{upload.filename}” is weggegooid.")
    return redirect("actionplans:plan-upload")
