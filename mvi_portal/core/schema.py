"""First migrations that run in seconds.

Django renders all related models again after each operation. Nearly all of ours are related, through the
organisations and the context of the history, and hundreds of constraints and triggers are an operation
each: minutes for every test database. A first migration needs none of the states in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import AddField
from django.db.migrations.operations.models import AddConstraint, AddIndex, CreateModel
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

MADE_WITH_TABLE = (AddField, AddConstraint, AddIndex)


class CreateTogether(Operation):
    """Create tables as they are after all of `operations`, with their constraints, indexes and triggers.

    Only for a migration that creates models and alters nothing that was there; raises ValueError otherwise.
    A field, constraint or index that stands apart from its model is made with the table.
    """

    serialization_expand_args = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations
        created = {operation.name_lower for operation in self._of(CreateModel)}
        for operation in operations:
            if not isinstance(operation, (CreateModel, AddTrigger, *MADE_WITH_TABLE)):
                raise ValueError(f"{type(operation).__name__} does not only create.")
            if isinstance(operation, MADE_WITH_TABLE) and operation.model_name.lower() not in created:
                raise ValueError(f"{operation.model_name} is not created here.")

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # rendered once, when it is asked for below
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self._of(CreateModel):
            schema_editor.create_model(to_state.apps.get_model(app_label, operation.name))
        for operation in self._of(AddTrigger):
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in reversed(self._of(CreateModel)):
            schema_editor.delete_model(from_state.apps.get_model(app_label, operation.name))

    def describe(self) -> str:
        return f"Create {len(self._of(CreateModel))} models together"

    def _of(self, kind: type[Operation]) -> list[Any]:
        return [operation for operation in self.operations if isinstance(operation, kind)]
