"""Django's makemigrations, but what a migration adds is added together."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import makemigrations
from django.db.migrations import Migration

from mvi_portal.core.schema import Together


class Command(makemigrations.Command):
    def write_migration_files(self, changes: dict[str, list[Migration]], *args: Any, **kwargs: Any) -> None:
        """See `core.schema`."""
        for migrations in changes.values():
            for migration in migrations:
                if not Together.alien(migration.operations):
                    together = Together(migration.operations)
                    migration.operations = [together]  # type: ignore[misc]  # the stubs: the class's only
        super().write_migration_files(changes, *args, **kwargs)
