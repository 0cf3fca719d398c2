"""Locks of the database that are held to the end of a transaction, each for one purpose."""

from enum import IntEnum

from django.db import connection


class Lock(IntEnum):
    """Any numbers, the same in every process."""

    # What a report counts is written under it, shared; a publisher holds it alone.
    LEDGER = 7_201_001
    # Taking a watched page to look at, so that no host is asked twice at once.
    PAGES = 7_202_001
    LEXICONS = 7_203_001
    # Looking for copies and versions, and storing documents.
    DOCUMENTS = 7_203_002
    # Storing rows of imported tables, each compared with what another table may be storing.
    IMPORTS = 7_203_003
    # Whatever scores events for claims, shared; whoever changes what they are scored by, alone.
    WEIGHTS = 7_204_001
    # Events being compared with the index as it then was, shared; alone, for a moment: none is any more.
    OLD_INDEX = 7_204_002
    # Taking a feed to be polled, for each host by itself.
    FEED_HOSTS = 7_203_004


def hold(lock: Lock, *, shared: bool = False) -> None:
    """Waits until nobody else holds the lock, or with `shared` until nobody holds it alone."""
    function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [lock])


def hold_for(lock: Lock, name: str) -> None:
    """Waits until nobody else holds the lock for this name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s::int, hashtext(%s))", [lock, name])
