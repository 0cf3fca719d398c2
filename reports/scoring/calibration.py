"""Calibration by CORP: how far probabilities miss, how well they tell outcomes apart.

Dimitriadis, Gneiting and Jordan, PNAS 2021: ties pooled, then isotonic regression, then the mean
Brier score taken apart as miscalibration − discrimination + uncertainty.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reports.scoring.intervals import MIN_CLUSTERS

PARTS = ("miscalibration", "discrimination", "uncertainty")
_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class Step:
    """All claims of one probability: how many, their mean outcome, and the calibrated probability."""

    probability: float
    n: int
    outcome: float
    calibrated: float


@dataclass(frozen=True)
class Calibration:
    """The mean Brier score and its parts; score = miscalibration − discrimination + uncertainty."""

    score: float
    miscalibration: float
    discrimination: float
    uncertainty: float
    steps: tuple[Step, ...]


def calibration(
    probabilities: Sequence[float] | np.ndarray, outcomes: Sequence[float] | np.ndarray
) -> Calibration:
    """CORP of probabilities against outcomes, both 0 to 1 and of one length > 0; outcomes may be graded.

    Raises ValueError without claims or where the lengths differ.
    """
    if not len(probabilities) or len(probabilities) != len(outcomes):
        raise ValueError("Calibration needs as many outcomes as probabilities, and at least one.")
    forecast, outcome = np.asarray(probabilities, float), np.asarray(outcomes, float)
    distinct, place, counts = np.unique(forecast, return_inverse=True, return_counts=True)
    means = np.bincount(place, weights=outcome) / counts
    fitted = isotonic(means, counts)
    score = _score(forecast, outcome)
    recalibrated = _score(fitted[place], outcome)
    uncertainty = _score(outcome.mean(), outcome)
    columns = (column.tolist() for column in (distinct, counts, means, fitted))
    return Calibration(
        score=score,
        miscalibration=score - recalibrated,
        discrimination=uncertainty - recalibrated,
        uncertainty=uncertainty,
        steps=tuple(Step(*row) for row in zip(*columns, strict=True)),
    )


def part_intervals(
    probabilities: Sequence[float],
    outcomes: Sequence[float],
    clusters: Sequence[Hashable],
    *,
    seed: int,
    draws: int = 500,
) -> dict[str, tuple[float, float]] | None:
    """95% intervals of miscalibration, discrimination and uncertainty, by name; None below five clusters.

    Whole clusters are drawn again with the seed. Drawing adds miscalibration, so each interval runs
    from the lower to the higher ends of the percentile and of the basic (reflected) bootstrap.
    """
    known = {one: number for number, one in enumerate(dict.fromkeys(clusters))}
    if len(known) < MIN_CLUSTERS:
        return None
    member = np.array([known[one] for one in clusters])
    cells = _cells(np.asarray(probabilities, float), np.asarray(outcomes, float), member)
    drawn = np.array([_parts(*sums) for sums in _drawn(cells, seed, draws)])
    found = np.array(_parts(*next(_summed(cells, np.ones((1, len(known)))))))
    low, high = np.quantile(drawn, (0.025, 0.975), axis=0)
    ends = zip(
        PARTS, np.minimum(low, 2 * found - high), np.maximum(high, 2 * found - low), strict=True
    )
    return {name: (max(float(start), 0.0), float(end)) for name, start, end in ends}


@dataclass(frozen=True)
class _Cells:
    """Clusters (rows) by distinct probabilities (columns), in scipy's sparse rows: claims, and how many held.

    `squares` sums the squares of each cluster's outcomes.
    """

    chances: np.ndarray
    counts: Any
    held: Any
    squares: np.ndarray


type _Sums = tuple[np.ndarray, np.ndarray, np.ndarray, float]


def _cells(forecast: np.ndarray, outcome: np.ndarray, member: np.ndarray) -> _Cells:
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to import

    chances, place = np.unique(forecast, return_inverse=True)
    counts = csr_array((np.ones(len(place)), (member, place)))
    held = csr_array((outcome, (member, place)))
    return _Cells(chances, counts, held, np.bincount(member, weights=outcome**2))


def _drawn(cells: _Cells, seed: int, draws: int) -> Iterator[_Sums]:
    """The sums of as many clusters, drawn again."""
    rng, number = np.random.default_rng(seed), len(cells.squares)
    block = max(1, _AT_ONCE // number)
    for start in range(0, draws, block):
        chosen = rng.integers(number, size=(min(block, draws - start), number))
        yield from _summed(cells, np.array([np.bincount(row, minlength=number) for row in chosen]))


def _summed(cells: _Cells, times: np.ndarray) -> Iterator[_Sums]:
    """For each row of how often clusters count: probabilities, claims of each, how many held, and squares."""
    every = (cells.counts.T @ times.T).T, (cells.held.T @ times.T).T, times @ cells.squares
    for counts, held, squares in zip(*every, strict=True):
        some = counts > 0
        yield cells.chances[some], counts[some], held[some], float(squares)


def _parts(
    chances: np.ndarray, counts: np.ndarray, held: np.ndarray, squares: float
) -> tuple[float, float, float]:
    """The PARTS of so many claims of each probability, with the sum of the squares of all outcomes."""
    means, number = held / counts, counts.sum()
    whole = held.sum() / number
    apart = (isotonic(means, counts) - means) ** 2
    spread = (squares - counts @ means**2) / number
    return (
        float(counts @ ((chances - means) ** 2 - apart) / number),
        float(counts @ ((whole - means) ** 2 - apart) / number),
        float(counts @ (whole - means) ** 2 / number + spread),
    )


def isotonic(means: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The means that never fall and lie nearest to these, weighed by counts."""
    from scipy.optimize import isotonic_regression  # noqa: PLC0415 - slow to import

    return np.asarray(isotonic_regression(means, weights=counts).x)


def _score(forecast: np.ndarray | float, outcome: np.ndarray) -> float:
    return float(np.mean((forecast - outcome) ** 2))
