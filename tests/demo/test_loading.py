"""Loading adds what is missing, once; what a person changed stays; a fault leaves nothing behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from mvi_portal.accounts.models import Role, User
from mvi_portal.demo import letters
from mvi_portal.demo.accounts import ACCOUNTS
from mvi_portal.demo.loading import Loaded, load
from mvi_portal.history import history
from reports.models import Section
from signatories.models import Representative
from tests.demo.conftest import PASSWORD

pytestmark = pytest.mark.django_db

OURS = ("signatories", "buyergroups", "actionplans", "monitoring", "reports", "accounts")


def _tables() -> Iterator[type[models.Model]]:
    """All our models, with the events of the history among them."""
    return (model for model in apps.get_models() if model._meta.app_label in OURS)


def _rows() -> dict[str, list[Any]]:
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        if not model.__name__.endswith("Event")
        else [model._default_manager.count()]
        for model in _tables()
    }


def _never() -> str:
    raise AssertionError("no account has to be made")


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("load_demo", *arguments, stdout=out)
    return out.getvalue()


def test_a_second_time_changes_nothing_and_says_so(demo: Loaded) -> None:
    before = _rows()

    again = load(password=_never)

    assert again.is_unchanged
    assert _rows() == before
    assert "er is niets veranderd" in run()


def test_the_first_time_tells_what_it_did(demo: Loaded) -> None:
    assert demo.created["organisaties"] == 76
    assert demo.created["handtekeningen"] == 99  # of which eight under the Manifest before
    assert demo.confirmed == 4
    assert (demo.changed, demo.kept) == ({}, {})
    assert len(demo.new_accounts) == 12


def test_what_somebody_changed_stays_and_is_told(demo: Loaded) -> None:
    section = Section.objects.filter(letter__slug=letters.OF_2025).first()
    assert section is not None
    with history(by=User.objects.get(email="secretariaat@voorbeeld.example"), action="section.edited"):
        section.text = "<p>Herschreven.</p>"
        section.save(update_fields=["text"])

    again = load(password=_never)

    section.refresh_from_db()
    assert section.text == "<p>Herschreven.</p>"
    assert again.kept == {"secties": 1}
    assert again.is_unchanged
    assert "Door iemand gewijzigd, en daarom zo gelaten: 1 (secties: 1)." in run()


def test_a_newer_demonstration_brings_its_own_rows_up_to_date(
    demo: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = {**letters._LETTERS[letters.OF_2025], "reference": "VOORBEELD/NIEUW"}
    monkeypatch.setitem(letters._LETTERS, letters.OF_2025, changed)

    assert load(password=_never).changed == {"brieven": 1}
    assert load(password=_never).is_unchanged


def test_accounts_have_their_roles_and_organisations(demo: Loaded) -> None:
    roles = [user.role for user in User.objects.all()]
    acts_for = {row.user.email: row.organisation.key for row in Representative.objects.select_related()}

    assert [roles.count(role) for role in Role] == [1, 6, 2, 1, 1, 1]
    assert acts_for["bzk@voorbeeld.example"] == "mnre1034"
    assert acts_for["contact@voorbeeld.example"] == "voorbeeldgemeente-05"
    assert "lezer@voorbeeld.example" not in acts_for
    assert all(user.check_password(PASSWORD) for user in User.objects.all()[:2])
    assert User.objects.get(role=Role.ADMINISTRATOR).is_staff


def test_a_second_time_leaves_passwords_as_they_are(demo: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "iets heel anders")
    passwords = list(User.objects.values_list("email", "password"))

    assert "hun wachtwoorden blijven zoals ze zijn" in run()
    assert list(User.objects.values_list("email", "password")) == passwords


def test_a_made_up_password_is_printed_once_and_opens_the_new_account(demo: Loaded) -> None:
    reader = User.objects.get(email="lezer@voorbeeld.example")
    reader.delete()

    outcome = json.loads(run("--json"))

    assert outcome["created"] == {"gebruikers": 1}
    assert [account["email"] for account in outcome["accounts"] if account["new"]] == [reader.email]
    assert User.objects.get(email=reader.email).check_password(outcome["password"])
    assert json.loads(run("--json"))["password"] is None


def test_a_given_password_is_not_printed(demo: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "geheim voor de proef")
    User.objects.get(email="lezer@voorbeeld.example").delete()

    told = run()

    assert "geheim" not in told
    assert User.objects.get(email="lezer@voorbeeld.example").check_password("geheim voor de proef")


def test_every_account_is_listed_with_its_role(demo: Loaded) -> None:
    told = run()

    assert all(account.email in told and account.role.label in told for account in ACCOUNTS)


def test_a_fault_halfway_leaves_nothing(demo: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise RuntimeError("halfway")

    User.objects.get(email="lezer@voorbeeld.example").delete()
    monkeypatch.setattr("mvi_portal.demo.loading.groups.load", stumble)
    with pytest.raises(RuntimeError, match="halfway"):
        load(password=lambda: PASSWORD)

    assert not User.objects.filter(email="lezer@voorbeeld.example").exists()
