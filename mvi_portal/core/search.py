"""Text as it is searched: small letters, without accents."""

from __future__ import annotations

from django.db.models import Case, F, FloatField, Func, Q, TextField, Value, When
from django.db.models.lookups import Contains, Exact, StartsWith

CODE, EXACT, BEGINS, HOLDS = 4.0, 3.0, 2.0, 1.0  # how near is nearer than only like it, which is below 1


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


def likeness(field: str, text: str) -> Func:
    """How alike the whole of both is, from 0 to 1: a short word with a typing error scores here."""
    return Func(Plain(Value(text)), F(field), function="similarity", output_field=FloatField())


class Words(Func):
    """Plain text as bare words, so that "'s-Gravenhage" is "s gravenhage"."""

    template = "trim(regexp_replace(%(expressions)s, '[^a-z0-9]+', ' ', 'g'))"
    arity = 1
    output_field = TextField()


def rank(text: str, *fields: str) -> Case:
    """Whether one of the fields is what was typed, begins with it or holds it; 0 when none does."""
    typed = Words(Plain(Value(text)))
    named = [Words(Plain(F(field))) for field in fields]
    return Case(
        When(Exact(typed, Value("")), then=Value(0.0)),
        *(When(Exact(name, typed), then=Value(EXACT)) for name in named),
        *(When(StartsWith(name, typed), then=Value(BEGINS)) for name in named),
        *(When(Contains(name, typed), then=Value(HOLDS)) for name in named),
        default=Value(0.0),
        output_field=FloatField(),
    )
