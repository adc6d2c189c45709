"""Text as it is searched: small letters, without accents."""

from __future__ import annotations

from django.db.models import F, FloatField, Func, Q, TextField, Value


class Plain(Func):
    """`mvi_plain(text)` of the database: immutable, so that an index can hold it."""

    function = "mvi_plain"
    arity = 1
    output_field = TextField()


def like(field: str, text: str) -> Q:
    """Rows whose plain text holds what was typed, or words like it; `field` is annotated with Plain."""
    typed = Plain(Value(text))
    return Q(**{f"{field}__contains": typed}) | Q(**{f"{field}__trigram_word_similar": typed})


def closeness(field: str, text: str) -> Func:
    """How near the plain text comes to what was typed, from 0 to 1."""
    return Func(Plain(Value(text)), F(field), function="word_similarity", output_field=FloatField())
