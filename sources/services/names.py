"""Names as the database compares them."""

from collections.abc import Iterable

from django.db import connection


def lowered(names: Iterable[str]) -> dict[str, str]:
    """Names with single blanks in small letters, by the names as they are given; in one query.

    Small letters are the database's, by which it keeps names apart: those of Python differ in İ and Σ.
    """
    given = sorted(set(names))
    if not given:
        return {}
    written = [" ".join(name.split()) for name in given]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lower(name) FROM unnest(%s::text[]) WITH ORDINALITY AS given (name, place) "
            "ORDER BY place",
            [written],
        )
        return {name: key for name, (key,) in zip(given, cursor.fetchall(), strict=True)}
