"""In what the things of line D are searched: the same for a list as for who searches everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from mvi_portal.core.finding import search


@dataclass(frozen=True)
class Searched:
    """The fields of a row, its rich text, and what stands beneath it; as `core.finding.search` reads them."""

    fields: tuple[str, ...]
    prose: str = ""
    beneath: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """The nearest first."""
        return search(rows, text, *self.fields, prose=self.prose, beneath=self.beneath)

    def narrow(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """The same ones, in the order of a list."""
        found = self.find(rows.model._default_manager.all(), text)
        return rows.filter(pk__in=found.order_by().values("pk"))


COMMITMENT = Searched(
    ("text", "citation", "remark"),
    beneath={"steps": ("evidence", "evidence_citation"), "parties": ("name",)},
)
PAPER = Searched(
    ("title", "number", "citation", "summary"),
    beneath={"points": ("text", "reaction"), "parties": ("name",)},
)
CONSULTATION = Searched(("title", "citation"), prose="agenda", beneath={"decisions": ("text",)})
POSITION = Searched(("stance", "holder_name", "citation", "source"))
COMMUNICATION = Searched(("title", "description", "source"))
EXAMPLE = Searched(("title", "result", "citation", "source"))
PROGRAMME = Searched(("name", "description", "citation", "source"))
ACTIVITY = Searched(("title", "description"), beneath={"milestones": ("title",)})
INDICATOR = Searched(("name", "definition"))
COVER = Searched(("citation", "source"))
FRAME = Searched(("name", "plan_title", "aim"), beneath={"lines": ("title", "aim")})
ROUND = Searched(("title",), beneath={"questions": ("text",)})
PUBLISHED = Searched(("wording", "document", "remark"))
