"""Score and publish all plans of a round, as two evaluators would: run in a process of its own."""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.e2e.settings")
django.setup()

from django.utils import timezone  # noqa: E402 - after the set-up

from actionplans.models import Evaluation, Score  # noqa: E402
from mvi_portal.accounts.models import Role, User  # noqa: E402
from mvi_portal.core.dates import PartialDate  # noqa: E402


def main(slug: str) -> None:
    pair = list(User.objects.filter(role=Role.EVALUATOR, is_active=True).order_by("pk"))
    today = timezone.localdate()
    for evaluation in Evaluation.objects.filter(round__slug=slug):
        criteria = evaluation.rubric.criteria.exclude(lowest=None)
        Score.objects.bulk_create(
            Score(evaluation=evaluation, criterion=item, value=item.highest) for item in criteria
        )
        evaluation.started_on = evaluation.submitted_on = today
        evaluation.evaluated_on = PartialDate.day(today)
        evaluation.published_on = today
        evaluation.published_by = next(user for user in pair if user != evaluation.evaluator)
        evaluation.save()


if __name__ == "__main__":
    main(sys.argv[1])
