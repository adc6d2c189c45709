"""A round with one line that asks two organisations."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from monitoring.models import PolicyLine, ProgressRound
from tests.factories.monitoring import (
    PolicyLineFactory,
    ProgressQuestionFactory,
    ProgressRequestFactory,
    ProgressRoundFactory,
)
from tests.factories.signatories import OrganisationFactory


@pytest.fixture
def line() -> PolicyLine:
    made: PolicyLine = PolicyLineFactory(
        frame__slug="hoofdlijnen",
        frame__valid_from=date(2024, 1, 1),
        code="A",
        title="Brede borging",
        order=1,
    )
    return made


@pytest.fixture
def prepared_round(line: PolicyLine) -> ProgressRound:
    """Two organisations, one line; not asked yet."""
    due = timezone.localdate() + timedelta(days=7)
    made: ProgressRound = ProgressRoundFactory(slug="ronde", frame=line.frame, due_on=due)
    ProgressQuestionFactory(round=made, line=line, text="Wat deed u?")
    for key, name in (("ienw", "Infrastructuur"), ("ez", "Economie")):
        ProgressRequestFactory(round=made, organisation=OrganisationFactory(key=key, called__name=name))
    return made


@pytest.fixture
def open_round(prepared_round: ProgressRound) -> ProgressRound:
    prepared_round.asked_on = timezone.localdate() - timedelta(days=3)
    prepared_round.save()
    return prepared_round
