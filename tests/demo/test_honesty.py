"""What is made up belongs to what is made up; of a real organisation only what was published."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from actionplans.models import ActionPlan, PlanCoverage, PlanVersion, Score
from buyergroups.models import BuyerGroup
from monitoring.models import (
    Commitment,
    CommitmentKind,
    CommitmentStatus,
    Measurement,
    NotSummable,
    PolicyLine,
    ProgressEntry,
    ProgressRequest,
)
from mvi_portal.accounts.models import User
from mvi_portal.core import citations
from mvi_portal.core.figures import registry
from mvi_portal.core.models import Fact
from mvi_portal.demo.progress import TEXT
from mvi_portal.demo.writer import ACTION
from mvi_portal.history.reading import changes_of
from reports.models import Letter
from signatories.models import Contact, OfficeHolder, Organisation, Representative, Signatory, Signature

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

# A demonstration account acts for a real organisation, is asked for its progress and writes a text that
# only says that it is an example (tried below); that says nothing of the organisation.
ACCOUNTS_ONLY = {Representative, ProgressRequest, ProgressEntry}
# Where a page tells a figure, its name leads to its definition; the mark stands beside it
TOLD = re.compile(r'<a href="/definities/([^/"]+)/[^"]*">[^<]*</a>(?: <span[^>]*>(demo)</span>)?')
NOTICE = "Deze cijfers bevatten demonstratiegegevens"


FACTS: list[type[Fact]] = [model for model in apps.get_models() if issubclass(model, Fact)]


@pytest.mark.parametrize("model", FACTS)
def test_no_made_up_fact_is_about_a_real_organisation(model: type[Fact]) -> None:
    if model in ACCOUNTS_ONLY:
        return
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.related_model is Organisation:
            real = {f"{field.name}__isnull": False, f"{field.name}__is_demo": False}
            assert not model._default_manager.filter(is_demo=True, **real).exists()


def test_a_text_of_a_real_organisation_says_only_that_it_is_an_example() -> None:
    entries = ProgressEntry.objects.all()
    assert {entry.text for entry in entries} == {TEXT}
    assert not any(entry.remark or entry.nothing_new for entry in entries)


def test_invented_organisations_say_so_in_name_and_key() -> None:
    invented = Organisation.objects.filter(is_demo=True)

    assert invented.count() == 76
    for row in invented.prefetch_related("names"):
        assert row.key.startswith("voorbeeld")
        assert not row.is_tooi
        assert all(name.name.startswith("Voorbeeld") and name.is_demo for name in row.names.all())


def test_what_hangs_on_an_invented_organisation_is_marked() -> None:
    for model in (Signatory, Signature):
        path = "organisation" if model is Signatory else "signatories__organisation"
        assert not model._default_manager.filter(is_demo=False, **{f"{path}__is_demo": True}).exists()
    plans = PlanCoverage.objects.filter(signature__is_demo=True).values("plan")
    assert not ActionPlan.objects.filter(pk__in=plans, is_demo=False).exists()
    assert not PlanVersion.objects.filter(plan__in=plans, is_demo=False).exists()
    assert not Score.objects.filter(evaluation__is_demo=False).exists()


@pytest.mark.parametrize("model", FACTS)
def test_every_row_that_is_not_made_up_names_its_source(model: type[Fact]) -> None:
    figures_of_our_own = {"figure_key__gt": ""} if model.__name__ == "Indicator" else {"pk": None}
    unsourced = model._default_manager.filter(is_demo=False, source="").exclude(**figures_of_our_own)

    assert not unsourced.exists(), list(unsourced[:3])


@pytest.mark.parametrize("on", ["2021-01-31", "2022-11-24", "2025-01-31"])
def test_every_figure_on_a_page_says_whether_something_made_up_is_counted(client: Client, on: str) -> None:
    client.force_login(User.objects.get(email="lezer@voorbeeld.example"))
    demo = {key for key, value in registry.collect(date.fromisoformat(on)).items() if value.is_demo}
    lines = [
        reverse("monitoring:line-detail", args=[line.frame.slug, line.code])
        for line in PolicyLine.objects.select_related("frame")
    ]
    pages = {
        address: client.get(address, {"peildatum": on}).text
        for address in ("/", "/monitoring/", "/definities/", *lines)
    }
    told = {address: {key: mark != "" for key, mark in TOLD.findall(page)} for address, page in pages.items()}
    assert told == {address: {key: key in demo for key in figures} for address, figures in told.items()}
    assert set(told["/definities/"]) == {figure.key for figure in registry}
    assert all(any(told[address].values()) for address in ("/", "/definities/"))
    assert NOTICE in pages["/"]
    assert NOTICE in pages["/definities/"]


def test_the_figures_of_a_letter_say_that_it_tells_what_is_made_up(client: Client) -> None:
    client.force_login(User.objects.get(email="secretariaat@voorbeeld.example"))
    letter = next(
        row for row in Letter.objects.under_way() if row.sections.filter(text__contains="mvi-figure")
    )
    answer = client.get(reverse("reports:letter-figures", args=[letter.slug]))
    assert '<span class="mvi-tag mvi-tag--warn">demo</span>' in answer.text


def test_the_union_of_water_authorities_signed_but_is_no_signatory() -> None:
    assert Signature.objects.filter(slug="uvw", number=14).exists()
    assert not Signatory.objects.filter(organisation__key="uvw").exists()


def test_ermelo_counts_only_from_its_own_signing() -> None:
    municipalities = registry.get("ondertekenaars.gemeenten")

    assert "gm0233" not in municipalities.row_keys(date(2025, 12, 14))
    assert "gm0233" in municipalities.row_keys(date(2025, 12, 15))
    assert "nog niet nagekeken" in Signature.objects.get(slug="gm0233").source


def test_leidschendam_voorburg_signed_in_a_month() -> None:
    assert str(Signature.objects.get(slug="gm1916").signed_on) == "februari 2023"


def test_known_groups_have_no_invented_beginning() -> None:
    known = BuyerGroup.objects.filter(is_demo=False)

    assert known.count() == 8
    assert not known.exclude(started_on=None).exists()
    assert not known.filter(phases__isnull=False).exists()


def test_known_plans_without_a_known_receipt_do_not_count() -> None:
    real = ActionPlan.objects.filter(is_demo=False)

    assert set(real.filter(versions__isnull=False).values_list("slug", flat=True)) == {"actieplan-uvw"}
    assert real.count() == 4


def test_nobody_says_that_a_motion_was_adopted() -> None:
    motions = Commitment.objects.filter(kind=CommitmentKind.MOTION)

    assert motions.count() == 5
    assert all(row.status_on(date(2025, 1, 31)) is CommitmentStatus.SUBMITTED for row in motions)
    assert all("aangenomen" in row.remark for row in motions)


def test_values_over_a_contracts_life_are_not_added_up() -> None:
    saved = Measurement.objects.filter(method__indicator__slug="co2-vermeden")

    assert [row.qualifier for row in saved.order_by("period_from")] == ["at-least", "at-least"]
    assert saved.filter(method__breaks_series=True).count() == 1
    with pytest.raises(NotSummable):
        saved.total()


def test_no_personal_data_is_loaded() -> None:
    assert not OfficeHolder.objects.exists()
    for contact in Contact.objects.all():  # a mailbox of nobody, at an invented organisation
        assert (contact.name, contact.phone, contact.is_demo) == ("", "", True)
        assert contact.email.endswith("@voorbeeld.example")
        assert contact.organisation.is_demo


@pytest.mark.parametrize("model", FACTS)
def test_every_row_would_pass_its_own_form(model: type[Fact]) -> None:
    """What is written in bulk meets no form; the fields are asked here, but for what leads to other rows."""
    relations = [field.name for field in model._meta.get_fields() if field.is_relation]
    # The table of facts has its own tests.
    rows = model._default_manager.exclude(source__startswith="TOOI")

    for row in rows:
        row.clean_fields(exclude=relations)


def test_every_citation_can_be_read() -> None:
    cited: list[Any] = [model for model in FACTS if "citation" in {f.name for f in model._meta.get_fields()}]

    for model in cited:
        for text in model._default_manager.exclude(citation="").values_list("citation", flat=True):
            assert citations.parse(text)


def test_the_history_says_that_the_demonstration_wrote_it() -> None:
    letter = Letter.objects.get(slug="voortgangsbrief-2025")

    assert [change.action for change in changes_of(letter)] == [ACTION]
