"""The queue of reviewers: the next seat, out of a hundred and out of ten thousand."""

from datetime import date
from itertools import count

from accounts.roles import Role
from reviews.services import lease_next
from tests.benchmarks.database import analyse, rolled_back
from tests.benchmarks.ledger import add_claims, add_seats
from tests.benchmarks.table import heading, line, milliseconds, seconds, times
from tests.factories.accounts import UserFactory

SEATS = (100, 10_000)
DUE = date(2026, 3, 21)


def run() -> None:
    """Prints how long one reviewer waits for the next seat."""
    heading("Queue: leasing the next seat")
    line("open seats", "each lease", "to 100 seats")
    first, had, numbers = 0.0, 0, count()

    def lease() -> None:
        # A new reviewer each time: whoever holds a seat is only handed it again.
        by = UserFactory(username=f"reviewer {next(numbers)}", roles=[Role.REVIEWER])
        if lease_next(by=by) is None:
            raise RuntimeError("No seat was left.")

    with rolled_back():
        for seats in SEATS:
            add_seats(add_claims((seats - had) // 2, due_on=DUE, first=had))
            had = seats
            analyse()
            time = seconds(lease, times=10)
            first = first or time
            line(f"{seats:,}", milliseconds(time), times(time / first))
