"""How often the intervals of calibration hold the truth: `python -m tests.benchmarks.coverage`."""

import numpy as np

from reports.scoring.calibration import PARTS, part_intervals
from tests.benchmarks.table import heading, line

WORDS = np.array([0.05, 0.20, 0.35, 0.50, 0.675, 0.80, 0.95])
# What each word really means to a source that is calibrated, and to one that over-claims both ways.
SOURCES = {"calibrated": WORDS, "over-claiming": 0.5 + (WORDS - 0.5) / 2}
SIZES = (60, 300)
ROUNDS = 200
DRAWS = 300


def run() -> None:
    """Prints the share of simulated ledgers in which each part's interval holds its true value."""
    heading(f"Calibration: 95% intervals that hold the truth, {ROUNDS} simulated ledgers a line")
    line("source and claims", *PARTS)
    for name, rates in SOURCES.items():
        for size in SIZES:
            held = _held(rates, size)
            line(f"{name}, {size}", *(f"{share:.1%}" for share in held))


def _held(rates: np.ndarray, size: int) -> np.ndarray:
    rng, truth = np.random.default_rng(1), _truth(rates)
    held = np.zeros(len(PARTS))
    for seed in range(ROUNDS):
        chosen = rng.integers(0, len(WORDS), size)
        outcomes = (rng.random(size) < rates[chosen]).astype(float)
        found = part_intervals(
            WORDS[chosen].tolist(), outcomes.tolist(), range(size), seed=seed, draws=DRAWS
        )
        held += [
            low <= true <= high for true, (low, high) in zip(truth, found.values(), strict=True)
        ]
    return held / ROUNDS


def _truth(rates: np.ndarray) -> tuple[float, float, float]:
    """Miscalibration, discrimination and uncertainty of endless claims, each word as often."""
    mean = rates.mean()
    return (
        float(np.mean((WORDS - rates) ** 2)),
        float(np.mean((rates - mean) ** 2)),
        float(mean * (1 - mean)),
    )


if __name__ == "__main__":
    run()
