"""The import of a day of news, and of the same day again."""

from sources.services import receive_items
from tests.benchmarks.database import rolled_back
from tests.benchmarks.news import DAYS, NONE, day_of_news
from tests.benchmarks.table import heading, line, once, times


def run() -> None:
    """Prints items a second, stored the first time and known the second."""
    heading(f"Import of the news of {DAYS[1]}")
    items = day_of_news(DAYS[1])
    if items is None:
        line(NONE)
        return
    line("", "items/s", "to the first")
    with rolled_back():
        first = once(lambda: receive_items(items, by=None))
        again = once(lambda: receive_items(items, by=None))
    line(f"{len(items):,} items, first time", f"{len(items) / first:,.0f}", times(1))
    line("the same again, all known", f"{len(items) / again:,.0f}", times(again / first))
