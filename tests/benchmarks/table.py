"""Times of work, and the lines in which they are printed."""

import sys
from collections.abc import Callable
from time import perf_counter


def seconds(work: Callable[[], object], *, times: int = 3) -> float:
    """The shortest of some runs, in seconds; the first, which warms up, is not counted."""
    work()
    return min(once(work) for _ in range(times))


def once(work: Callable[[], object]) -> float:
    """How many seconds one run takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def heading(text: str) -> None:
    """Begins a table."""
    tell(f"\n{text}")


def line(what: str, *columns: str) -> None:
    """One line of a table."""
    tell(f"  {what:<34}" + "".join(f"{column:>18}" for column in columns))


def milliseconds(time: float) -> str:
    """A time for people."""
    return f"{time * 1000:,.2f} ms"


def times(ratio: float) -> str:
    """A ratio for people."""
    return f"x {ratio:,.2f}"


def tell(text: str) -> None:
    """Prints at once, so that a long run shows where it stands."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
