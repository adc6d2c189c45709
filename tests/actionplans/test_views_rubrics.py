"""Building a rubric in the browser."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actionplans.models import Criterion, Rubric
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.workbooks import read
from mvi_portal.history.reading import changes_of
from tests.factories.actionplans import CriterionFactory, RubricFactory
from tests.factories.signatories import ThemeFactory

pytestmark = pytest.mark.django_db
NEW = "/beoordelingskaders/nieuw/"


def visitor(role: Role) -> Client:
    client = Client()
    client.force_login(User.objects.create_user(f"{role}@voorbeeld.example", name=role.label, role=role))
    return client


@pytest.fixture
def builder() -> Client:
    return visitor(Role.EVALUATOR)


def address(rubric: Rubric, verb: str = "") -> str:
    return f"/beoordelingskaders/{rubric.slug}/{rubric.version}/{verb}"


def page(client: Client, at: str) -> str:
    answer = client.get(at)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def fields(name: str, kind: str = "five-step", **more: str) -> dict[str, str]:
    return {"name": name, "kind": kind, "max_points": "", "theme": "", "help": "", **more}


def test_a_rubric_is_built_criterion_by_criterion_and_published(builder: Client) -> None:
    theme = ThemeFactory(name="Klimaat")
    builder.post(NEW, {"name": "Kader 2025", "description": "Voor plannen vanaf 2025."})
    rubric = Rubric.objects.get(name="Kader 2025")
    assert (rubric.slug, rubric.version, rubric.is_example) == ("kader-2025", 1, False)
    new = address(rubric, "nieuw-criterium/")
    more = builder.post(new, {**fields("Ambitie", theme=str(theme.pk)), "verder": "ja"})
    assert more.headers["Location"] == new
    builder.post(new, fields("Budget", "yes-no"))
    builder.post(new, fields("Budget", "points", max_points="10", help="Tel de bedragen."))
    codes = list(rubric.criteria.order_by("order").values_list("code", flat=True))
    assert codes == ["ambitie", "budget", "budget-2"]
    html = page(builder, address(rubric))
    assert "Criteria (3)" in html
    assert "Tel de bedragen." in html
    assert "thema Klimaat" in html
    builder.post(address(rubric, "publiceren/"))
    rubric.refresh_from_db()
    assert rubric.published_on is not None
    assert "Voeg een criterium toe" not in page(builder, address(rubric))


def test_bad_input_is_told_at_the_field(builder: Client) -> None:
    rubric = RubricFactory(name="Kader")
    answer = builder.post(NEW, {"name": "kader", "description": ""})
    assert answer.status_code == 400
    assert "Er is al een beoordelingskader met deze naam" in answer.content.decode()
    answer = builder.post(address(rubric, "nieuw-criterium/"), fields("Punten", "points"))
    assert "Vul in hoeveel punten er hooguit te halen zijn" in answer.content.decode()
    assert not rubric.criteria.exists()
    builder.post(address(rubric, "nieuw-criterium/"), fields("Stap", "five-step", max_points="3"))
    assert rubric.criteria.get().max_points is None


def test_an_empty_rubric_cannot_be_published(builder: Client) -> None:
    rubric = RubricFactory()
    told = builder.post(address(rubric, "publiceren/"), follow=True)
    assert "nog geen criteria" in told.content.decode()
    rubric.refresh_from_db()
    assert rubric.published_on is None


def test_criteria_change_places_and_go(builder: Client) -> None:
    rubric = RubricFactory()
    for order, code in enumerate(["a", "b", "c"]):
        CriterionFactory(rubric=rubric, code=code, order=order)
    builder.post(address(rubric, "criteria/c/verplaatsen/"), {"naar": "omhoog"})
    builder.post(address(rubric, "criteria/a/verplaatsen/"), {"naar": "omhoog"})  # first already
    builder.post(address(rubric, "criteria/b/weghalen/"))
    assert list(rubric.criteria.order_by("order").values_list("code", flat=True)) == ["a", "c"]


def test_a_criterion_changes_and_its_history_tells_who(builder: Client) -> None:
    criterion = CriterionFactory(name="Budget")
    at = address(criterion.rubric, f"criteria/{criterion.code}/")
    html = page(builder, at)
    edition = html.split('name="edition" value="')[1].split('"')[0]
    answer = builder.post(at, {**fields("Er is budget", "yes-no"), "edition": edition})
    assert answer.status_code == 302
    criterion.refresh_from_db()
    assert (criterion.name, criterion.kind) == ("Er is budget", "yes-no")
    assert changes_of(criterion)[0].action == "rubric.criterion-changed"
    again = builder.post(at, {**fields("Van de ander", "yes-no"), "edition": edition})
    assert again.status_code == 400
    assert "Twee teksten naast elkaar" in again.content.decode()


def test_a_published_rubric_is_frozen_and_followed_by_a_version_that_maps_to_it(builder: Client) -> None:
    rubric = RubricFactory.published(name="Kader")
    for verb in ("bewerken/", "nieuw-criterium/", "criteria/five-step/"):
        told = builder.get(address(rubric, verb), follow=True)
        assert "verandert niet meer" in told.content.decode()
    for verb in ("weghalen/", "criteria/five-step/weghalen/", "criteria/five-step/verplaatsen/"):
        builder.post(address(rubric, verb))
    assert rubric.criteria.count() == 4
    builder.post(address(rubric, "nieuwe-versie/"))
    builder.post(address(rubric, "nieuwe-versie/"))  # who presses twice gets one
    second = Rubric.objects.get(slug=rubric.slug, version=2)
    assert second.published_on is None
    copy = second.criteria.get(code="five-step")
    assert copy.mapped_to == rubric.criteria.get(code="five-step")
    assert second.is_example  # of an example comes an example
    html = page(builder, address(second, "criteria/yes-no/"))
    assert "versie 1: De acties zijn concreet" in html
    builder.post(address(second, "weghalen/"))
    assert not Rubric.objects.filter(version=2).exists()


def test_only_what_is_scored_alike_is_compared(builder: Client) -> None:
    rubric = RubricFactory.published()
    builder.post(address(rubric, "nieuwe-versie/"))
    second = Rubric.objects.get(version=2)
    other = rubric.criteria.get(code="points")
    at = address(second, "nieuw-criterium/")
    answer = builder.post(at, fields("Nieuw", "yes-no", mapped_to=str(other.pk)))
    assert answer.status_code == 400
    assert "anders gescoord" in answer.content.decode()
    builder.post(at, fields("Nieuw", "points", max_points="10", mapped_to=str(other.pk)))
    assert Criterion.objects.get(name="Nieuw").mapped_to == other


def test_what_a_criterion_is_compared_with_can_be_found_out_later(builder: Client) -> None:
    rubric = RubricFactory.published()
    builder.post(address(rubric, "nieuwe-versie/"))
    second = Rubric.objects.get(version=2)
    builder.post(address(second, "publiceren/"))
    at = address(second, "criteria/text/")
    html = page(builder, at)
    assert 'name="name"' not in html
    edition = html.split('name="edition" value="')[1].split('"')[0]
    builder.post(at, {"mapped_to": "", "edition": edition})
    assert second.criteria.get(code="text").mapped_to is None


def test_an_example_says_so_and_what_is_built_is_not_shown_to_all(builder: Client) -> None:
    rubric = RubricFactory.published(name="Voorbeeld")
    open_one = RubricFactory(name="Bijna klaar", is_example=False)
    reader = visitor(Role.READER)
    assert "niet het kader van PIANOo" in page(reader, address(rubric))
    assert "voorbeeld</span>" in page(reader, "/beoordelingskaders/")
    assert "Bijna klaar" not in page(reader, "/beoordelingskaders/")
    assert reader.get(address(open_one)).status_code == 404
    assert reader.post(address(open_one, "publiceren/")).status_code == 404
    assert reader.post(address(rubric, "nieuwe-versie/")).status_code == 403
    keeper = visitor(Role.SECRETARIAT)
    for typed in ("bijna", "bíjna klaarr"):
        assert "Bijna klaar" in page(keeper, f"/beoordelingskaders/?stand=open&zoek={typed}")


def test_the_rubrics_that_are_found_come_as_a_file(builder: Client) -> None:
    CriterionFactory(rubric=RubricFactory(name="Bijna klaar", is_example=False))
    RubricFactory.published(name="Voorbeeld")
    at = "/beoordelingskaders/export.csv"
    assert f"{at}?stand=open" in page(builder, "/beoordelingskaders/?stand=open")
    rows = read(builder.get(f"{at}?stand=open&formaat=ods").content).sheets[0].rows
    assert [(row[1], row[3], row[5]) for row in rows[1:]] == [("Bijna klaar", "in opbouw", 1)]
    assert b"Bijna klaar" not in visitor(Role.READER).get(at).content


def test_the_number_of_queries_does_not_grow(builder: Client) -> None:
    rubric = RubricFactory(published_on=None)

    def counted(at: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            page(builder, at)
        return len(queries)

    CriterionFactory(rubric=rubric)
    before = counted("/beoordelingskaders/"), counted(address(rubric))
    for _ in range(12):
        RubricFactory.published(published_on=None, name="x")
        CriterionFactory(rubric=rubric, theme=ThemeFactory())
    assert (counted("/beoordelingskaders/"), counted(address(rubric))) == before
    assert Rubric.objects.filter(published_on=date(2023, 6, 1)).count() == 12
