"""Runs every benchmark."""

import sys
from importlib import import_module
from time import perf_counter

from tests.benchmarks.database import prepare, tables
from tests.benchmarks.table import tell

PARTS = (
    *(
        "matcher",
        "imports",
        "pages",
        "queue",
        "triage",
        "publishing",
        "matching",
        "alike",
        "likeness",
    ),
    # The last leaves a million documents in the tables.
    *("relevance", "noise", "coverage", "scoring", "pushing", "pruning", "million", "arriving"),
)


def main(names: list[str]) -> int:
    """Runs the benchmarks of these names, or all. Gives the exit status."""
    start = perf_counter()
    prepare()
    with tables():
        outcomes = [import_module(f"tests.benchmarks.{name}").run() for name in names or PARTS]
    tell(f"\n{perf_counter() - start:.0f} s in all. Times are of this machine: compare the ratios.")
    return 1 if False in outcomes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
