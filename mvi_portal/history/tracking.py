"""How a model gets its history, and how a service says who and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

import pghistory
from django.db import models

from mvi_portal.history import registering

if TYPE_CHECKING:  # the user model asks for us while Django is still loading
    from django.contrib.auth.base_user import AbstractBaseUser

M = TypeVar("M", bound=type[models.Model])
_acting: ContextVar[bool] = ContextVar("acting", default=False)
registering.quickly()


def tracked(*, exclude: Iterable[str] = ()) -> Callable[[M], M]:
    """Record every insert, update and delete of the model, once per statement.

    `exclude` names the personal fields: what is not recorded can be erased.
    """
    level = pghistory.Statement
    decorate: Callable[[M], M] = pghistory.track(
        pghistory.InsertEvent(level=level),
        pghistory.UpdateEvent(level=level),
        pghistory.DeleteEvent(level=level),
        exclude=list(exclude) or None,
        meta={"verbose_name": "geschiedenisregel", "verbose_name_plural": "geschiedenisregels"},
    )
    return decorate


@contextmanager
def history(*, by: AbstractBaseUser | None, action: str, why: str = "") -> Iterator[None]:
    """Every change inside is recorded with who did it, which verb, and why.

    A verb that calls another is one act: inside, the other's own block says nothing.
    """
    if _acting.get():
        yield
        return
    token = _acting.set(True)
    try:
        with pghistory.context(user=by.pk if by else None, action=action, why=why):
            yield
    finally:
        _acting.reset(token)
