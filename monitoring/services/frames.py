"""A new frame made from an old one, and how lines of frames go on in each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction

from monitoring.locking import locked_because
from monitoring.models import Frame, LineMapping, PlanRole, PolicyLine
from monitoring.models.frame import OPEN
from mvi_portal.accounts.models import User
from mvi_portal.core.refusals import as_errors
from mvi_portal.core.slugs import free_slug
from mvi_portal.history import history


def copy_frame(
    *,
    frame: Frame,
    name: str,
    plan_title: str,
    valid_from: date,
    ends: bool,
    roles: bool,
    source: str,
    by: User,
) -> Frame:
    """A new frame with the same lines, each of which goes on from the old one.

    With `roles` whoever has a role on the first day keeps it in the new frame; with `ends` the old frame
    holds until the day before. Raises ValidationError when that cannot be.
    """
    with as_errors(), transaction.atomic(), history(by=by, action="frame.copied", why=f"Gemaakt van {frame}"):
        made = Frame(
            slug=free_slug(Frame.objects.all(), name),
            name=name,
            plan_title=plan_title,
            aim=frame.aim,
            valid_from=valid_from,
            source=source,
            is_demo=frame.is_demo,
        )
        made.full_clean()
        made.save()
        _copy_lines(frame, made)
        if roles:
            _copy_roles(frame, made, valid_from)
        if ends:
            _end(frame, valid_from - timedelta(days=1))
    return made


def map_lines(
    *, frame: Frame, before: Mapping[PolicyLine, Iterable[PolicyLine]], by: User, why: str = ""
) -> None:
    """Of each line of the frame, which lines of other frames it continues; what is not named, goes.

    Raises ValidationError when a sent letter uses the frame.
    """
    if because := locked_because(frame):
        raise ValidationError(f"{because} Daarom blijven de koppelingen zoals ze zijn.")
    with as_errors(), transaction.atomic(), history(by=by, action="frame.mapped", why=why):
        wanted = {(earlier.pk, line.pk) for line, lines in before.items() for earlier in lines}
        known = {(row.from_line_id, row.to_line_id): row for row in _mapped(frame)}
        for pair, row in known.items():
            if pair not in wanted:
                row.delete()
        for earlier, line in sorted(wanted - known.keys()):
            row = LineMapping(from_line_id=earlier, to_line_id=line)
            row.full_clean()
            row.save()


def refuse_change(frame: Frame, rows: Iterable[models.Model]) -> None:
    """Of a frame that a sent letter uses, only who does what and when it ends may change.

    Raises ValidationError for the rest.
    """
    before = Frame.objects.filter(pk=frame.pk).first() if frame.pk else None
    because = locked_because(before) if before else ""
    if not because:
        return
    fixed = [field.attname for field in Frame._meta.concrete_fields if field.name not in OPEN]
    differs = any(getattr(frame, name) != getattr(before, name) for name in fixed)
    if differs or any(not isinstance(row, PlanRole) for row in rows):
        raise ValidationError(f"{because} Daarom blijft het kader zoals het is.")


def _mapped(frame: Frame) -> Iterable[LineMapping]:
    return LineMapping.objects.filter(to_line__frame=frame)


def _copy_lines(frame: Frame, made: Frame) -> None:
    for line in frame.lines.order_by("order"):
        copy = PolicyLine(
            frame=made,
            code=line.code,
            title=line.title,
            aim=line.aim,
            order=line.order,
            source=line.source,
            is_demo=line.is_demo,
        )
        copy.full_clean()
        copy.save()
        LineMapping.objects.create(from_line=line, to_line=copy, is_demo=line.is_demo)


def _copy_roles(frame: Frame, made: Frame, on: date) -> None:
    PlanRole.objects.bulk_create(
        PlanRole(
            frame=made,
            organisation_id=row.organisation_id,
            role=row.role,
            valid_from=on,
            source=row.source,
            is_demo=row.is_demo,
        )
        for row in PlanRole.objects.at(on=on).filter(frame=frame)
    )


def _end(frame: Frame, on: date) -> None:
    if frame.valid_from and on < frame.valid_from:
        message = (
            "Het oude kader begint dan pas later. Kies een latere dag, of laat het oude kader doorlopen."
        )
        raise ValidationError({"valid_from": message})
    if frame.valid_until is None or frame.valid_until > on:
        frame.valid_until = on
        frame.full_clean()
        frame.save(update_fields=["valid_until"])
