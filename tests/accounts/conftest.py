"""Attempts are counted in Valkey, each test in keys of its own; and hashing need not be slow here."""

from __future__ import annotations

import uuid

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def at_the_door(settings: Settings) -> None:
    default = {**settings.CACHES["default"], "KEY_PREFIX": f"test-{uuid.uuid4()}"}
    settings.CACHES = {**settings.CACHES, "default": default}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
