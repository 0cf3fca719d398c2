"""The time that judgements bear and the time that reports are cut off at, so that neither slips by.

Whoever writes what a report counts (a registration, a withdrawal, a verdict) holds a shared lock to
the end of its transaction and reads the database's clock under it. A publisher takes the same lock
alone: then everything up to its cut-off is stored, and whatever follows bears a later time.
"""

from datetime import datetime

from django.db import connection

from accounts.locks import Lock, hold


def moment_of_writing(at: datetime | None = None) -> datetime:
    """`at`, or the database's time now; held against publishers until the transaction ends."""
    hold(Lock.LEDGER, shared=True)
    return _not_ahead(at)


def moment_of_cutoff(at: datetime | None = None) -> datetime:
    """`at`, or the database's time now, with every earlier writing stored."""
    hold(Lock.LEDGER)
    return _not_ahead(at)


def _not_ahead(at: datetime | None) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return min(at, now) if at else now
