"""All groups since 2020 on one picture, with the same as a table."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from buyergroups import lanes
from buyergroups.filters import BuyerGroupFilter
from buyergroups.models import BuyerGroup, Phase
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.lanes import svg
from mvi_portal.core.reference import of, on_of
from mvi_portal.core.templatetags.mvi import keep


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """Filtered as the list is; what began after the reference date is not there yet."""
    on = on_of(request)
    visible = BuyerGroup.objects.visible_to(reader(request), on=timezone.localdate())
    found = BuyerGroupFilter(request.GET, visible.known(on=on).with_phase(on=on), request=request)
    found.form.fields.pop("groepeer")  # it stands by sector already
    phases = Prefetch("phases", Phase.objects.filter(valid_from__lte=on).order_by("valid_from"))
    groups: list[Any] = list(found.qs.order_by("sector", "started_on", "name").prefetch_related(phases))
    drawn = lanes.drawn(groups, on)
    context = {
        "form": found.form,
        "on": on,
        "picture": svg(drawn, name="groepen") if drawn else "",
        "table": lanes.table(groups, request),
        "not_known": sum(group.started_on is None for group in groups),
        "asked_date": of(request).day.isoformat() if of(request).asked else "",
        "clear_url": keep(request, request.path),
        "crumbs": [("Buyer groups", keep(request, reverse("buyergroups:group-list"))), ("Tijdlijn", "")],
    }
    return render(request, "buyergroups/timeline.html", context, status=200 if found.form.is_valid() else 400)
