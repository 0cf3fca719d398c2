"""The arithmetic of a report, and a table of forecasts, over a million claims: `python -m tests.benchmarks scoring`."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from time import perf_counter

import django
import numpy as np

from reports.scoring.figures import figures_of
from reports.scoring.rows import Row
from tests.benchmarks.table import heading, line, times

SIZES = (100_000, 1_000_000)
CLAIMANTS = 10_000
# Words of ICD 203 with their ranges, claims in a document, and claims of ten that are not yet resolved.
WORDS = (
    *(("almost no chance", 0.01, 0.05), ("very unlikely", 0.05, 0.20), ("unlikely", 0.20, 0.45)),
    *(("likely", 0.55, 0.80), ("very likely", 0.80, 0.95), ("almost certain", 0.95, 0.99)),
)
IN_DOCUMENT = 4
GRADES = (0.0, 0.25, 0.5, 0.75, 1.0)


def run() -> None:
    """Prints seconds and peak memory of each, and how they grow with ten times the claims."""
    heading(f"Figures of claims by {CLAIMANTS:,} claimants, each in a process of its own")
    line("", *(f"{size:,} claims" for size in SIZES), "to ten times")
    for name, what in (("report", "all figures of a report"), ("table", "evaluate scoring")):
        found = [_measured(name, size) for size in SIZES]
        seconds = [one["seconds"] for one in found]
        line(f"{what}", *(f"{one:,.1f} s" for one in seconds), times(seconds[-1] / seconds[0]))
        line("  peak memory", *(f"{one['peak'] / 1e9:,.2f} GB" for one in found))


def report(size: int) -> Callable[[], object]:
    """Makes the figures of a report over so many claims."""
    rng = np.random.default_rng(1)
    word, grade = rng.integers(len(WORDS), size=size), rng.integers(len(GRADES), size=size)
    claimant = rng.integers(CLAIMANTS, size=size // IN_DOCUMENT + 1)
    rows = [
        Row(
            claim=number,
            claimant=int(claimant[number // IN_DOCUMENT]),
            cluster=number // IN_DOCUMENT,
            hedge=WORDS[word[number]][0],
            low=WORDS[word[number]][1],
            high=WORDS[word[number]][2],
            base_rate=0.4,
            standing="scored" if number % 10 else "unresolved",
            outcome=GRADES[grade[number]] if number % 10 else None,
        )
        for number in range(size)
    ]
    gradings = rng.multinomial(2, (0.3, 0.1, 0.1, 0.1, 0.4), size=size).tolist()
    registered = dict.fromkeys(range(CLAIMANTS), size // CLAIMANTS)
    return lambda: figures_of(rows, registered=registered, gradings=gradings, seed=1)


def table(size: int) -> Callable[[], object]:
    """Scores a table of so many forecasts."""
    rng = np.random.default_rng(1)
    said = rng.random(size).round(3)
    held = (rng.random(size) < said).astype(int)
    who = rng.integers(CLAIMANTS, size=size)
    rows = (
        f"source {one},claim {number},{share},{outcome},{number // IN_DOCUMENT},0.4"
        for number, (one, share, outcome) in enumerate(zip(who, said, held, strict=True))
    )
    header = "forecaster,claim,probability,outcome,cluster,base_rate"
    stream = BytesIO("\n".join([header, *rows]).encode())
    from reports.evaluations import scoring  # noqa: PLC0415 - only once Django is set up

    return lambda: scoring(stream)


def _measured(name: str, size: int) -> dict[str, float]:
    """Seconds and peak memory in bytes of a process that does nothing else."""
    command = [sys.executable, "-m", "tests.benchmarks.scoring", name, str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _main(name: str, size: int) -> None:
    work = {"report": report, "table": table}[name](size)
    start = perf_counter()
    work()
    seconds = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "peak": peak}))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    _main(sys.argv[1], int(sys.argv[2]))
