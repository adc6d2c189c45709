"""Migrations that run in seconds.

Django renders all related models again after each operation. Nearly all of ours are related, through the
organisations and the context of the history, and hundreds of constraints and triggers are an operation
each: minutes for every test database. A migration that touches each thing once needs none of the states in
between, and of all models only those that it touches and that these point at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import AddField, AlterField
from django.db.migrations.operations.models import (
    AddConstraint,
    AddIndex,
    AlterModelOptions,
    CreateModel,
    RemoveConstraint,
    RemoveIndex,
)
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

from mvi_portal.core.rendering import LateApps, narrowed

MADE_WITH_TABLE = (AddField, AlterField, AddConstraint, AddIndex, RemoveConstraint, RemoveIndex)
TAKEN = (CreateModel, AlterModelOptions, AddTrigger, RemoveTrigger, *MADE_WITH_TABLE)


class Together(Operation):
    """Do all of `operations`, from the models as they were before to those as they are after.

    Only for a migration that adds and alters: raises ValueError for what renames, or removes a field or a
    table. What is said of a model that is new here is made with its table.
    """

    serialization_expand_args = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations
        if alien := self.alien(operations):
            raise ValueError(f"{type(alien).__name__} cannot be done together with others.")
        self._new = {operation.name_lower for operation in self._of(CreateModel)}

    @staticmethod
    def alien(operations: Iterable[Operation]) -> Operation | None:
        """The first that cannot be done together with others."""
        return next((operation for operation in operations if not isinstance(operation, TAKEN)), None)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        rendered = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if rendered:  # else nobody will ask
            state.apps = LateApps(state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        from_state, to_state = self._narrowed(app_label, from_state), self._narrowed(app_label, to_state)
        for operation in self._of(CreateModel):
            schema_editor.create_model(to_state.apps.get_model(app_label, operation.name))
        apart = [operation for operation in self.operations if not self._comes_with_table(operation)]
        for triggers, those in groupby(apart, key=lambda operation: isinstance(operation, AddTrigger)):
            if triggers:
                _install(those, schema_editor)
                continue
            for operation in those:
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in reversed(self._of(Operation)):
            if not self._comes_with_table(operation) and _model(operation) not in self._new:
                operation.database_backwards(app_label, schema_editor, from_state, to_state)
        for operation in reversed(self._of(CreateModel)):
            schema_editor.delete_model(from_state.apps.get_model(app_label, operation.name))

    def _narrowed(self, app_label: str, state: ProjectState) -> ProjectState:
        """Who points at a column that is altered, may have to be altered along."""
        touched = {(app_label, _model(operation)) for operation in self.operations}
        altered = {_model(operation) for operation in self._of(AlterField)} - self._new
        return narrowed(state, touched, pointed_at={(app_label, name) for name in altered})

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)

    def _comes_with_table(self, operation: Any) -> bool:
        if isinstance(operation, MADE_WITH_TABLE):
            return _model(operation) in self._new
        return isinstance(operation, CreateModel)

    def _of(self, kind: type[Operation]) -> list[Any]:
        return [operation for operation in self.operations if isinstance(operation, kind)]


def _install(operations: Iterable[Any], schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Triggers, as makemigrations has compiled them, in one statement."""
    statements = "\n".join(operation.trigger.install_sql for operation in operations)
    schema_editor.execute(statements, params=None)  # what stands in them is as it must be


def _model(operation: Any) -> str:
    """What it is about, in small letters."""
    name: str = getattr(operation, "model_name", "") or operation.name
    return name.lower()
