"""What PostgreSQL knows of its tables, brought up to date after many rows came in at once."""

from __future__ import annotations

from django.db import connection, models


def refresh(*tables: type[models.Model]) -> None:
    """Let PostgreSQL look at the tables now; without a name at all of them.

    By itself it does so a minute later. Until then it plans as if they were empty, and a page that takes a
    tenth of a second may take many.
    """
    with connection.cursor() as cursor:
        names = (connection.ops.quote_name(table._meta.db_table) for table in tables)
        cursor.execute(f"ANALYZE {', '.join(names)}".strip())
