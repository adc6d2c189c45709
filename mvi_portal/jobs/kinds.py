"""Which handler does which kind of job. By dotted path: the web process never imports what a worker does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.module_loading import import_string

from mvi_portal.jobs.leases import Run

Handler = Callable[[Run], None]


@dataclass(frozen=True)
class JobKind:
    """A kind of job: its label for people, and who does it."""

    name: str
    label: str
    path: str

    def handler(self) -> Handler:
        """Imports the handler; called in a worker only."""
        found: Handler = import_string(self.path)
        return found


class UnknownKind(KeyError):
    """Nobody registered this kind."""

    def __str__(self) -> str:
        return f"Niemand kent taken van de soort '{self.args[0]}'."


_kinds: dict[str, JobKind] = {}


def register(name: str, *, label: str, handler: str) -> None:
    """Tell, in `AppConfig.ready`, that `handler` (a dotted path) does jobs of this kind.

    The same once more is no harm; another under the same name raises ValueError.
    """
    kind = JobKind(name, label, handler)
    if _kinds.get(name, kind) != kind:
        raise ValueError(f"De soort taak '{name}' is al bekend.")
    _kinds[name] = kind


def label_of(name: str) -> str:
    """For people; a kind that nobody knows any more by its own name."""
    return _kinds[name].label if name in _kinds else name


def get(name: str) -> JobKind:
    """Raises UnknownKind."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(name) from None
