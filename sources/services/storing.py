"""One process at a time looks for copies and versions and stores documents."""

from django.db import connection

# Any number, the same in every process.
LOCK = 7_203_002


def hold_the_store() -> None:
    """Waits until nobody else stores documents; held to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
