"""Accounts: an address and a role."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from mvi_portal.accounts.models import Role, User

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_lower_case_and_found_in_any_case() -> None:
    user = User.objects.create_user("Anna@Voorbeeld.example", "geheim-woord", name="Anna")
    assert user.email == "anna@voorbeeld.example"
    assert User.objects.get_by_natural_key("ANNA@voorbeeld.EXAMPLE") == user
    assert user.check_password("geheim-woord")


def test_without_a_password_nobody_can_log_in() -> None:
    assert not User.objects.create_user("a@voorbeeld.example").has_usable_password()


def test_only_an_administrator_sees_the_admin() -> None:
    assert User.objects.create_superuser("b@voorbeeld.example", "x").is_staff
    assert not User.objects.create_user("c@voorbeeld.example", role=Role.SECRETARIAT).is_staff


def test_the_database_knows_the_roles() -> None:
    with pytest.raises(IntegrityError, match="user_role_known"):
        User.objects.create_user("d@voorbeeld.example", role="koning")


def test_a_name_or_an_address_is_not_in_the_history() -> None:
    recorded = {field.name for field in User.pgh_event_models["insert"]._meta.get_fields()}  # type: ignore[attr-defined]
    assert not recorded & {"name", "email", "password", "last_login"}


def test_somebody_is_called_by_name_else_by_address() -> None:
    assert str(User(name="Anna", email="a@voorbeeld.example")) == "Anna"
    assert str(User(email="a@voorbeeld.example")) == "a@voorbeeld.example"
