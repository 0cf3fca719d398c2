"""New rows by the hundred through PostgreSQL's COPY, which costs a fraction of what INSERT does."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault
from psycopg.types.json import Jsonb

DRAWN = """
SELECT nextval(sequence)
FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence OFFSET 0) AS of_table,
    generate_series(1, %s)
"""


def store(rows: Sequence[models.Model]) -> None:
    """Stores numbered rows of one model in their order; all leave the same fields to the database, and
    it makes the generated ones."""
    if rows:
        given = [one for one in rows[0]._meta.concrete_fields if _is_given(rows[0], one)]
        written = map(attrgetter(*(one.attname for one in given)), rows)
        places = [at for at, one in enumerate(given) if isinstance(one, models.JSONField)]
        columns = ", ".join(str(one.column) for one in given)
        copy_in(f"{rows[0]._meta.db_table} ({columns})", [_as_json(one, places) for one in written])


def number(rows: Sequence[models.Model]) -> None:
    """Gives rows of one model that are to be stored their numbers, so that others can name them."""
    if rows:
        for row, drawn in zip(rows, numbers_for(type(rows[0]), len(rows)), strict=True):
            row.pk = drawn


def numbers_for(model: type[models.Model], rows: int) -> list[int]:
    """Numbers for so many rows of a model that are to be stored."""
    with connection.cursor() as cursor:
        cursor.execute(DRAWN, [model._meta.db_table, rows])
        return [drawn for (drawn,) in cursor.fetchall()]


def copy_in(into: str, rows: Sequence[Sequence[Any]]) -> None:
    """Copies rows into a table, given as "table (columns)"."""
    copying = f"COPY {into} FROM STDIN"
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(copying) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _is_given(row: models.Model, field: "models.Field[Any, Any]") -> bool:
    return not field.generated and not isinstance(getattr(row, field.attname), DatabaseDefault)


def _as_json(values: Sequence[Any], places: Sequence[int]) -> Sequence[Any]:
    return [Jsonb(one) if at in places else one for at, one in enumerate(values)]
