"""A page asks as many questions of a large register as of a small one: every address, one by one."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from functools import cache

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mvi_portal.accounts.models import Role
from signatories.models import Organisation
from tests.access.rows import Access
from tests.access.test_walk import ROWS, visitor
from tests.factories import facts
from tests.factories.actionplans import (
    ActionPlanFactory,
    DelayFactory,
    EvaluationFactory,
    InquiryFactory,
    PlanVersionFactory,
)
from tests.factories.buyergroups import OutputFactory, ParticipationFactory
from tests.factories.monitoring import (
    CommitmentFactory,
    CommitmentPartyFactory,
    PlanRoleFactory,
    ProgressEntryFactory,
)
from tests.factories.signatories import (
    AliasFactory,
    ContactFactory,
    OrganisationFactory,
    SignatoryFactory,
    SignatureDocumentFactory,
    SuccessionFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.unmeasured]
MOST = 60  # of one page: a dozen figures, each with its completeness, the menu and the tasks
EVERY_FIGURE = {  # pages that tell of every figure of the register, and the rows or the dates behind them
    "actionplans:round-findings": 75,
    "reports:freeze-drift": 130,
    "reports:note-detail": 70,
}
SMALL, MIDDLE, LARGE = 10, 400, 4_000
LISTS = ("list", "home", "board", "dashboard")  # how the names of their pages end
WHOLE = ("export", "-new", "-edit")  # and of those that write out every row
Page = tuple[str, str, Client]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Nobody reads the line that each page leaves in the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def reader_of(row: Access) -> Role | None:
    """Of who may read the page, the one who is shown most."""
    return next((role for role in (Role.SECRETARIAT, *Role) if row.get and role in row.get), None)


def every_page() -> Iterator[Page]:
    login = cache(visitor)
    for row in ROWS:
        if not row.public and (role := reader_of(row)):
            yield row.name, row.address() if row.address else reverse(row.name), login(role)


def counted(pages: Iterable[Page]) -> dict[str, int]:
    found = {}
    for name, address, client in pages:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert name not in found
        found[name] = len(queries)
    return found


def test_no_page_asks_more_of_a_large_register_than_of_a_small_one() -> None:
    """Every page with 10 and 4,000 organisations; lists, and what tells of all of them, also with 400.

    What writes out every row is held against 400: a form to choose an organisation in, and an export. One of
    more is written in parts, so that it needs no more memory, and each part is asked for apart.
    """
    reader, asked = visitor(Role.SECRETARIAT), facts.asked_round()
    facts.grow(asked, first=0, last=SMALL)
    board = f"/monitoring/voortgang/{asked.slug}/"
    everything: list[Page] = [
        ("timeline over five years", "/monitoring/tijdlijn/?van=31-1-2020&tot=31-1-2025", reader),
        ("search for a word", "/zoeken/?zoek=voorbeeld", reader),
        ("board of a round", board, reader),
        ("texts of a line", f"{board}lijn/{asked.frame.lines.all()[0].code}/", reader),
    ]
    pages = [*everything, *every_page()]
    whole = [page for page in pages if page[0].endswith(WHOLE) or page[0] in EVERY_FIGURE]
    lists = [page for page in pages if page in everything or page[0].endswith(LISTS)]
    small = counted(pages)
    facts.grow(asked, first=SMALL, last=MIDDLE)
    middle = counted([*lists, *whole])
    facts.grow(asked, first=MIDDLE, last=LARGE)
    large = counted(page for page in pages if page not in whole)
    assert len(large) > 150
    assert {name: count for name, count in small.items() if count > EVERY_FIGURE.get(name, MOST)} == {}
    assert {name: (small[name], count) for name, count in middle.items() if count > small[name]} == {}
    assert {name: (small[name], count) for name, count in large.items() if count > small[name]} == {}


def one_of_each(body: Organisation) -> None:
    """Of all that a dossier tells: line A, a plan with an evaluation, a group, and its part in the plan."""
    signatory = SignatoryFactory(organisation=body)
    SignatoryFactory(signature=signatory.signature)
    SignatureDocumentFactory(signature=signatory.signature)
    plan = ActionPlanFactory.covering(signatory.signature)
    EvaluationFactory.published(version=PlanVersionFactory(plan=plan))
    DelayFactory(signature=signatory.signature)
    InquiryFactory(signature=signatory.signature)
    SuccessionFactory(successor=body)
    AliasFactory(organisation=body)
    ContactFactory(organisation=body)
    ParticipationFactory(organisation=body)
    OutputFactory(group=ParticipationFactory(organisation=body).group)
    CommitmentFactory(owner=body)
    CommitmentPartyFactory(organisation=body)
    ProgressEntryFactory(accepted=True, organisation=body)
    PlanRoleFactory(organisation=body)


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.EVALUATOR, Role.READER])
def test_a_dossier_asks_as_much_of_an_organisation_with_many_facts_as_with_one_of_each(role: Role) -> None:
    body, client = OrganisationFactory(key="gm1"), visitor(role)
    page: Page = ("dossier", "/organisaties/gm1/", client)
    one_of_each(body)
    few = counted([page])
    for _number in range(10):
        one_of_each(body)
    assert counted([page]) == few
    assert few["dossier"] <= MOST
