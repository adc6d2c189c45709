"""Asserting that the database itself refuses a row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import IntegrityError, transaction


@contextmanager
def refused(rule: str, message: str = "") -> Iterator[None]:
    """What is written inside breaks this rule, and says so."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    cause = caught.value.__cause__
    assert isinstance(cause, psycopg.errors.IntegrityError)
    assert cause.diag.constraint_name == rule
    assert message in str(caught.value)
