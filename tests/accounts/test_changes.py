"""Who changed what, as a page tells it."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from mvi_portal.accounts.changes import GONE, THE_SYSTEM, change_lines
from mvi_portal.accounts.models import User
from mvi_portal.history import history
from tests.factories.signatories import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_a_change_is_told_with_its_maker_its_reason_and_its_fields() -> None:
    user = User.objects.create_user("a@voorbeeld.example", name="Anna de Wit")
    organisation = OrganisationFactory(kvk="")
    with history(by=user, action="organisation.corrected", why="Uit het Handelsregister"):
        organisation.kvk = "27378529"
        organisation.save()
    newest, first = change_lines(organisation)
    assert (newest.kind, newest.who, newest.why) == ("gewijzigd", "Anna de Wit", "Uit het Handelsregister")
    assert newest.fields == ("KvK-nummer",)
    assert (first.kind, first.who) == ("toegevoegd", THE_SYSTEM)
    html = render_to_string("_components/history.html", {"changes": [newest]})
    assert "Gewijzigd door Anna de Wit" in html


def test_an_erased_account_leaves_its_changes_without_a_name() -> None:
    user = User.objects.create_user("a@voorbeeld.example", name="Anna de Wit")
    with history(by=user, action="organisation.registered"):
        organisation = OrganisationFactory()
    user.delete()
    assert [line.who for line in change_lines(organisation)] == [GONE]
