"""How often intervals hold the truth, and how many claims a word needs before it can be read.

`python -m tests.benchmarks.coverage`
"""

from itertools import count

import numpy as np
from scipy.stats import binom

from reports.scoring.calibration import PARTS, part_intervals
from reports.scoring.hedges import Reading, hedge_mass
from reviews.agreement.intervals import intervals, values
from tests.benchmarks.table import heading, line
from tests.reviews.agreement.test_simulations import NAMES, WANTED, graded

WORDS = np.array([0.05, 0.20, 0.35, 0.50, 0.675, 0.80, 0.95])
# What each word really means to a source that is calibrated, and to one that over-claims both ways.
SOURCES = {"calibrated": WORDS, "over-claiming": 0.5 + (WORDS - 0.5) / 2}
SIZES = (60, 300)
ROUNDS = 200
DRAWS = 300
LEDGERS = 500
# So many claims, and how common each grade is.
EVEN, SKEWED = (0.2,) * 5, (0.05, 0.05, 0.1, 0.2, 0.6)
AGREEMENT = ((20, EVEN), (40, EVEN), (40, SKEWED), (150, SKEWED))
# "Likely" as ICD 203 has it, and how often it holds with sources that over-claim.
LIKELY = (0.55, 0.80)
TRUE_RATES = (0.45, 0.40, 0.35)
POWER = 0.8


def run() -> None:
    """Prints the share of simulated ledgers whose intervals hold the truth, and what a word needs."""
    heading(f"Calibration: 95% intervals that hold the truth, {ROUNDS} simulated ledgers a line")
    line("source and claims", *PARTS)
    for name, rates in SOURCES.items():
        for size in SIZES:
            held = _held(rates, size)
            line(f"{name}, {size}", *(f"{share:.1%}" for share in held))
    heading(f"Agreement: 95% intervals that hold the truth, {LEDGERS} simulated ledgers a line")
    line("claims, most of a grade", *NAMES)
    for units, common in AGREEMENT:
        line(f"{units}, {max(common):.0%}", *(f"{share:.1%}" for share in _agreed(units, common)))
    heading(f"Claims until {POWER:.0%} of ledgers say that “likely” (55 to 80%) over-claims")
    line("it holds", *(f"{rate:.0%}" for rate in TRUE_RATES))
    line("claims", *(str(_needed(rate)) for rate in TRUE_RATES))


def _agreed(units: int, common: tuple[float, ...]) -> np.ndarray:
    rng = np.random.default_rng(1)
    truth = values(graded(rng, 400_000, common), WANTED)
    held = np.zeros(len(NAMES))
    for seed in range(LEDGERS):
        found = intervals(graded(rng, units, common), WANTED, seed=seed, draws=DRAWS)
        held += [
            ends is not None and ends[0] <= truth[name] <= ends[1] for name, ends in found.items()
        ]
    return held / LEDGERS


def _needed(rate: float) -> int:
    """The fewest claims with which a source of this true rate is told apart as often as POWER."""
    return next(n for n in count(1) if _told(rate, n) >= POWER)


def _told(rate: float, n: int) -> float:
    """How probable it is that n claims, of which this share holds, are read as over-claiming."""
    low, high = LIKELY
    told = (
        hits
        for hits in range(n + 1)
        if hedge_mass(successes=hits, n=n, low=low, high=high).reading is Reading.OVER
    )
    # The reading turns once: as many hits or fewer are over-claiming.
    return float(binom.cdf(max(told, default=-1), n, rate))


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
