"""How many rows there are, asked beside others."""

from __future__ import annotations

from django.db.models import IntegerField, Subquery


class Counted(Subquery):
    """How many rows a query has. Where it refers to no outer row, PostgreSQL works it out once."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0
