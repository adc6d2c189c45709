"""Rows that stand at a group: found by the group, by what names them there, and by when they begin."""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, ClassVar

from buyergroups.models import BuyerGroup
from mvi_portal.core.workbooks import Column, Record, Rule
from mvi_portal.core.workbooks.comparing import Comparison, Entry, changes, kept
from mvi_portal.core.workbooks.importing import LEFT_ALONE, Order

Naming = tuple[Any, ...]
GROUP = (
    Column("groep", "De sleutel van de groep, of haar naam.", name="group", required=True, longest=200),
    Column("naam van de groep", "Om te lezen.", derived=True),
)
ADVICE = (
    LEFT_ALONE,
    "Een rij die niet in het bestand staat, blijft zoals zij is. Verwijderen doet u bij de groep.",
)


class RowsOfGroups(Comparison):
    """`plain` are the fields that the columns tell as they are.

    `begins` is the field that tells rows of one name apart; `moves` says that the only row of a name may get
    another begin. Otherwise another begin is another row.
    """

    model: ClassVar[Any]
    plain: ClassVar[tuple[str, ...]]
    begins: ClassVar[str] = ""
    moves: ClassVar[bool] = False

    def __init__(self) -> None:
        groups = list(BuyerGroup.objects.all())
        self.groups = {group.name.casefold(): group for group in groups}
        self.groups.update({group.slug: group for group in groups})
        self.standing: dict[Naming, list[Any]] = defaultdict(list)
        for row in self.model.objects.order_by("pk"):
            self.standing[self.named(row.group_id, row)].append(row)

    @abstractmethod
    def named(self, group: int, row: Any) -> Naming:
        """What names a row, or what is told of one, within its group."""

    @abstractmethod
    def save(self, row: Any, order: Order) -> None:
        """By the verb of the app."""

    def facts(self, entry: Entry) -> dict[str, Any]:
        """What the row tells, beside what stands there."""
        stands = entry.stands or self.model()
        return {name: kept(entry.told.get(name), getattr(stands, name)) for name in self.plain}

    def understand(self, record: Record) -> None:
        """What needs the register to be read, as an organisation by its name."""

    def plan(self, found: Sequence[Record]) -> list[Entry]:
        entries = [self._entry(record) for record in found]
        self._match([entry for entry in entries if entry.record.is_good])
        for entry in entries:
            if entry.record.is_good:
                entry.facts = self.facts(entry)
                entry.changes = changes(entry.stands, entry.facts) if entry.stands else []
        return entries

    def written_first(self, entry: Entry) -> Any:
        begin = entry.facts.get(self.begins) if self.begins else None
        return begin.last_day.toordinal() if begin else 0

    def write(self, entry: Entry, order: Order) -> None:
        """On a row read anew: those before it may have moved it."""
        group = self._group(entry.record)
        row = self.model.objects.get(pk=entry.stands.pk) if entry.stands else self.model(group=group)
        for name, value in entry.facts.items():
            setattr(row, name, value)
        self.save(row, order)

    def _entry(self, record: Record) -> Entry:
        entry = Entry(record, label=str(record.raw.get("group", "")))
        if record.is_good and self._group(record) is None:
            message = "Deze buyer group kennen wij niet. Kijk de sleutel na, of voeg de groep eerst toe."
            record.refuse("group", Rule.KNOWN, message)
        if record.is_good:
            self.understand(record)
        return entry

    def _group(self, record: Record) -> Any:
        told = str(record.values["group"])
        return self.groups.get(told) or self.groups.get(told.casefold())

    def _match(self, entries: Sequence[Entry]) -> None:
        """First those that begin on the same day; then what is left over for who may move."""
        left = {name: list(rows) for name, rows in self.standing.items()}
        seen: dict[object, int] = {}
        for entry in entries:
            name = self._naming(entry)
            place = (name, self._begin(entry))
            if place in seen:
                message = f"Dit staat al in rij {seen[place]}, van dezelfde groep."
                entry.record.refuse("group", Rule.DOUBLE, message)
            seen.setdefault(place, entry.record.row)
            same = [row for row in left.get(name, []) if self._begin_of(row) == self._begin(entry)]
            if same and entry.record.is_good:
                entry.stands = same[0]
                left[name].remove(same[0])
        for entry in entries:
            if entry.stands is None and entry.record.is_good:
                self._take_over(entry, left.get(self._naming(entry), []))

    def _take_over(self, entry: Entry, rows: list[Any]) -> None:
        told = self._begin(entry)
        open_rows = [row for row in rows if self.moves or told is None or self._begin_of(row) is None]
        if len(open_rows) == 1:
            entry.stands = open_rows[0]
            rows.remove(open_rows[0])
        elif open_rows:
            message = (
                "Er staan er meer van bij deze groep. Vul de begindatum in zoals die in het portaal staat."
            )
            entry.record.refuse(self.begins or "group", Rule.DOUBT, message)

    def _naming(self, entry: Entry) -> Naming:
        return self.named(self._group(entry.record).pk, _Told(entry.told))

    def _begin(self, entry: Entry) -> Any:
        return entry.told.get(self.begins) if self.begins else None

    def _begin_of(self, row: Any) -> Any:
        return getattr(row, self.begins) if self.begins else None


class _Told:
    """What a row of the file tells, asked as a row of the register is."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told

    def __getattr__(self, name: str) -> Any:
        return self.told.get(name)
