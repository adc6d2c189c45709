"""What stands at the rows of a list, as a file of its own: values at indicators, phases at groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet

from mvi_portal.core.lists import ListPage
from mvi_portal.core.workbooks import Column


class BelowExport(ListPage):
    """Stands before the list in the bases, and is answered `as_csv` alone.

    The filter is that of the list. A filter that is wrong answers with that list.
    """

    title: ClassVar[str]
    below_columns: ClassVar[Sequence[Column]]

    def below(self, above: QuerySet[Any]) -> QuerySet[Any]:
        """The rows at these, in order, of what the reader may have."""
        raise NotImplementedError

    def below_cells(self, item: Any) -> list[object]:
        """What the file holds of one, in the order of the columns."""
        raise NotImplementedError

    @property
    def is_file(self) -> bool:
        return bool(self.found.form.is_valid())

    @property
    def ordered(self) -> QuerySet[Any]:
        if not self.is_file:
            return super().ordered
        return self.below(self.found.qs.order_by().values("pk"))

    def total(self) -> int:
        return int(self.ordered.count()) if self.is_file else super().total()

    def explained(self) -> Sequence[Column]:
        return self.below_columns

    def prepare(self, items: Sequence[Any]) -> None:
        if not self.is_file:
            super().prepare(items)

    def cells(self, item: Any) -> list[object]:
        return self.below_cells(item)

    def _name(self) -> str:
        return f"{self.title.lower().replace(' ', '-')}-{self.on.isoformat()}"

    def _heading(self) -> str:
        return self.title
