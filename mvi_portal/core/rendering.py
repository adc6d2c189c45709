"""The models of a moment in the migrations: rendered when they are asked for, and only those needed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.migrations.utils import resolve_relation

Key = tuple[str, str]  # app and model, in small letters


class LateApps(StateApps):
    """All models of a state; the first question about them renders them."""

    def __init__(self, state: ProjectState) -> None:
        self._asked_of: ProjectState | None = state

    def __getattr__(self, name: str) -> Any:
        state = self.__dict__.pop("_asked_of", None)
        if state is None:
            raise AttributeError(name)
        super().__init__(state.real_apps, state.models)
        return getattr(self, name)

    def clone(self) -> StateApps:
        """As it is now, whatever becomes of the state; not rendered for that."""
        state = self.__dict__.get("_asked_of")
        if state is None:
            return super().clone()
        models = {key: model.clone() for key, model in state.models.items()}
        return LateApps(ProjectState(models, state.real_apps))


def narrowed(state: ProjectState, touched: Collection[Key], *, pointed_at: Collection[Key]) -> ProjectState:
    """The touched models of a state, with those that they point at, and who points at `pointed_at`."""
    referring = {key: set(_references(key, model)) for key, model in state.models.items()}
    found: set[Key] = set()
    todo = {key for key in touched if key in state.models}
    todo |= {key for key, others in referring.items() if not others.isdisjoint(pointed_at)}
    while todo:
        found |= todo
        todo = {other for key in todo for other in referring[key] if other in state.models} - found
    return ProjectState({key: state.models[key] for key in found}, state.real_apps)


def _references(key: Key, model: ModelState) -> Iterator[Key]:
    """The models that its fields and its bases name."""
    for field in model.fields.values():
        if field.remote_field:
            for other in (field.remote_field.model, getattr(field.remote_field, "through", None)):
                if other:
                    yield resolve_relation(other, *key)
    for base in model.bases:
        if isinstance(base, str):
            yield resolve_relation(base, *key)
