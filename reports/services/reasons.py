"""Why figures moved."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from reports.models import FigureReason, Letter

# The figure, its value before and its value after; None where it is not told.
Step = tuple[str, int | None, int | None]


@transaction.atomic
def tell_reasons(*, letter: Letter, reasons: Mapping[Step, str], by: User) -> int:
    """Why each step was made; an empty reason takes one away. Returns how many changed.

    Also of a letter that was sent: an explanation changes nothing of it.
    """
    rows = FigureReason.objects.select_for_update(of=("self",)).filter(letter=letter)
    known = {(row.figure_key, row.before, row.after): row for row in rows}
    done = 0
    with history(by=by, action="letter.figure-explained"):
        for (key, before, after), why in reasons.items():
            row = known.get((key, before, after))
            if why.strip() == (row.why if row else ""):
                continue
            done += 1
            if row and not why.strip():
                row.delete()
                continue
            row = row or FigureReason(letter=letter, figure_key=key, before=before, after=after)
            row.why, row.by, row.at = why.strip(), by, timezone.now()
            row.save()
    return done
