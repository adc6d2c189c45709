from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from mvi_portal.demo.loading import Loaded, load

PASSWORD = "een wachtwoord voor de proef"
# The real hasher is slow on purpose, and there are twelve accounts.
QUICK = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """The demonstration, loaded once for all tests that only look at it, and then undone."""
    with django_db_blocker.unblock(), QUICK, transaction.atomic():
        yield load(password=lambda: PASSWORD)
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: Loaded, db: None) -> Loaded:
    """In a transaction of the test's own: what it changes is undone."""
    return loaded
