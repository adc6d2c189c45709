"""Must show: who tries each address of evaluations and plans with keys of others, never gets a byte."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from actionplans.models import Evaluation, ReusableRemark, Score
from actionplans.services.printed import REPLIES
from actionplans.urls import urlpatterns
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.workbooks import read
from mvi_portal.imports.models import Import
from mvi_portal.jobs.models import Job, State
from tests.factories.actionplans import (
    ActionPlanFactory,
    CheckDraftFactory,
    CriterionFactory,
    EvaluationFactory,
    EvaluationRoundFactory,
    PlanVersionFactory,
    RubricFactory,
    ScoreFactory,
)
from tests.factories.imports import ImportFactory
from tests.factories.signatories import OrganisationFactory, RepresentativeFactory, SignatoryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.unmeasured]  # tells who gets what, not what is right
POINTS = 27_183  # of no other number on any page
SECRETS = (
    *("27183", "27.183", "Kwetsbaar-oordeel", "Kwetsbaar-citaat", "Kwetsbaar-geheel"),
    *("Kwetsbare-reactie", "Kwetsbaar-document", "Kwetsbare-brief", "Kwetsbaar-concept"),
)
PRIVATE = ("Eigen-kladzin", "eigen-werkblad")
ELSEWHERE = (
    *("/", "/zoeken/?zoek=kwetsbaar", "/monitoring/tijdlijn/", "/mijn-bestanden/"),
    *("/evaluaties/?zoek=stad", "/inlezen/nieuw/evaluations/"),
)


def user(role: Role, name: str) -> User:
    made, _ = User.objects.get_or_create(
        email=f"{role}.{name}@voorbeeld.example", defaults={"name": name, "role": role}
    )
    return made


def visitor(role: Role) -> Client:
    """Another than whose it is; who acts for an organisation, for another one."""
    client, who = Client(), user(role, "ander")
    if role is Role.CONTACT:
        RepresentativeFactory(user=who, organisation=OrganisationFactory(called__name="Elders"))
    client.force_login(who)
    return client


class Theirs:
    """A plan that was judged in a round, all that hangs on it, and what its evaluator keeps to herself."""

    def __init__(self, *, is_published: bool) -> None:
        self.anna = user(Role.EVALUATOR, "anna")
        self.signatory = SignatoryFactory(organisation__called__name="Geheimstad")
        self.signature = self.signatory.signature
        self.plan = ActionPlanFactory.covering(self.signature, title="Plan van Geheimstad")
        version = PlanVersionFactory(plan=self.plan)
        rubric = RubricFactory()
        CriterionFactory(rubric=rubric, code="punten", kind="points", max_points=31_416)
        rubric.published_on = date(2023, 6, 1)
        rubric.save()
        self.round = EvaluationRoundFactory(rubric=rubric)
        self.evaluation = self._evaluation(version, is_published=is_published)
        self.draft = CheckDraftFactory(evaluation=self.evaluation, file__data=b"Kwetsbaar-concept")
        self.remark = ReusableRemark.objects.create(owner=self.anna, text="Eigen-kladzin")
        self.job = Job.objects.create(
            kind=REPLIES,
            state=State.DONE,
            by=self.anna,
            title="Antwoord",
            payload={"round": self.round.slug, "title": "Antwoord", "form": "pdf", "evaluations": []},
        )
        self.job.result.save("brief.pdf", ContentFile(b"Kwetsbare-brief"))
        self.sent: Import = ImportFactory(by=self.anna, importer="evaluations", name="eigen-werkblad.csv")

    def _evaluation(self, version: Any, *, is_published: bool) -> Evaluation:
        made: Evaluation = EvaluationFactory(
            version=version,
            round=self.round,
            rubric=self.round.rubric,
            evaluator=self.anna,
            remark="Kwetsbaar-geheel",
            evaluated_on=date(2024, 5, 15),
            submitted_on=date(2024, 5, 16),
            check_sent_on=date(2024, 5, 17),
            check_until=date(2024, 6, 7),
            reacted_on=date(2024, 6, 1),
            reaction="Kwetsbare-reactie",
            file=ContentFile(b"Kwetsbaar-document", name="evaluatie.pdf"),
            filename="evaluatie.pdf",
            sha256="a" * 64,
            uploaded_at="2024-06-01T12:00:00Z",
        )
        ScoreFactory(
            evaluation=made,
            criterion=self.round.rubric.criteria.get(),
            value=POINTS,
            remark="Kwetsbaar-oordeel",
            quote="Kwetsbaar-citaat",
            page=3,
        )
        if is_published:
            made.published_on = date(2024, 6, 30)
            made.save()
        return made

    def keys(self, route: str) -> dict[str, Any]:
        """What an address needs: of a slug, by what the address is of."""
        slugs = {
            "actieplannen/termijnen/": self.signature.slug,
            "actieplannen/herinneringen/": "soon",
            "actieplannen/": self.plan.slug,
            "evaluaties/rondes/": self.round.slug,
            "beoordelingskaders/": self.round.rubric.slug,
        }
        pks = {
            "evaluaties/gemaakt/": self.job.pk,
            "evaluaties/vaste-opmerkingen/": self.remark.pk,
            "evaluaties/": self.draft.pk,
            "actieplannen/": 1,
        }
        return {
            "slug": next((slug for start, slug in slugs.items() if route.startswith(start)), ""),
            "pk": next((pk for start, pk in pks.items() if route.startswith(start)), 1),
            "plan": self.plan.slug,
            "round_slug": self.round.slug,
            "number": 1,
            "version": 1,
            "page": 1,
            "manifest": self.signature.manifest.slug,
            "signature": self.signature.slug,
            "code": "punten",
            "what": "verdeling",
            "token": uuid4(),
        }

    def addresses(self) -> Iterator[str]:
        for item in urlpatterns:
            keys = self.keys(str(item.pattern))
            needed = {name: keys[name] for name in item.pattern.converters}
            yield reverse(f"actionplans:{item.name}", kwargs=needed)
        place = f"/evaluaties/rondes/{self.round.slug}/resultaten/"
        yield f"{place}verdeling.csv?formaat=xlsx"
        yield from (f"{place}per-soort.csv", f"{place}andere-ronde.csv?naast={self.round.slug}")
        yield f"/organisaties/{self.signatory.organisation.key}/"
        yield f"/mijn-bestanden/{self.job.pk}/"
        yield f"/mijn-bestanden/{self.job.pk}/bestand/"
        yield f"/inlezen/{self.sent.pk}/"
        yield f"/inlezen/{self.sent.pk}/bestand/"
        yield from ELSEWHERE


def words(answer: Any) -> str:
    """What an answer says, also within a workbook."""
    content = b"".join(answer) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        return str([sheet.rows for sheet in read(content).sheets])
    return str(content.decode(errors="replace"))


def told(
    client: Client, addresses: Iterator[str], secrets: tuple[str, ...], *, posts: bool = True
) -> list[str]:
    found = []
    for address in addresses:
        answers = [client.get(address), *([client.post(address)] if posts else [])]
        said = " ".join(map(words, answers))
        found += [f"{address}: {secret}" for secret in secrets if secret in said]
    return found


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Who is turned away is told in the log, which nobody reads here."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize(
    ("role", "is_published"), [(Role.OFFICER, False), (Role.READER, True), (Role.CONTACT, True)]
)
def test_of_the_scores_of_one_organisation_never_a_byte(role: Role, *, is_published: bool) -> None:
    theirs = Theirs(is_published=is_published)
    before = Evaluation.objects.values().get()
    assert told(visitor(role), theirs.addresses(), (*SECRETS, *PRIVATE)) == []
    assert Evaluation.objects.values().get() == before
    assert Score.objects.get().value == POINTS
    assert ReusableRemark.objects.exists()


def test_of_what_one_evaluator_keeps_to_herself_another_gets_no_byte() -> None:
    theirs = Theirs(is_published=False)
    judged = ("remark", "evaluated_on", "evaluator_id", "submitted_on", "reaction")
    before = Evaluation.objects.values_list(*judged).get()
    assert told(visitor(Role.EVALUATOR), theirs.addresses(), PRIVATE) == []
    assert ReusableRemark.objects.exists()
    assert Evaluation.objects.values_list(*judged).get() == before
    assert Score.objects.get().value == POINTS


def test_the_same_addresses_do_tell_it_to_who_may_see_it() -> None:
    """Else nothing was proven: each secret stands somewhere among them."""
    theirs = Theirs(is_published=False)
    client = Client()
    client.force_login(theirs.anna)
    seen = told(client, theirs.addresses(), (*SECRETS, *PRIVATE), posts=False)
    assert {line.rpartition(": ")[2] for line in seen} >= {*SECRETS, *PRIVATE} - {"27.183"}
