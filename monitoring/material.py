"""What progress offers to a letter: the accepted texts of each line, beneath each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.utils.html import format_html

from monitoring.models import PolicyLine, ProgressEntry
from monitoring.naming import Names
from mvi_portal.core.contributions import Material


def progress_material(on: date, since: date | None) -> list[Material]:
    """Accepted up to `on` and, when given, after `since`; who had nothing new, is left out."""
    accepted = ProgressEntry.objects.accepted(on=on).exclude(text="")
    rows = accepted.filter(accepted_at__date__gt=since) if since else accepted
    loaded = rows.select_related("line__frame").order_by(
        "line__frame__valid_from", "line__order", "line", "organisation__key", "accepted_at"
    )
    found = list(loaded)
    names = Names((entry.organisation_id for entry in found), on)
    return [_of(line, list(entries), names) for line, entries in groupby(found, key=lambda entry: entry.line)]


def _of(line: PolicyLine, entries: Sequence[ProgressEntry], names: Names) -> Material:
    told = (format_html("<h4>{}</h4>", names.of(entry.organisation_id)) + entry.text for entry in entries)
    return Material(f"voortgang.{line.natural}", line.code, f"Voortgang op {line}", "".join(told))
