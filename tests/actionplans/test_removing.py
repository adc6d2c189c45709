"""A version that was added by mistake goes, with a reason, and can come back; what is used stays."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from actionplans.models import ActionPlan, PlanVersion
from actionplans.services.removing import why_it_stays
from mvi_portal.files import services as files
from mvi_portal.files.models import Upload
from reports.models.letters import LetterState
from tests.actionplans.keeping import person, text
from tests.documents import pdf, sent
from tests.factories.actionplans import ActionPlanFactory, EvaluationFactory, PlanVersionFactory
from tests.factories.reports import LetterFactory, LetterVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> ActionPlan:
    made: ActionPlan = ActionPlanFactory(slug="actieplan-aardorp")
    PlanVersionFactory(plan=made, number=1, received_on=date(2023, 6, 1))
    return made


def page(plan: ActionPlan, rest: str = "") -> str:
    return f"/actieplannen/{plan.slug}/{rest}"


def added(client: Client, plan: ActionPlan, content: bytes) -> Any:
    told = {"received_on": "1 juni 2024", "file": sent(content, "Verkeerd.pdf")}
    return client.post(page(plan, "versies/nieuw/"), told, follow=True)


def test_a_version_goes_with_a_reason_and_comes_back_with_its_file(plan: ActionPlan, media: Path) -> None:
    eva, content = person(), pdf()
    added(eva, plan, content)
    assert "Haal versie 2 weg" in text(eva.get(page(plan)))
    asked = text(eva.get(page(plan, "versies/2/weghalen/")))
    assert "terugzetten" in asked
    assert "U haalt weg: Verkeerd.pdf, ontvangen op 1 juni 2024." in asked
    assert eva.post(page(plan, "versies/2/weghalen/"), {"why": ""}).status_code == 400
    answer = eva.post(page(plan, "versies/2/weghalen/"), {"why": "Verkeerde gemeente"}, follow=True)
    assert "Versie 2 is weggehaald" in text(answer)
    assert "Verkeerde gemeente" in text(answer)
    assert list(plan.versions.values_list("number", flat=True)) == [1]
    assert eva.post(page(plan, "versies/2/weghalen/"), {"why": "x"}).status_code == 404

    back = eva.post(page(plan, "versies/2/terugzetten/"), follow=True)
    assert "Versie 2 is teruggezet" in text(back)
    version = plan.versions.get(number=2)
    assert (version.file.read(), version.filename, str(version.received_on)) == (
        content,
        "Verkeerd.pdf",
        "1 juni 2024",
    )
    assert not Upload.objects.exists()
    assert "kan niet meer worden teruggezet" in text(
        eva.post(page(plan, "versies/2/terugzetten/"), follow=True)
    )


def test_the_number_is_not_given_again_and_the_file_goes_after_thirty_days(
    plan: ActionPlan, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    eva = person()
    added(eva, plan, pdf())
    eva.post(page(plan, "versies/2/weghalen/"), {"why": "Dubbel"})
    assert "Versie 3 is toegevoegd" in text(added(eva, plan, pdf(text="Het goede plan")))
    Upload.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        files.expire()
    assert len(list(media.rglob("*.pdf"))) == 1
    answer = eva.post(page(plan, "versies/2/terugzetten/"), follow=True)
    assert "kan niet meer worden teruggezet" in text(answer)


def test_the_same_file_that_came_again_is_not_put_back_beside_itself(plan: ActionPlan, media: Path) -> None:
    eva = person()
    added(eva, plan, pdf())
    eva.post(page(plan, "versies/2/weghalen/"), {"why": "Dubbel"})
    added(eva, plan, pdf())
    answer = eva.post(page(plan, "versies/2/terugzetten/"), follow=True)
    assert "staat inmiddels als andere versie" in text(answer)
    assert list(plan.versions.values_list("number", flat=True)) == [1, 3]


def test_what_was_chosen_to_evaluate_stays(plan: ActionPlan) -> None:
    version = plan.versions.get()
    EvaluationFactory(version=version)
    eva = person()
    for answer in (
        eva.get(page(plan, "versies/1/weghalen/"), follow=True),
        eva.post(page(plan, "versies/1/weghalen/"), {"why": "x"}, follow=True),
    ):
        assert "gekozen om te evalueren" in text(answer)
    assert PlanVersion.objects.filter(pk=version.pk).exists()


@pytest.mark.parametrize(
    ("state", "on", "stays"),
    [
        (LetterState.AGREED, date(2025, 1, 31), True),
        (LetterState.DRAFT, date(2025, 1, 31), False),
        (LetterState.AGREED, date(2023, 5, 31), False),
    ],
)
def test_what_a_letter_that_was_agreed_upon_counted_stays(
    plan: ActionPlan, state: LetterState, on: date, stays: bool
) -> None:
    letter = LetterFactory(state=state, reference_date=on, title="Voortgang")
    LetterVersionFactory(letter=letter, reference_date=on)
    assert ("‘Voortgang’" in why_it_stays(plan.versions.get())) is stays
    later = PlanVersionFactory(plan=plan, number=2, received_on=date(2022, 1, 1))
    LetterVersionFactory._meta.model.objects.update(created_at=timezone.now() - timedelta(days=1))
    assert why_it_stays(later) == ""
