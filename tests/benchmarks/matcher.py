"""The matcher alone: events against open claims."""

from claims.matching import Index
from tests.benchmarks.table import heading, line, milliseconds, seconds, times
from tests.benchmarks.wording import items, targets

CLAIMS = (200, 2_000, 20_000)
EVENTS = 200


def run() -> None:
    """Prints how many events a second are compared with each number of claims."""
    heading("Matcher: events against open claims, one process")
    line("open claims", "events/s", "each event", "to 200 claims")
    arriving = items(EVENTS)
    first = 0.0
    for count in CLAIMS:
        index = Index.build(targets(count))
        time = seconds(lambda index=index: index.rank(arriving)) / EVENTS
        first = first or time
        line(f"{count:,}", f"{1 / time:,.0f}", milliseconds(time), times(time / first))
