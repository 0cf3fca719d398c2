"""Calibration by CORP: how far probabilities miss, how well they tell outcomes apart.

Dimitriadis, Gneiting and Jordan, PNAS 2021: ties pooled, then isotonic regression, then the mean
Brier score taken apart as miscalibration − discrimination + uncertainty.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


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


def calibration(probabilities: Sequence[float], outcomes: Sequence[float]) -> Calibration:
    """CORP of probabilities against outcomes, both 0 to 1 and of one length > 0; outcomes may be graded.

    Raises ValueError without claims or where the lengths differ.
    """
    if not probabilities or len(probabilities) != len(outcomes):
        raise ValueError("Calibration needs as many outcomes as probabilities, and at least one.")
    forecast, outcome = np.asarray(probabilities, float), np.asarray(outcomes, float)
    distinct, place, counts = np.unique(forecast, return_inverse=True, return_counts=True)
    means = np.bincount(place, weights=outcome) / counts
    fitted = _isotonic(means, counts)
    score = _score(forecast, outcome)
    recalibrated = _score(fitted[place], outcome)
    uncertainty = _score(outcome.mean(), outcome)
    return Calibration(
        score=score,
        miscalibration=score - recalibrated,
        discrimination=uncertainty - recalibrated,
        uncertainty=uncertainty,
        steps=tuple(
            Step(float(value), int(n), float(mean), float(fit))
            for value, n, mean, fit in zip(distinct, counts, means, fitted, strict=True)
        ),
    )


def chance_of_miscalibration(
    probabilities: Sequence[float], outcomes: Sequence[float], *, seed: int, draws: int = 500
) -> float | None:
    """How often perfectly calibrated claims would look at least as miscalibrated as these (a p-value).

    Outcomes are drawn from the probabilities and calibrated again. None for graded outcomes, which
    no probability of an event says how to draw.
    """
    if any(outcome not in {0, 1} for outcome in outcomes):
        return None
    found = calibration(probabilities, outcomes)
    chances = np.array([step.probability for step in found.steps])
    counts = np.array([step.n for step in found.steps])
    # How many claims of each probability hold is all that matters, so that is all that is drawn.
    held = np.random.default_rng(seed).binomial(counts, chances, size=(draws, len(counts)))
    drawn = [_miscalibration(chances, row / counts, counts) for row in held]
    # Equal up to rounding counts as at least.
    return float(np.mean(np.array(drawn) >= found.miscalibration - 1e-12))


def _miscalibration(chances: np.ndarray, means: np.ndarray, counts: np.ndarray) -> float:
    fitted = _isotonic(means, counts)
    excess = (chances - means) ** 2 - (fitted - means) ** 2
    return float(np.average(excess, weights=counts))


def _isotonic(means: np.ndarray, counts: np.ndarray) -> np.ndarray:
    from scipy.optimize import isotonic_regression  # noqa: PLC0415 - slow to import

    return np.asarray(isotonic_regression(means, weights=counts).x)


def _score(forecast: np.ndarray | float, outcome: np.ndarray) -> float:
    return float(np.mean((forecast - outcome) ** 2))
