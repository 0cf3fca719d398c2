"""A report frozen, and made again from the ledger."""

from datetime import UTC, date, datetime
from time import perf_counter

from claims.services import load_lexicons
from reports.services import publish_report, recompute
from tests.benchmarks.database import analyse, rolled_back
from tests.benchmarks.ledger import add_claims, judge
from tests.benchmarks.table import heading, line, tell, times

CLAIMS = ((2_000, date(2026, 1, 15)), (20_000, date(2026, 2, 15)))
CUTOFF = datetime(2026, 5, 1, tzinfo=UTC)


def run() -> bool:
    """Prints how long a report takes. False where a recomputation differs in any digit."""
    heading("Reports: published and recomputed")
    line("claims due", "published", "to 2,000", "recomputed", "to published")
    first, same = 0.0, True
    with rolled_back():
        load_lexicons()
        # Loads what is loaded once in a process.
        _publish(200, date(2026, 1, 10))
        for number, due_on in CLAIMS:
            time, anew, equal = _publish(number, due_on)
            same = same and equal
            first = first or time
            line(
                f"{number:,}",
                f"{time:,.2f} s",
                times(time / first),
                f"{anew:,.2f} s",
                times(anew / time),
            )
    if not same:
        tell("  FAILED: the recomputed figures differ.")
    return same


def _publish(number: int, due_on: date) -> tuple[float, float, bool]:
    """Seconds to publish and to recompute so many claims, and whether both give the same figures."""
    judge(add_claims(number, due_on=due_on, first=number))
    analyse()
    start = perf_counter()
    report = publish_report(by=None, period_start=due_on, period_end=due_on, at=CUTOFF)
    published = perf_counter()
    figures = recompute(report)
    return published - start, perf_counter() - published, figures == report.figures
