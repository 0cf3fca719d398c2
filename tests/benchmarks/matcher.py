"""The matcher alone: events against open claims."""

from claims.matching import Index
from tests.benchmarks.table import heading, line, milliseconds, seconds, times
from tests.benchmarks.wording import items, targets

CLAIMS = (200, 2_000, 20_000)
EVENTS = 200
NOTHING_PASSES = 2.0


def run() -> None:
    """Prints what an event costs against each number of claims, and what of it is comparing alone.

    The rest is finding the passage for each suggestion, of which an event has at most twenty. These
    claims are alike, so nearly every event has them all: news has a few.
    """
    heading("Matcher: events against open claims, one process")
    line(
        *("open claims", "events/s", "to 200 claims"),
        *("suggested", "comparing alone", "to 200 claims"),
    )
    arriving = items(EVENTS)
    first, first_alone = 0.0, 0.0
    for count in CLAIMS:
        index = Index.build(targets(count))
        time = seconds(lambda index=index: index.rank(arriving)) / EVENTS
        alone = seconds(lambda index=index: index.rank(arriving, threshold=NOTHING_PASSES)) / EVENTS
        first, first_alone = first or time, first_alone or alone
        suggested = len(index.rank(arriving)) / EVENTS
        line(
            *(f"{count:,}", f"{1 / time:,.0f}", times(time / first)),
            *(f"{suggested:.1f}", milliseconds(alone), times(alone / first_alone)),
        )
