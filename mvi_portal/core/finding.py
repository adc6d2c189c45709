"""Words in what the portal keeps: Dutch forms of a word, whatever the accents, and words with a typing error.

What is searched is one expression of a model's own columns, the same in its index and in the question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func, Q, QuerySet, TextField, Value

from mvi_portal.core.search import Plain, closeness, like

DUTCH = "dutch"
SHORTEST = 4  # characters of a word that may hold a typing error


class Words(Func):
    """`mvi_words(text)` of the database: the stems of Dutch words without accents, and no HTML tags."""

    function = "mvi_words"
    arity = 1
    output_field = SearchVectorField()


class Bare(Func):
    """HTML as plain text: small letters, no accents and no tags. Immutable, so that an index can hold it."""

    template = "mvi_plain(regexp_replace(%(expressions)s, '<[^>]*>', ' ', 'g'))"
    arity = 1
    output_field = TextField()


class Joined(Func):
    """Columns of text as one, with a space between them.

    What Django's Concat makes of them is the same, but it works that out for each pair, and in a question
    such an expression stands ten times.
    """

    output_field = TextField()

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """An empty column is no text; the others still are."""
        parts = [compiler.compile(part) for part in self.get_source_expressions()]
        sql = " || ' ' || ".join(f"COALESCE({part}, '')" for part, _ in parts)
        return f"({sql})", [param for _, params in parts for param in params]


def joined(*fields: str) -> Joined | str:
    """The columns as one text; one column is itself, as its index has it."""
    return Joined(*fields) if len(fields) > 1 else fields[0]


def said(text: str) -> SearchQuery:
    """All of these words, in any form."""
    return SearchQuery(Plain(Value(text)), config=DUTCH, search_type="plain")


def alike(text: str, words: str, plain: str) -> Q:
    """Each of the longer words in any form or with a typing error, wherever it stands; nothing without one.

    `words` and `plain` are annotated with Words and with Plain or Bare.
    """
    longer = _longer(text)
    condition = Q(pk__in=()) if not longer else Q()
    for word in longer:
        typed = Plain(Value(word))
        condition &= Q(**{words: said(word)}) | Q(**{f"{plain}__trigram_word_similar": typed})
    return condition


def in_prose(rows: QuerySet[Any], text: str, field: str) -> QuerySet[Any]:
    """Rows whose rich text tells it by form of a word; when none does, with a typing error.

    A model with many or long texts has a GIN index on Words of the field, and one with gin_trgm_ops on Bare.
    """
    told = rows.alias(searched_prose=Words(field), searched_bare=Bare(field))
    found: QuerySet[Any] = told.filter(searched_prose=said(text))
    if found.exists():
        return found
    near: QuerySet[Any] = told.filter(alike(text, "searched_prose", "searched_bare"))
    return near


def search(
    rows: QuerySet[Any],
    text: str,
    *fields: str,
    prose: str = "",
    beneath: Mapping[str, tuple[str, ...]] | None = None,
    also: Q | None = None,
) -> QuerySet[Any]:
    """Rows that tell it in the fields, or in `prose` (HTML): by form, part or likeness of a word.

    `beneath` names rows that belong to a row, by the name on the model, with the fields that are searched as
    well, `also` rows that count as found whatever they tell. The nearest first; annotates `closeness`.
    """
    found = rows.alias(searched_plain=Plain(joined(*fields)), searched_words=Words(joined(*fields)))
    condition = _tells(text, "searched_words", "searched_plain") | _holds(text) | (also or Q(pk__in=()))
    if prose:
        found = found.alias(searched_prose=Words(prose), searched_bare=Bare(prose))
        condition |= _tells(text, "searched_prose", "searched_bare")
    for below in _beneath(rows, text, beneath or {}):
        condition |= Q(pk__in=below)
    near = found.filter(condition).annotate(closeness=closeness("searched_plain", text))
    nearest: QuerySet[Any] = near.order_by("-closeness", "pk")
    return nearest


def telling(rows: QuerySet[Any], text: str, *fields: str) -> QuerySet[Any]:
    """Rows of a list that tell it in the fields, in the order of the list."""
    found = search(rows.model._default_manager.all(), text, *fields)
    told: QuerySet[Any] = rows.filter(pk__in=found.order_by().values("pk"))
    return told


def _longer(text: str) -> list[str]:
    return [word for word in text.split() if len(word) >= SHORTEST and not _numbered(word)]


def _holds(text: str) -> Q:
    """What has a number in it is meant as it stands: number 394 is not nearly 746.

    What one longer word is like, `alike` finds already.
    """
    if _numbered(text) or _longer(text) == [text]:
        return Q(searched_plain__contains=Plain(Value(text)))
    return like("searched_plain", text)


def _numbered(text: str) -> bool:
    return any(sign.isdecimal() for sign in text)


def _tells(text: str, words: str, plain: str) -> Q:
    """Of one longer word the forms are asked once: they take the most time."""
    near = alike(text, words, plain)
    return near if _longer(text) == [text] else Q(**{words: said(text)}) | near


def _beneath(rows: QuerySet[Any], text: str, beneath: Mapping[str, tuple[str, ...]]) -> Iterator[Any]:
    """The keys of rows with something beneath them that tells it."""
    for name, fields in beneath.items():
        relation: Any = rows.model._meta.get_field(name)
        found = search(relation.related_model._default_manager.all(), text, *fields)
        yield found.order_by().values(relation.field.attname)
