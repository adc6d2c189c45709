"""A version that was added by mistake: taken away, and for a while put back.

What an evaluation judged, or a letter that was agreed upon counted, stays. What is taken away is gone from
every list and figure; the history keeps what stood there, who took it away and why. Its number is not given
again, and its file stays for `DAYS` days, so that it can be put back.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from actionplans import drawn
from actionplans.models import ActionPlan, PlanVersion
from actionplans.services.versions import EVENTS
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import settled
from mvi_portal.files.models import Upload
from mvi_portal.history import history

DAYS = 30
PURPOSE = "weggehaald"
GONE = "Deze versie kan niet meer worden teruggezet. Voeg haar opnieuw toe."


@transaction.atomic
def remove_version(*, version: PlanVersion, by: User, why: str) -> None:
    """Raises ValidationError for what is used."""
    locked = PlanVersion.objects.select_for_update(of=("self",)).select_related("plan").get(pk=version.pk)
    if reason := why_it_stays(locked):
        raise ValidationError(reason, code="used")
    pictures = [drawn.picture(locked, page) for page in drawn.page_numbers(locked)]
    path = locked.path
    if path:
        _keep_for_a_while(locked, by)
    with history(by=by, action="version.removed", why=why):
        locked.delete()
    transaction.on_commit(lambda: _delete(pictures))


def _delete(pictures: list[str]) -> None:
    for picture in pictures:
        default_storage.delete(picture)


def why_it_stays(version: PlanVersion) -> str:
    """In a sentence what it was used for; empty when it may go."""
    judged = version.evaluations.select_related("round").first()
    if judged is not None:
        within = f" in de ronde “{judged.round.name}”" if judged.round else ""
        return f"Deze versie is gekozen om te evalueren{within}. Daarom blijft zij staan."
    since = EVENTS.objects.filter(pgh_obj=version.pk, pgh_label="insert").earliest("pgh_created_at")
    told = [line for ask in settled for line in ask(version.received_on.last_day, since.pgh_created_at)]
    return f"{told[0]} Daarom blijft zij staan. Klopt iets niet, wijzig dan de gegevens." if told else ""


def _keep_for_a_while(version: PlanVersion, by: User) -> None:
    file = version.file
    Upload.objects.create(
        file=version.path,
        filename=version.filename,
        sha256=version.sha256,
        pages=version.pages,
        searchable=version.searchable,
        size=file.size if file.storage.exists(version.path) else 0,
        purpose=PURPOSE,
        uploaded_at=version.uploaded_at,
        uploaded_by=version.uploaded_by or by,
        expires_at=timezone.now() + timedelta(days=DAYS),
    )


def removed(plan: ActionPlan) -> list[Any]:
    """What can be put back, the last that was taken away first: each as the history has it."""
    since = timezone.now() - timedelta(days=DAYS)
    gone = EVENTS.objects.filter(plan=plan.pk, pgh_label="delete", pgh_created_at__gte=since)
    there = set(plan.versions.values_list("number", flat=True))
    rows = gone.exclude(number__in=there).select_related("pgh_context").order_by("number", "-pgh_created_at")
    return sorted(rows.distinct("number"), key=lambda event: event.pgh_created_at, reverse=True)


@transaction.atomic
def put_back(*, plan: ActionPlan, number: int, by: User) -> PlanVersion:
    """As it stood, under its own number. Raises ValidationError when it is no longer to be had."""
    ActionPlan.objects.select_for_update().get(pk=plan.pk)
    event = next((event for event in removed(plan) if event.number == number), None)
    if event is None:
        raise ValidationError(GONE, code="gone")
    if event.sha256 and plan.versions.filter(sha256=event.sha256).exists():
        raise ValidationError("Ditzelfde bestand staat inmiddels als andere versie bij dit actieplan.")
    kept = Upload.objects.select_for_update().filter(purpose=PURPOSE, file=event.file)
    if event.file and not kept.exists():
        raise ValidationError(GONE, code="gone")
    names = [field.attname for field in PlanVersion._meta.concrete_fields if not field.primary_key]
    version = PlanVersion(**{name: getattr(event, name) for name in names})
    with history(by=by, action="version.put-back"):
        version.full_clean()
        version.save()
        kept.delete()
    return version
