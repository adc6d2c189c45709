"""What somebody follows, and what the start page tells of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monitoring.models import Follow, Visit
from monitoring.news import months_before
from monitoring.services import looked
from monitoring.timeline import dating
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.contributions import timeline_sources
from mvi_portal.core.dates import PartialDate
from mvi_portal.history.reading import came_to_light
from signatories.models import Representative
from tests.factories.actionplans import ActionPlanFactory, PlanVersionFactory
from tests.factories.buyergroups import BuyerGroupFactory, OutputFactory, ParticipationFactory
from tests.factories.monitoring import ActivityFactory, CommitmentFactory, PaperFactory, PolicyLineFactory
from tests.factories.signatories import ActorFactory, OrganisationFactory, SignatoryFactory

pytestmark = pytest.mark.django_db
ON = date(2025, 1, 31)
NOTHING = "U volgt nog niets."


@pytest.fixture
def user() -> User:
    made: User = ActorFactory(role=Role.OFFICER)
    return made


@pytest.fixture
def browser(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def section(browser: Client, **query: str) -> str:
    """What the start page tells of what is followed."""
    html = browser.get("/", {"peildatum": ON.isoformat(), **query}).content.decode()
    return html.split('aria-labelledby="volgen"')[1].split("</section>")[0]


def follow(browser: Client, word: str, key: str, **given: str) -> Any:
    return browser.post(f"/monitoring/volgen/{word}/{key}/", given, follow=True)


def test_who_follows_nothing_is_told_how(browser: Client) -> None:
    assert NOTHING in section(browser)
    assert "U koos nog niets" in browser.get("/monitoring/volgen/").content.decode()


def test_a_button_follows_and_stops(browser: Client, user: User) -> None:
    group = BuyerGroupFactory(slug="bruggen", name="Bruggen")
    page = "/buyergroups/bruggen/"
    assert ">Volg</button>" in browser.get(page).content.decode()
    for _twice in range(2):
        assert "U volgt dit." in follow(browser, "groep", "bruggen").content.decode()
    assert Follow.objects.get(user=user).group == group
    assert "Volg niet meer" in browser.get(page).content.decode()
    assert "Bruggen" in browser.get("/monitoring/volgen/").content.decode()
    answer = follow(browser, "groep", "bruggen", stop="ja", terug="lijst")
    assert answer.redirect_chain[-1][0] == "/monitoring/volgen/"
    assert not Follow.objects.exists()
    follow(browser, "groep", "bruggen", stop="ja")  # again is no harm


def test_everything_that_can_be_followed_tells_what_happened_there(browser: Client) -> None:
    day = ON - timedelta(days=3)
    line = PolicyLineFactory(code="D", title="Integraal")
    PaperFactory(line=line, title="Een brief over de lijn", dated=day)
    group = BuyerGroupFactory(started_on=date(2021, 1, 1))
    OutputFactory(group=group, title="Marktvisie bruggen", published_on=day)
    signatory = SignatoryFactory(signature__signed_on=date(2022, 11, 24))
    plan = ActionPlanFactory.covering(signatory.signature, title="Plan van de gemeente")
    PlanVersionFactory(plan=plan, received_on=day)
    ParticipationFactory(group=group, organisation=signatory.organisation)
    commitment = CommitmentFactory(text="Wij beloven iets", made_on=day)
    PaperFactory(title="Iets anders", dated=day)
    seen = {
        ("lijn", line.natural): "Een brief over de lijn",
        ("groep", group.slug): "Marktvisie bruggen",
        ("organisatie", signatory.organisation.key): "Plan van de gemeente",
        ("toezegging", commitment.slug): "Wij beloven iets",
    }
    for (word, key), told in seen.items():
        follow(browser, word, key)
        assert told in section(browser), word
    html = section(browser)
    assert all(html.count(told) == 1 for told in seen.values()), "each once, though two ways lead to it"
    assert "Iets anders" not in html
    timeline = browser.get(f"/monitoring/tijdlijn/?peildatum={ON}&volg=on").content.decode()
    assert "Marktvisie bruggen" in timeline
    assert "Iets anders" not in timeline


def test_what_is_of_the_own_organisation_is_followed_by_itself(browser: Client, user: User) -> None:
    body = OrganisationFactory(key="ienw", called__name="Infrastructuur")
    Representative.objects.create(user=user, organisation=body, valid_from=date(2020, 1, 1))
    line = PolicyLineFactory(code="D", title="Integraal")
    ActivityFactory(owner=body, line=line, title="Regie", started_on=date(2024, 10, 1))
    PaperFactory(line=line, title="Een brief over de lijn", dated=ON - timedelta(days=3))
    html = section(browser, sinds="jaar")
    assert "Gestart: Regie" in html
    assert "Een brief over de lijn" in html
    page = browser.get("/monitoring/volgen/").content.decode()
    assert "Infrastructuur" in page
    assert "Integraal" in page


def test_since_when_is_the_last_visit_or_what_is_chosen(browser: Client, user: User) -> None:
    group = BuyerGroupFactory()
    follow(browser, "groep", group.slug)
    OutputFactory(group=group, title="Lang geleden", published_on=ON - timedelta(days=100))
    OutputFactory(group=group, title="Pas", published_on=ON - timedelta(days=5))
    assert "sindsdien niets gebeurd" not in section(browser)
    assert "Lang geleden" not in section(browser)
    assert "Lang geleden" in section(browser, sinds="jaar")
    Visit.objects.filter(user=user).update(last_on=ON - timedelta(days=2))
    html = section(browser)
    assert "uw vorige bezoek (29 januari 2025)" in html
    assert "sindsdien niets gebeurd" in html
    assert "Pas" in section(browser, sinds="maand")
    assert "uw vorige bezoek" in section(browser, sinds="zomaar")


def recorded_long_ago(row: Any) -> None:
    row.events.update(pgh_created_at=timezone.now() - timedelta(days=30))


def test_what_was_recorded_since_about_the_time_before_is_told_too(browser: Client, user: User) -> None:
    today = timezone.localdate()
    group, before = BuyerGroupFactory(), today - timedelta(days=400)
    follow(browser, "groep", group.slug)
    Visit.objects.create(user=user, last_on=today - timedelta(days=2))
    OutputFactory(group=group, title="Nu vastgelegd", published_on=before)
    known, undated = (
        OutputFactory(group=group, title=title, published_on=day)
        for title, day in (("Al bekend", before), ("Nu gedateerd", None))
    )
    recorded_long_ago(known)
    recorded_long_ago(undated)
    known.save()
    undated.published_on = PartialDate.day(before)
    undated.save()
    html = section(browser, peildatum=today.isoformat())
    earlier = html.split("Vastgelegd sinds toen, over de tijd ervoor")[1]
    assert [title in earlier for title in ("Nu vastgelegd", "Nu gedateerd", "Al bekend")] == [
        True,
        True,
        False,
    ]
    asked = {"van": (today - timedelta(days=2)).isoformat(), "tot": today.isoformat(), "eerder": "on"}
    page = browser.get("/monitoring/tijdlijn/", asked).content.decode()
    assert "Nu vastgelegd" in page
    assert "Al bekend" not in page
    assert "van vóór" in page
    assert "Nu vastgelegd" in b"".join(browser.get("/monitoring/tijdlijn/export.csv", asked)).decode()
    assert "Vastgelegd sinds toen" not in section(browser)  # the register of a day before all this


def test_every_source_of_the_timeline_has_a_date_of_its_own_rows_and_a_history(user: User) -> None:
    for _name, source in timeline_sources.named():
        rows = source.rows(user, ON)
        assert dating(rows) in {field.attname for field in rows.model._meta.concrete_fields}
        assert came_to_light(rows, dating(rows), since=timezone.now(), until=timezone.now()).count() == 0


def test_the_visit_before_today_is_remembered(user: User) -> None:
    first = timezone.localdate()
    assert [looked(by=user, today=first + timedelta(days=day)) for day in (0, 0, 3, 3, 4)] == [
        None,
        None,
        first,
        first,
        first + timedelta(days=3),
    ]


@pytest.mark.parametrize(("word", "key"), [("groep", "geen"), ("stuk", "x"), ("lijn", "zonder-punt")])
def test_what_is_not_there_cannot_be_followed(browser: Client, word: str, key: str) -> None:
    assert browser.post(f"/monitoring/volgen/{word}/{key}/").status_code == 404


def test_a_contact_follows_only_what_the_contact_may_see(client: Client) -> None:
    contact, other = ActorFactory(role=Role.CONTACT), OrganisationFactory(key="gm2")
    own = OrganisationFactory(key="gm1")
    Representative.objects.create(user=contact, organisation=own, valid_from=date(2020, 1, 1))
    client.force_login(contact)
    assert follow(client, "organisatie", other.key).status_code == 404
    assert follow(client, "organisatie", own.key).status_code == 200
    Follow.objects.create(user=contact, organisation=other)  # from when that was allowed
    assert "gm2" not in client.get("/monitoring/volgen/").content.decode()


def test_one_subject_at_a_time(user: User) -> None:
    for given in ({}, {"group": BuyerGroupFactory(), "organisation": OrganisationFactory()}):
        with pytest.raises(ValidationError, match="Volg precies één onderwerp tegelijk"):
            Follow(user=user, **given).full_clean()


def test_the_number_of_queries_does_not_grow(browser: Client) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            section(browser)
        return len(queries)

    def more(count: int) -> None:
        for _number in range(count):
            group = BuyerGroupFactory()
            OutputFactory(group=group, published_on=ON - timedelta(days=2))
            follow(browser, "groep", group.slug)

    more(1)
    counted()  # the first visit is written down
    few = counted()
    more(12)
    assert counted() == few
    html = section(browser)
    assert "Er gebeurde meer" in html
    assert f"volg=on&amp;peildatum={ON}" in html


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2025, 1, 31), 12, date(2024, 1, 31)),
        (date(2025, 1, 31), 1, date(2024, 12, 31)),
        (date(2025, 3, 31), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
    ],
)
def test_a_month_or_a_year_before_is_the_same_day_or_the_last_of_its_month(
    day: date, months: int, before: date
) -> None:
    assert months_before(day, months) == before
