"""What an app adds to pages below it, told in `AppConfig.ready`.

A page names a place ("organisation.dossier") and renders what is registered there; it never knows who
contributes. An item is a plain dataclass of the page's own making, or a callable; each is asked for what
the reader may see.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.forms import Form
from django.http import QueryDict

T = TypeVar("T")


@dataclass(frozen=True)
class Place(Generic[T]):
    """A place that can be added to. Names are unique; items keep their order, then their name."""

    name: str
    _items: dict[str, tuple[int, T]] = field(default_factory=dict, compare=False, repr=False)

    def add(self, name: str, item: T, *, order: int = 100) -> None:
        """Contribute one item; the same one again is no harm.

        Raises ValueError when the name is taken: two apps would shadow each other.
        """
        if self._items.get(name, (order, item)) != (order, item):
            raise ValueError(f"{self.name} heeft al een bijdrage met de naam {name}")
        self._items[name] = (order, item)

    def get(self, name: str) -> T | None:
        """What was contributed under the name."""
        found = self._items.get(name)
        return found[1] if found else None

    def names(self) -> list[str]:
        """What can be asked for by name."""
        return list(self._items)

    def __iter__(self) -> Iterator[T]:
        for _name, item in self.named():
            yield item

    def named(self) -> Iterator[tuple[str, T]]:
        """Each item with the name under which it was contributed."""
        for name, (_order, item) in sorted(self._items.items(), key=lambda entry: (entry[1][0], entry[0])):
            yield name, item

    def __len__(self) -> int:
        return len(self._items)


@dataclass(frozen=True)
class Panel:
    """A part of a dossier: its heading, and the template that prints it from `context` alone."""

    title: str
    template: str
    context: dict[str, Any]


@dataclass(frozen=True)
class ListFilter:
    """A choice that narrows a list: `narrow(rows, answer, on)`; only valid answers are asked."""

    label: str
    choices: list[tuple[str, str]]
    narrow: Callable[[Any, str, date], Any]


@dataclass(frozen=True)
class Counted:
    """One thing that a figure counts: its natural key, its name on the day, and where it is shown."""

    key: str
    label: str
    href: str = ""
    is_demo: bool = False


@dataclass(frozen=True)
class Task:
    """What is asked of somebody: where to do it, and by when."""

    title: str
    href: str
    due: date | None = None
    detail: str = ""


@dataclass(frozen=True)
class Publication:
    """A letter that was sent: its figures are those of the day."""

    title: str
    day: date


@dataclass(frozen=True)
class Material:
    """A proposal for a letter: for which line, what it is about, and the text with live figures."""

    key: str
    line: str
    title: str
    html: str


@dataclass(frozen=True)
class Entry:
    """A page among the administrator's: the name of its address, and in a sentence what it is for."""

    label: str
    url_name: str
    detail: str


@dataclass(frozen=True)
class FormPart:
    """Fields that go along in a form of a page below: `form(data)`, then `save(form, subject, by)`."""

    form: Callable[[QueryDict | None], Form]
    save: Callable[..., None]


def headed(kind: str, title: str) -> str:
    """What is told of a document: its kind first, unless the title begins with it."""
    return title if title.casefold().startswith(kind.casefold()) else f"{kind}: {title}"


@dataclass(frozen=True)
class Happening:
    """One dated fact in words: when, as precise as it is known, and where it is shown."""

    when: str
    title: str
    href: str = ""
    line: str = ""  # the code of its line of the plan
    is_demo: bool = False


@dataclass(frozen=True)
class Happenings:
    """One kind of dated facts for the timeline.

    `rows(user, today)` is what the user may see, annotated with `happened_on`: the facts' own dates, never
    the day on which somebody typed them. `tell(keys)` tells those rows in words, in a fixed number of
    queries. `line` is the line of the plan that all belong to, or `line_path` leads to the line of each.
    `about` leads to what else can be followed: by "group", "organisation" or "commitment", its path or paths.
    """

    label: str
    rows: Callable[[Any, date], QuerySet[Any]]
    tell: Callable[[Collection[int]], dict[int, Happening]]
    line: str = ""
    line_path: str = ""
    about: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)

    def paths(self) -> Iterator[tuple[str, str]]:
        """Each path of `about`, with the name of what it leads to."""
        for name, found in self.about.items():
            for path in (found,) if isinstance(found, str) else found:
                yield name, path


@dataclass(frozen=True)
class Hit:
    """Something that was found: what it is called, where it is, and in a line what it is about."""

    title: str
    href: str
    detail: str = ""
    is_demo: bool = False
    is_elsewhere: bool = False  # the address is not the portal's


@dataclass(frozen=True)
class SearchSource:
    """One kind of things that are searched.

    `find(text, user, today, on, limit)` gives the nearest first, of what the user may see today, in the
    names of the day `on`, in a fixed number of queries. `all_at` names a list that takes `?zoek=`.
    """

    label: str
    find: Callable[[str, Any, date, date, int], list[Hit]]
    all_at: str = ""


Source = Callable[..., Any]

# of the list of organisations, by their word in its address
list_filters: Place[ListFilter] = Place("list.filter")
# each is asked as panel(organisation, on, user); None when it has nothing that the user may see
dossier_panels: Place[Callable[..., Panel | None]] = Place("organisation.dossier")
# each is asked as link(organisation, on): a label, and the address of what else is told of it
dossier_links: Place[Callable[..., tuple[str, str]]] = Place("organisation.links")
# each is asked as panel(signature, on, request)
signature_panels: Place[Callable[..., Panel | None]] = Place("signature")
# each is asked as panel(account, keeps): what to tell of an account; `keeps` to who may change it
account_panels: Place[Callable[..., Panel | None]] = Place("account")
management_pages: Place[Entry] = Place("management")
invitation_parts: Place[FormPart] = Place("account.invitation")
# by the first word of a figure's key; each is asked as counted(figure, on, user) for what the user may see
counted_rows: Place[Callable[..., list[Counted]]] = Place("figure.rows")
# each is asked as tasks_of(user, today)
tasks: Place[Callable[..., list[Task]]] = Place("user.tasks")
# each is asked as last_before(on), for the latest that was sent with figures of an earlier day
publications: Place[Callable[[date], Publication | None]] = Place("publications")
search_sources: Place[SearchSource] = Place("search")
timeline_sources: Place[Happenings] = Place("timeline")
# each is asked as button(request, subject): what follows the subject, or stops that
follow_buttons: Place[Callable[..., Any]] = Place("follow.button")
# each is asked as later(request, title, detail), to have a long export written by a worker
long_exports: Place[Callable[..., Any]] = Place("export.long")
export_columns: Place[Source] = Place("export.columns")
# each is asked as settled(day, known_since): what, in a Dutch sentence, was settled with facts of that day
settled: Place[Callable[[date, datetime], list[str]]] = Place("settled")
# each is asked as material(on, since): what happened up to `on` and, when given, after `since`
letter_material: Place[Callable[[date, date | None], list[Material]]] = Place("letter.material")
