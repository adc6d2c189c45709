"""Words in what the portal keeps: Dutch forms of a word, whatever the accents, and words with a typing error.

What is searched is one expression of a model's own columns, the same in its index and in the question.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from mvi_portal.core.search import Plain, closeness, like

DUTCH = "dutch"


class Words(Func):
    """`mvi_words(text)` of the database: the stems of Dutch words without accents, and no HTML tags."""

    function = "mvi_words"
    arity = 1
    output_field = SearchVectorField()


def joined(*fields: str) -> Concat | str:
    """The columns as one text."""
    if len(fields) == 1:
        return fields[0]
    parts: list[Any] = [part for field in fields for part in (Value(" "), field)]
    return Concat(*parts[1:], output_field=TextField())


def said(text: str) -> SearchQuery:
    """All of these words, in any form."""
    return SearchQuery(Plain(Value(text)), config=DUTCH, search_type="plain")


def search(rows: QuerySet[Any], text: str, *fields: str, prose: str = "") -> QuerySet[Any]:
    """Rows that tell it: in the fields by form, part or likeness of a word; in `prose` (HTML) by form alone.

    The nearest first; annotates `closeness`.
    """
    found = rows.annotate(searched_plain=Plain(joined(*fields)), searched_words=Words(joined(*fields)))
    condition = like("searched_plain", text) | Q(searched_words=said(text))
    if prose:
        found = found.annotate(searched_prose=Words(prose))
        condition |= Q(searched_prose=said(text))
    near = found.filter(condition).annotate(closeness=closeness("searched_plain", text))
    nearest: QuerySet[Any] = near.order_by("-closeness", "pk")
    return nearest
