"""Calibration by CORP: how far probabilities miss, how well they tell outcomes apart.

Dimitriadis, Gneiting and Jordan, PNAS 2021: ties pooled, then isotonic regression, then the mean
Brier score taken apart as miscalibration − discrimination + uncertainty.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from reports.scoring.intervals import MIN_CLUSTERS

PARTS = ("miscalibration", "discrimination", "uncertainty")


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
    forecast, outcome = np.asarray(probabilities, float), np.asarray(outcomes, float)
    distinct, place = np.unique(forecast, return_inverse=True)
    member = np.array([known[one] for one in clusters])
    times = np.random.default_rng(seed).multinomial(
        len(known), np.full(len(known), 1 / len(known)), size=draws
    )
    drawn = np.array([_parts(distinct, place, outcome, row[member]) for row in times])
    found = np.array(_parts(distinct, place, outcome, np.ones(len(member))))
    low, high = np.quantile(drawn, (0.025, 0.975), axis=0)
    ends = zip(
        PARTS, np.minimum(low, 2 * found - high), np.maximum(high, 2 * found - low), strict=True
    )
    return {name: (max(float(start), 0.0), float(end)) for name, start, end in ends}


def _parts(
    distinct: np.ndarray, place: np.ndarray, outcome: np.ndarray, times: np.ndarray
) -> tuple[float, float, float]:
    """The PARTS of claims that count as often as `times` says; `place` is each one's probability."""
    counts = np.bincount(place, weights=times, minlength=len(distinct))
    drawn = counts > 0
    counts, chances = counts[drawn], distinct[drawn]
    means = np.bincount(place, weights=times * outcome, minlength=len(distinct))[drawn] / counts
    whole = np.average(means, weights=counts)
    apart = (isotonic(means, counts) - means) ** 2
    spread = np.average(outcome**2, weights=times) - np.average(means**2, weights=counts)
    return (
        float(np.average((chances - means) ** 2 - apart, weights=counts)),
        float(np.average((whole - means) ** 2 - apart, weights=counts)),
        float(np.average((whole - means) ** 2, weights=counts) + spread),
    )


def isotonic(means: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The means that never fall and lie nearest to these, weighed by counts."""
    from scipy.optimize import isotonic_regression  # noqa: PLC0415 - slow to import

    return np.asarray(isotonic_regression(means, weights=counts).x)


def _score(forecast: np.ndarray | float, outcome: np.ndarray) -> float:
    return float(np.mean((forecast - outcome) ** 2))
