"""Each list page against Django admin's of the same rows, as many of them on a page: time and queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.contrib import admin
from django.db import models
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from actionplans.models import Evaluation, EvaluationRound, Reminder, Rubric
from bench.pages import LARGE, SMALL, asked, client, fetch
from bench.register import FIRST, grow
from bench.scratch import least, promise
from buyergroups.models import BuyerGroup
from monitoring import models as line_d
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.lists import PER_PAGE
from mvi_portal.jobs.models import Job
from mvi_portal.mails.models import Mail
from reports.models import Letter
from signatories.models import Contact, Manifest, Organisation, Representative, Signatory, Signature
from tests.factories import actionplans, jobs, mails, monitoring, reports, signatories

MOST_OF_ADMIN = 1.0
ROW = re.compile(r"<tr[ >]")


@dataclass(frozen=True)
class Compared:
    """A list of ours, the model whose list the admin shows, and who reads ours."""

    name: str
    model: type[models.Model]
    role: Role = Role.SECRETARIAT
    query: str = ""

    @property
    def ours(self) -> str:
        return f"{reverse(self.name)}{self.query}"

    @property
    def theirs(self) -> str:
        return reverse(f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_changelist")


LISTS = (
    Compared("signatories:organisation-list", Organisation, query="?bestaat=alle"),
    Compared("signatories:signatory-list", Signatory),
    Compared("signatories:manifest-list", Manifest),
    Compared("signatories:contact-list", Contact),
    Compared("signatories:representative-list", Representative, Role.ADMINISTRATOR),
    Compared("accounts:account-list", User, Role.ADMINISTRATOR),
    Compared("buyergroups:group-list", BuyerGroup),
    Compared("actionplans:plan-list", Signature),
    Compared("actionplans:term-list", Signature),
    Compared("actionplans:evaluation-list", Evaluation),
    Compared("actionplans:round-list", EvaluationRound),
    Compared("actionplans:rubric-list", Rubric),
    Compared("actionplans:reminder-list", Reminder),
    Compared("monitoring:activity-list", line_d.Activity),
    Compared("monitoring:indicator-list", line_d.Indicator),
    Compared("monitoring:commitment-list", line_d.Commitment),
    Compared("monitoring:paper-list", line_d.Paper),
    Compared("monitoring:consultation-list", line_d.Consultation),
    Compared("monitoring:position-list", line_d.Position),
    Compared("monitoring:cover-list", line_d.FinanceCover),
    Compared("monitoring:communication-list", line_d.CommunicationMoment),
    Compared("monitoring:example-list", line_d.Example),
    Compared("monitoring:programme-list", line_d.Programme),
    Compared("monitoring:published-list", line_d.PublishedFigure),
    Compared("reports:letter-list", Letter),
    Compared("jobs:file-list", Job),
    Compared("mails:mail-list", Mail),
)
FULL: tuple[Any, ...] = (  # what the register of the bench has less than a page of
    signatories.ManifestFactory,
    signatories.ContactFactory,
    signatories.RepresentativeFactory,
    actionplans.EvaluationFactory,
    actionplans.EvaluationRoundFactory,
    actionplans.RubricFactory,
    actionplans.ReminderFactory,
    monitoring.ActivityFactory,
    monitoring.IndicatorFactory,
    monitoring.PaperFactory,
    monitoring.ConsultationFactory,
    monitoring.PositionFactory,
    monitoring.FinanceCoverFactory,
    monitoring.CommunicationMomentFactory,
    monitoring.ExampleFactory,
    monitoring.ProgrammeFactory,
    monitoring.PublishedFigureFactory,
    reports.LetterFactory,
    mails.MailFactory,
)


def measure() -> bool:
    """True when no list takes longer or more queries than the admin's."""
    manifest = Manifest.objects.create(slug="bench", name="Bench", opened_on=FIRST)
    readers = {role: client(role) for role in {item.role for item in LISTS}}
    keeper = client(Role.ADMINISTRATOR, "bench-admin", is_superuser=True)
    with override_settings(REFERENCE_DATE=date(2025, 1, 31), DEBUG=False):
        fill()
        held = []
        for size in (SMALL, LARGE):
            grow(manifest, size)
            held += [compared(readers[item.role], keeper, item, size) for item in LISTS]
    return all(held)


def fill() -> None:
    """More than a page of each."""
    for factory in FULL:
        factory.create_batch(PER_PAGE)
    asks = User.objects.get(email=f"bench-{Role.SECRETARIAT}@voorbeeld.example")
    jobs.JobFactory.create_batch(PER_PAGE, by=asks, title="Bench")


def compared(reader: Client, keeper: Client, item: Compared, size: int) -> bool:
    """What the first page of both costs, with as many rows on it."""
    with page_size(item.model):
        mine, admins = least(partial(fetch, reader, item.ours), partial(fetch, keeper, item.theirs))
        queries, of_admin = asked(reader, item.ours), asked(keeper, item.theirs)
        shown, of_theirs = rows(reader, item.ours), rows(keeper, item.theirs)
    return promise(
        f"{item.ours} with {size:,} organisations: {shown} rows in {mine / admins:.2f} of the admin's time "
        f"for {of_theirs}, {queries} queries against {of_admin} (at most {MOST_OF_ADMIN} of both)",
        holds=mine <= MOST_OF_ADMIN * admins and queries <= of_admin,
    )


def rows(browser: Client, address: str) -> int:
    """How many are on the page, their headings aside."""
    return len(ROW.findall(browser.get(address).text.rpartition("</thead>")[2]))


@contextmanager
def page_size(model: type[models.Model]) -> Iterator[None]:
    """The admin shows as many rows on a page as we do."""
    shown: Any = admin.site.get_model_admin(model)
    before, shown.list_per_page = shown.list_per_page, PER_PAGE
    try:
        yield
    finally:
        shown.list_per_page = before
