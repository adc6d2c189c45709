"""The versions of a plan as its page prints them: what was received, when, and what is known of the file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from actionplans.models import ActionPlan, PlanVersion
from mvi_portal.core.dates import long_date
from mvi_portal.core.files import File, kind_of, size_of
from mvi_portal.core.tables import Cell, Column, Row, Table, status
from mvi_portal.core.templatetags.mvi import keep
from mvi_portal.core.uploads import Scan
from mvi_portal.files.services import scans_of

COLUMNS = (
    Column("number", "Versie"),
    Column("received", "Ontvangen"),
    Column("uploaded", "Geüpload"),
    Column("file", "Bestand"),
    Column("note", "Toelichting"),
)
KEEPING = (Column("keeping", "Bijhouden"), Column("removing", "Weghalen"))
EMPTY = "Op deze peildatum was er nog geen versie ontvangen."
TONES = {Scan.NONE: "neutral", Scan.WAITING: "warn", Scan.INFECTED: "bad"}


def table(plan: ActionPlan, on: date, request: HttpRequest, *, keeps: bool) -> Table:
    """The newest first; with who brought it and a way to correct it for who `keeps` plans."""
    found = list(plan.versions.received(on=on).select_related("uploaded_by").order_by("-number"))
    scans = scans_of(found)
    rows = [_row(plan, item, scans.get(item.sha256), request, keeps=keeps) for item in found]
    return Table("Ontvangen versies", (*COLUMNS, *KEEPING) if keeps else COLUMNS, rows, EMPTY)


def _row(plan: ActionPlan, item: Any, scan: Scan | None, request: HttpRequest, *, keeps: bool) -> Row:
    return Row(
        [
            Cell(item.number),
            Cell(item.received_on),
            Cell(_uploaded(item, keeps=keeps)),
            Cell(_file(plan, item, scan)),
            Cell(item.note),
            *(_ways(plan, item, request) if keeps else []),
        ]
    )


def _ways(plan: ActionPlan, item: Any, request: HttpRequest) -> list[Cell]:
    """To correct it, and to take it away."""
    words = {"edit": f"Wijzig versie {item.number}", "remove": f"Haal versie {item.number} weg"}
    return [
        Cell(told, keep(request, reverse(f"actionplans:version-{verb}", args=[plan.slug, item.number])))
        for verb, told in words.items()
    ]


def _uploaded(version: Any, *, keeps: bool) -> str:
    if not version.uploaded_at:
        return ""
    day = long_date(timezone.localdate(version.uploaded_at))
    return f"{day} door {version.uploaded_by}" if keeps and version.uploaded_by else day


def _file(plan: ActionPlan, version: PlanVersion, scan: Scan | None) -> SafeString | str:
    """The file with its marks and fingerprint, and where it was found."""
    parts = [_download(plan, version, scan)] if version.filename else []
    if version.url:
        day = version.retrieved_on
        seen = f"webadres, bekeken op {long_date(day)}" if day else "webadres"
        parts.append(File(version.url, version.url, seen).html)
    if version.sha256:
        parts.append(_fingerprint(version.sha256))
    return format_html_join("", "{}", ((part,) for part in parts)) or "geen bestand"


def _download(plan: ActionPlan, version: PlanVersion, scan: Scan | None) -> SafeString:
    """Without a link while nobody may have it."""
    may = bool(version.file) and (scan is None or scan.is_open)
    href = reverse("actionplans:version-file", args=[plan.slug, version.number]) if may else ""
    name = version.filename
    shown = File(name, href, kind_of(name), size_of(version.file), version.pages).html
    marks = [status("niet doorzoekbaar", "warn")] if version.searchable is False else []
    if scan in TONES:
        marks.append(status(Scan(scan).label, TONES[Scan(scan)]))
    return format_html("{} {}", shown, format_html_join(" ", "{}", ((mark,) for mark in marks)))


def _fingerprint(sha256: str) -> SafeString:
    return format_html("<details><summary>Controlegetal</summary><code>{}</code></details>", sha256)
