"""Answers that are asked for more than once while one page is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

T = TypeVar("T")
_ANSWERS: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Each question that is `remembered` is asked once in here. No longer: the register changes."""
    token = _ANSWERS.set({})
    try:
        yield
    finally:
        _ANSWERS.reset(token)


def remembered(question: Callable[[str], T]) -> Callable[[str], T]:
    @wraps(question)
    def ask(text: str) -> T:
        answers = _ANSWERS.get()
        if answers is None:
            return question(text)
        if (question, text) not in answers:
            answers[question, text] = question(text)
        found: T = answers[question, text]
        return found

    return ask
