"""One evaluation, from its beginning to a correction."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actionplans import drawing, drawn
from actionplans.models import Criterion, Evaluation, EvaluationState, PlanVersion, ReusableRemark, Score
from actionplans.services import judging, publishing
from mvi_portal.accounts.models import Role, User
from mvi_portal.core import pdf
from mvi_portal.core.dates import PartialDate
from mvi_portal.history.reading import changes_of
from mvi_portal.jobs.leases import Run, claim
from mvi_portal.jobs.models import Job, State
from tests import documents
from tests.actionplans.refusals import refused
from tests.factories.actionplans import (
    CriterionFactory,
    EvaluationFactory,
    PlanVersionFactory,
    RubricFactory,
    ScoreFactory,
)
from tests.factories.signatories import ThemeFactory

pytestmark = pytest.mark.django_db
SECRET = "Zwak onderbouwd, zie bijlage"
REACTION = "Wij herkennen dit niet helemaal"


def user(role: Role, name: str = "een") -> User:
    found, _ = User.objects.get_or_create(
        email=f"{name}-{role}@voorbeeld.example", defaults={"name": f"{name} {role.label}", "role": role}
    )
    return found


def visitor(role: Role, name: str = "een") -> Client:
    client = Client()
    client.force_login(user(role, name))
    return client


@pytest.fixture
def evaluator() -> Client:
    return visitor(Role.EVALUATOR)


@pytest.fixture
def second() -> Client:
    return visitor(Role.EVALUATOR, "twee")


@pytest.fixture
def evaluation() -> Evaluation:
    """Of a plan that came in before, with a criterion of each kind."""
    made: Evaluation = EvaluationFactory(evaluator=user(Role.EVALUATOR))
    return made


def address(evaluation: Evaluation, verb: str = "") -> str:
    return f"/evaluaties/{evaluation.plan.slug}/zonder-ronde/{evaluation.number}/{verb}"


def page(client: Client, at: str) -> str:
    answer = client.get(at)
    assert answer.status_code == 200, answer.headers
    return " ".join(answer.content.decode().split())


def names(evaluation: Evaluation) -> dict[str, int]:
    return dict(evaluation.rubric.criteria.values_list("code", "pk"))


def answers(evaluation: Evaluation, **more: str) -> dict[str, str]:
    """What a browser sends of a form that is filled in."""
    key = names(evaluation)
    filled = {
        f"value-{key['five-step']}": "3",
        f"remark-{key['five-step']}": SECRET,
        f"page-{key['five-step']}": "12",
        f"quote-{key['five-step']}": "Wij willen",
        f"value-{key['yes-no']}": "0",
        f"value-{key['points']}": "7",
        f"remark-{key['text']}": "Een leesbaar plan.",
    }
    return {**filled, **more}


def edition_on(client: Client, evaluation: Evaluation) -> str:
    found = re.search(r'name="edition" value="(\w+)"', page(client, address(evaluation, "beoordelen/")))
    assert found
    return found[1]


def fill(client: Client, evaluation: Evaluation, action: str = "dien-in", **more: str) -> Any:
    data = answers(evaluation, **more)
    edition = edition_on(client, evaluation)
    return client.post(address(evaluation, "beoordelen/"), {**data, "edition": edition, "actie": action})


def submitted(client: Client, evaluation: Evaluation) -> Evaluation:
    assert fill(client, evaluation).status_code == 302
    evaluation.refresh_from_db()
    return evaluation


def checked(evaluation: Evaluation, by: User) -> None:
    today = timezone.localdate()
    publishing.send_check(evaluation=evaluation, sent_on=today, until=today + timedelta(days=14), by=by)
    publishing.record_reaction(evaluation=evaluation, reacted_on=today, reaction=REACTION, by=by)


def state(evaluation: Evaluation) -> EvaluationState:
    evaluation.refresh_from_db()
    return evaluation.state


def test_the_whole_way_of_an_evaluation(evaluator: Client, second: Client) -> None:
    version = PlanVersionFactory()
    rubric = RubricFactory.published()
    answer = evaluator.post(
        f"/actieplannen/{version.plan.slug}/evalueren/", {"version": version.pk, "rubric": rubric.pk}
    )
    evaluation = Evaluation.objects.get()
    assert answer.headers["Location"] == address(evaluation, "beoordelen/")
    assert state(evaluation) == EvaluationState.DRAFT
    assert "0 van 4 ingevuld" in page(evaluator, address(evaluation, "beoordelen/"))
    assert fill(evaluator, evaluation).headers["Location"] == address(evaluation)
    assert state(evaluation) == EvaluationState.SUBMITTED
    assert evaluation.evaluated_on is not None
    today = timezone.localdate()
    dates = {"sent_on": str(today), "until": str(today + timedelta(days=21))}
    second.post(address(evaluation, "feitencheck/"), dates)
    assert state(evaluation) == EvaluationState.CHECK
    second.post(address(evaluation, "reactie/"), {"reacted_on": str(today), "reaction": REACTION})
    assert "Publiceer" in page(second, address(evaluation))
    second.post(address(evaluation, "publiceren/"), {"evaluated_on": str(today)})
    assert state(evaluation) == EvaluationState.PUBLISHED
    assert evaluation.published_by == user(Role.EVALUATOR, "twee")
    actions = {change.action for change in changes_of(evaluation)}
    assert {"evaluation.begun", "evaluation.submitted", "evaluation.check-sent"} <= actions
    assert {"evaluation.reaction-recorded", "evaluation.published"} <= actions


def test_what_misses_is_told_at_submission_and_the_rest_is_kept(
    evaluator: Client, evaluation: Evaluation
) -> None:
    key = names(evaluation)
    answer = fill(evaluator, evaluation, **{f"value-{key['yes-no']}": "", f"remark-{key['text']}": " "})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert f'href="#criterium-{key["yes-no"]}"' in html
    assert f'href="#criterium-{key["text"]}"' in html
    assert f'href="#criterium-{key["points"]}"' not in html
    assert "2 van 4 ingevuld" in html
    assert Score.objects.get(criterion=key["points"]).value == 7
    assert state(evaluation) == EvaluationState.DRAFT
    why = {f"value-{key['yes-no']}": "", f"remark-{key['yes-no']}": "Het plan zegt er niets over."}
    assert fill(evaluator, evaluation, **why).status_code == 302


def test_bad_input_is_told_and_kept_and_the_rest_is_saved(evaluator: Client, evaluation: Evaluation) -> None:
    key = names(evaluation)
    wrong = {f"value-{key['points']}": "11", f"page-{key['five-step']}": "nul", "evaluated_on": "ooit"}
    answer = fill(evaluator, evaluation, **wrong)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert all(f'value="{typed}"' in html for typed in ("11", "nul", "ooit"))
    assert "data-autosave-unsaved" in html
    assert "3 van 4 ingevuld" in html
    assert not Score.objects.filter(criterion=key["points"], value__isnull=False).exists()
    assert Score.objects.get(criterion=key["five-step"]).value == 3
    assert state(evaluation) == EvaluationState.DRAFT
    [edition] = re.findall(r'name="edition" value="(\w+)"', html)
    mended = {**answers(evaluation), "edition": edition, "actie": "dien-in"}
    assert evaluator.post(address(evaluation, "beoordelen/"), mended).status_code == 302
    assert state(evaluation) == EvaluationState.SUBMITTED


@pytest.mark.parametrize(
    ("day", "told"), [("2050", judging.FUTURE_DATE), ("1 januari 2020", judging.BEFORE_RECEIPT)]
)
def test_a_day_that_cannot_be_is_told_at_its_field_and_stops_the_submission(
    evaluator: Client, evaluation: Evaluation, day: str, told: str
) -> None:
    edition = edition_on(evaluator, evaluation)
    saved = autosave(evaluator, evaluation, edition, **answers(evaluation, evaluated_on=day)).json()
    assert [(error["name"], error["message"]) for error in saved["errors"]] == [("evaluated_on", told)]
    assert Score.objects.count() == 4
    answer = fill(evaluator, evaluation, evaluated_on=day)
    html = answer.content.decode()
    assert (answer.status_code, state(evaluation)) == (400, EvaluationState.DRAFT)
    assert f"Geëvalueerd op: {told}" in html
    assert f'value="{day}"' in html
    assert evaluation.evaluated_on is None


def test_a_submission_refuses_a_day_that_a_draft_of_before_still_holds(
    evaluator: Client, evaluation: Evaluation
) -> None:
    fill(evaluator, evaluation, "bewaar")
    evaluation.refresh_from_db()
    evaluation.evaluated_on = PartialDate.parse("2050")
    evaluation.save()
    with pytest.raises(ValidationError, match=judging.FUTURE_DATE):
        judging.submit(evaluation=evaluation, by=user(Role.EVALUATOR))


def autosave(client: Client, evaluation: Evaluation, edition: str, **typed: str) -> Any:
    return client.post(address(evaluation, "beoordelen/concept/"), {**typed, "edition": edition})


def test_a_draft_is_saved_while_one_types(evaluator: Client, evaluation: Evaluation) -> None:
    key, edition = names(evaluation), edition_on(evaluator, evaluation)
    typed = {f"value-{key['five-step']}": "4", f"page-{key['five-step']}": "x"}
    told = autosave(evaluator, evaluation, edition, **typed).json()
    assert [error["name"] for error in told["errors"]] == [f"page-{key['five-step']}"]
    score = Score.objects.get()
    assert (score.value, score.page) == (4, None)
    evaluation.refresh_from_db()
    assert evaluation.started_on == timezone.localdate()
    again = autosave(evaluator, evaluation, told["edition"], **{f"value-{key['five-step']}": "5"})
    assert again.status_code == 200
    assert Score.objects.get().value == 5
    late = autosave(evaluator, evaluation, edition, **{f"value-{key['five-step']}": "1"})
    assert late.status_code == 409
    assert late.json()["conflicts"][0]["theirs"] == "5"
    assert Score.objects.get().value == 5


def test_saving_the_same_again_writes_nothing(evaluator: Client, evaluation: Evaluation) -> None:
    fill(evaluator, evaluation, "bewaar")
    before = [len(changes_of(score)) for score in Score.objects.all()]
    fill(evaluator, evaluation, "bewaar")
    assert [len(changes_of(score)) for score in Score.objects.all()] == before
    assert len(before) == 4


def test_who_begins_what_nobody_was_given_becomes_the_evaluator(evaluator: Client, second: Client) -> None:
    chosen = EvaluationFactory(evaluator=None)
    assert state(chosen) == EvaluationState.CHOSEN
    fill(evaluator, chosen, "bewaar")
    chosen.refresh_from_db()
    assert chosen.evaluator == user(Role.EVALUATOR)
    assert second.get(address(chosen, "beoordelen/")).status_code == 403
    assert second.post(address(chosen, "beoordelen/concept/")).status_code == 403


def test_a_submitted_evaluation_is_shut_until_it_is_taken_back(
    evaluator: Client, second: Client, evaluation: Evaluation
) -> None:
    edition = edition_on(evaluator, evaluation)
    submitted(evaluator, evaluation)
    late = autosave(evaluator, evaluation, edition)
    assert late.status_code in {409, 422}
    assert evaluator.get(address(evaluation, "beoordelen/")).headers["Location"] == address(evaluation)
    answer = second.post(address(evaluation, "terugnemen/"), {"why": ""})
    assert "Schrijf op wat de beoordelaar moet aanpassen" in answer.content.decode()
    second.post(address(evaluation, "terugnemen/"), {"why": "De score bij budget klopt niet."})
    assert state(evaluation) == EvaluationState.DRAFT
    assert changes_of(evaluation)[0].why == "De score bij budget klopt niet."
    assert "De score bij budget klopt niet." in page(evaluator, address(evaluation))


def test_the_service_refuses_a_draft_of_what_is_shut(evaluation: Evaluation, evaluator: Client) -> None:
    edition = edition_on(evaluator, evaluation)
    Evaluation.objects.filter(pk=evaluation.pk).update(
        started_on=date(2024, 1, 1), submitted_on=date(2024, 1, 2)
    )
    answer = autosave(evaluator, evaluation, edition)
    assert answer.status_code == 422
    assert "ingediend" in answer.json()["errors"][0]["message"]


def test_the_evaluator_never_publishes_the_own_evaluation(evaluator: Client, evaluation: Evaluation) -> None:
    submitted(evaluator, evaluation)
    checked(evaluation, user(Role.EVALUATOR, "twee"))
    told = evaluator.post(address(evaluation, "publiceren/"), {"evaluated_on": "2024"}, follow=True)
    assert "Een tweede persoon publiceert" in told.content.decode()
    assert state(evaluation) == EvaluationState.CHECK
    evaluation.published_on, evaluation.published_by = timezone.localdate(), user(Role.EVALUATOR)
    with refused("evaluation_published_by_another"):
        evaluation.save()


def test_another_evaluator_is_no_way_around_that(evaluator: Client, evaluation: Evaluation) -> None:
    submitted(evaluator, evaluation)
    evaluation.evaluator = user(Role.EVALUATOR, "twee")
    with refused("evaluation_evaluator_kept", "de beoordelaar blijft dezelfde"):
        evaluation.save()


def test_publishing_waits_for_the_factual_check(
    evaluator: Client, second: Client, evaluation: Evaluation
) -> None:
    by = user(Role.EVALUATOR, "twee")
    assert "nog niet ingediend" in publishing.why_not_publish(evaluation, by)
    submitted(evaluator, evaluation)
    assert "nog niet verstuurd" in page(second, address(evaluation))
    today = timezone.localdate()
    publishing.send_check(evaluation=evaluation, sent_on=today, until=today + timedelta(days=14), by=by)
    evaluation.refresh_from_db()
    assert "kan tot en met" in publishing.why_not_publish(evaluation, by)
    assert "Wacht op de reactie" in judging.why_shut(evaluation, user(Role.EVALUATOR))
    long_ago = today - timedelta(days=60)
    Evaluation.objects.filter(pk=evaluation.pk).update(
        started_on=long_ago,
        submitted_on=long_ago,
        check_sent_on=long_ago,
        check_until=today - timedelta(days=1),
    )
    evaluation.refresh_from_db()
    assert publishing.why_not_publish(evaluation, by) == ""
    assert "geen reactie" in page(second, address(evaluation))


@pytest.mark.parametrize(
    ("verb", "data", "told"),
    [
        ("feitencheck/", {"sent_on": "2020-01-01", "until": "2020-02-01"}, "pas op"),
        ("feitencheck/", {"sent_on": "2050-01-01", "until": "2050-02-01"}, "in de toekomst"),
        ("feitencheck/", {"sent_on": "vandaag", "until": "x"}, "Verstuurd op"),
        ("reactie/", {"reacted_on": "2020-01-01", "reaction": "ja"}, "pas op"),
        ("reactie/", {"reacted_on": "2050-01-01", "reaction": ""}, "Reactie van de ondertekenaar"),
        ("publiceren/", {"evaluated_on": "2050"}, "in de toekomst"),
        ("publiceren/", {"evaluated_on": "1 januari 2020"}, "vóór de ontvangst"),
    ],
)
def test_dates_that_cannot_be_are_told(
    evaluator: Client, second: Client, evaluation: Evaluation, verb: str, data: dict[str, str], told: str
) -> None:
    submitted(evaluator, evaluation)
    if verb == "reactie/":
        today = timezone.localdate()
        publishing.send_check(
            evaluation=evaluation, sent_on=today, until=today + timedelta(days=1), by=user(Role.EVALUATOR)
        )
    if verb == "publiceren/":
        checked(evaluation, user(Role.EVALUATOR))
    answer = second.post(address(evaluation, verb), data)
    assert answer.status_code == 400
    assert told in answer.content.decode()


def test_after_the_reaction_the_evaluator_can_adapt_it(evaluator: Client, evaluation: Evaluation) -> None:
    submitted(evaluator, evaluation)
    checked(evaluation, user(Role.EVALUATOR))
    assert REACTION in page(evaluator, address(evaluation, "beoordelen/"))
    key = names(evaluation)
    fill(evaluator, evaluation, "bewaar", **{f"value-{key['five-step']}": "4"})
    assert Score.objects.get(criterion=key["five-step"]).value == 4
    assert state(evaluation) == EvaluationState.CHECK


def test_a_correction_is_a_new_version_and_the_published_one_stays(
    evaluator: Client, second: Client, evaluation: Evaluation
) -> None:
    submitted(evaluator, evaluation)
    checked(evaluation, user(Role.EVALUATOR))
    publishing.publish(
        evaluation=evaluation, evaluated_on=PartialDate.month(2024, 5), by=user(Role.EVALUATOR, "twee")
    )
    assert second.post(address(evaluation, "corrigeren/"), {"reason": ""}).status_code == 400
    second.post(address(evaluation, "corrigeren/"), {"reason": "De verkeerde bladzijde."})
    corrected = Evaluation.objects.get(number=2)
    assert corrected.evaluator == user(Role.EVALUATOR, "twee")
    assert corrected.scores.count() == 4
    again = second.post(address(evaluation, "corrigeren/"), {"reason": "Nog eens."})
    assert "al een latere versie" in again.content.decode()
    assert "Versie 2: De verkeerde bladzijde." in page(second, address(evaluation))
    key = names(corrected)
    fill(second, corrected, **{f"value-{key['five-step']}": "5"})
    evaluator.post(address(corrected, "publiceren/"), {"evaluated_on": "mei 2024"})
    assert state(corrected) == EvaluationState.PUBLISHED
    assert evaluation.scores.get(criterion=key["five-step"]).value == 3
    assert state(evaluation) == EvaluationState.PUBLISHED


def test_one_plan_has_one_evaluation_outside_a_round(evaluator: Client) -> None:
    done = EvaluationFactory.published()
    rubric = RubricFactory.published()
    at = f"/actieplannen/{done.plan.slug}/evalueren/"
    answer = evaluator.post(at, {"version": done.version_id, "rubric": rubric.pk})
    assert "al geëvalueerd" in answer.content.decode()
    running = EvaluationFactory()
    at = f"/actieplannen/{running.plan.slug}/evalueren/"
    answer = evaluator.post(at, {"version": running.version_id, "rubric": rubric.pk})
    assert "Er loopt al een evaluatie" in answer.content.decode()
    empty = PlanVersionFactory(received_on=date(2050, 1, 1)).plan
    told = evaluator.get(f"/actieplannen/{empty.slug}/evalueren/", follow=True)
    assert "nog geen versie ontvangen" in told.content.decode()


WRITES = ("beoordelen/", "beoordelen/concept/", "beoordelen/bladzijden/", "terugnemen/")
FOLLOWS = ("feitencheck/", "reactie/", "publiceren/", "corrigeren/", "document/", "antwoord/")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.READER, Role.ADMINISTRATOR, Role.CONTACT])
def test_who_may_not_see_scores_never_gets_a_byte_of_them(
    evaluator: Client, evaluation: Evaluation, role: Role
) -> None:
    submitted(evaluator, evaluation)
    checked(evaluation, user(Role.EVALUATOR))
    client = visitor(role)
    key = names(evaluation)
    for is_published in (False, True):
        for verb in ("", "bestand/", *WRITES, *FOLLOWS):
            for method in (client.get, client.post):
                answer = method(address(evaluation, verb), answers(evaluation))
                body = b"".join(answer) if answer.streaming else answer.content
                readable = is_published and verb == "" and role != Role.CONTACT
                assert answer.status_code in ({200, 405} if readable else {403, 404, 405}), (verb, role)
                for told in (SECRET, REACTION, "stap 3", "7 van 10", "Wij willen", "Een leesbaar plan"):
                    assert told not in body.decode()
        if not is_published:
            publishing.publish(
                evaluation=evaluation,
                evaluated_on=PartialDate.month(2024, 5),
                by=user(Role.EVALUATOR, "twee"),
            )
    assert Score.objects.get(criterion=key["five-step"]).value == 3
    assert client.get("/evaluaties/vaste-opmerkingen/").status_code == 403


def test_the_document_goes_with_the_scores_and_is_frozen_with_them(
    evaluator: Client, second: Client, evaluation: Evaluation
) -> None:
    submitted(evaluator, evaluation)
    refused_one = evaluator.post(address(evaluation, "document/"), {"document": documents.sent(b"niets")})
    assert refused_one.status_code == 400
    content = documents.pdf(text=SECRET)
    evaluator.post(address(evaluation, "document/"), {"document": documents.sent(content, "Evaluatie.pdf")})
    evaluation.refresh_from_db()
    assert (evaluation.filename, evaluation.pages) == ("Evaluatie.pdf", 1)
    assert "Evaluatie.pdf" in page(visitor(Role.SECRETARIAT), address(evaluation))
    assert b"".join(visitor(Role.SECRETARIAT).get(address(evaluation, "bestand/"))) == content
    checked(evaluation, user(Role.EVALUATOR))
    publishing.publish(
        evaluation=evaluation, evaluated_on=PartialDate.month(2024, 5), by=user(Role.EVALUATOR, "twee")
    )
    told = second.post(address(evaluation, "document/"), {"document": documents.sent(content)}, follow=True)
    assert "verandert niet meer" in told.content.decode()
    html = page(visitor(Role.READER), address(evaluation))
    assert "Evaluatie.pdf" not in html
    assert visitor(Role.READER).get(address(evaluation, "bestand/")).status_code == 404


def test_the_secretariat_reads_along_and_writes_nothing(evaluator: Client, evaluation: Evaluation) -> None:
    submitted(evaluator, evaluation)
    client = visitor(Role.SECRETARIAT)
    html = page(client, address(evaluation))
    assert SECRET in html
    assert "Ingediend op" in html
    assert "Publiceer" not in html
    assert all(client.post(address(evaluation, verb)).status_code == 403 for verb in (*WRITES, *FOLLOWS))


def test_the_number_of_queries_does_not_grow_with_the_criteria(evaluator: Client) -> None:
    def counted(criteria: int) -> list[int]:
        rubric = RubricFactory()
        for _ in range(criteria):
            CriterionFactory(rubric=rubric, theme=ThemeFactory())
        rubric.published_on = date(2023, 6, 1)
        rubric.save()
        evaluation = EvaluationFactory(rubric=rubric, evaluator=user(Role.EVALUATOR))
        for criterion in Criterion.objects.filter(rubric=rubric):
            ScoreFactory(evaluation=evaluation, criterion=criterion)
        return [queries_of(evaluator, address(evaluation, verb)) for verb in ("beoordelen/", "")]

    assert counted(1) == counted(12)


def queries_of(client: Client, at: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        page(client, at)
    return len(queries)


def test_remarks_are_kept_shared_and_at_hand(
    evaluator: Client, second: Client, evaluation: Evaluation
) -> None:
    at = "/evaluaties/vaste-opmerkingen/"
    evaluator.post(at, {"text": "Het plan noemt geen bedragen.", "is_shared": "on"})
    evaluator.post(at, {"text": "Alleen voor mij."})
    evaluator.post(at, {"text": "Alleen voor mij."})
    assert ReusableRemark.objects.count() == 2
    html = page(evaluator, address(evaluation, "beoordelen/"))
    assert "<option>Alleen voor mij.</option>" in html
    theirs = page(second, at)
    assert "Het plan noemt geen bedragen." in theirs
    assert "Alleen voor mij." not in theirs
    mine = ReusableRemark.objects.get(text="Alleen voor mij.")
    assert second.get(f"{at}{mine.pk}/").status_code == 404
    assert second.post(f"{at}{mine.pk}/weghalen/").status_code == 404
    edition = re.search(r'name="edition" value="(\w+)"', page(evaluator, f"{at}{mine.pk}/"))
    assert edition
    evaluator.post(f"{at}{mine.pk}/", {"text": "Voor allen.", "is_shared": "on", "edition": edition[1]})
    assert "Voor allen." in page(second, at)
    evaluator.post(f"{at}{mine.pk}/weghalen/")
    assert ReusableRemark.objects.count() == 1
    assert evaluator.post(at, {"text": ""}).status_code == 400


def with_file(pages: int = 2) -> PlanVersion:
    html = "<p>Bladzijde</p>" + "<p style='break-before: page'>Volgende</p>" * (pages - 1)
    document = f"<html lang='nl'><head><title>Plan</title></head><body><h1>Plan</h1>{html}</body></html>"
    file = default_storage.save("actionplans/plan.pdf", ContentFile(pdf.write(document)))
    version: PlanVersion = PlanVersionFactory(
        file=file, filename="plan.pdf", sha256="a" * 64, pages=pages, uploaded_at=timezone.now()
    )
    return version


def run_of(job: Job) -> Run:
    run = claim(job.pk, worker="test")
    assert run is not None
    return run


def test_the_worker_draws_the_plan_and_who_may_read_it_sees_its_pages(evaluator: Client) -> None:
    version = with_file()
    evaluation = EvaluationFactory(version=version, evaluator=user(Role.EVALUATOR))
    at = address(evaluation, "beoordelen/")
    picture = f"/actieplannen/{version.plan.slug}/versies/1/bladzijden/1.png"
    asking = page(evaluator, at)
    assert "Toon het plan hiernaast" in asking
    assert f'hx-post="{at}bladzijden/" hx-trigger="load"' in asking
    assert evaluator.get(picture).status_code == 404
    asked = evaluator.post(f"{at}bladzijden/", headers={"HX-Request": "true"})  # as the page does by itself
    assert "Wij maken afbeeldingen van de bladzijden." in asked.content.decode()
    evaluator.post(f"{at}bladzijden/")  # who presses too gets one
    job = Job.objects.get(kind=drawn.DRAW)
    assert "Wij maken afbeeldingen van de bladzijden." in page(evaluator, at)
    waiting = evaluator.get(f"{at}bladzijden/", headers={"HX-Request": "true"})
    assert "hx-get" in waiting.content.decode()
    drawing.draw_pages(run_of(job))
    assert not drawn.ask_for_pages(version=version, by=None)
    assert f'src="{picture}"' in page(evaluator, at)
    answer = visitor(Role.READER).get(picture)
    assert b"".join(answer).startswith(b"\x89PNG")
    assert evaluator.get(picture.replace("1.png", "3.png")).status_code == 404
    assert visitor(Role.CONTACT).get(picture).status_code == 404


def test_what_could_not_be_drawn_is_not_asked_for_unasked(evaluator: Client) -> None:
    version = with_file()
    at = address(EvaluationFactory(version=version, evaluator=user(Role.EVALUATOR)), "beoordelen/")
    Job.objects.create(
        kind=drawn.DRAW,
        payload={"version": version.pk},
        state=State.FAILED,
        reason="Onleesbaar.",
    )
    html = page(evaluator, at)
    assert "Toon het plan hiernaast" in html
    assert 'hx-trigger="load"' not in html
    part = evaluator.get(f"{at}bladzijden/", headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="load"' not in part


def test_a_plan_that_is_no_pdf_is_told_so(evaluator: Client) -> None:
    file = default_storage.save("actionplans/plan.odt", ContentFile(b"odt"))
    version = PlanVersionFactory(file=file, filename="plan.odt", sha256="b" * 64, uploaded_at=timezone.now())
    evaluation = EvaluationFactory(version=version, evaluator=user(Role.EVALUATOR))
    assert "het is geen PDF" in page(evaluator, address(evaluation, "beoordelen/"))
