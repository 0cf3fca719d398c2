"""Means of several sources, drawn towards each other as far as chance explains their differences.

x̄_a ~ N(θ_a, SE_a²), θ_a ~ N(μ, τ²), μ and τ flat, τ integrated over a grid instead of plugged in
(Gelman et al., Bayesian Data Analysis, section 5.4): moment estimates often give τ = 0 and tie all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MIN_GROUPS = 3
GRID = 200


@dataclass(frozen=True)
class Shrunk:
    """The shrunk means and their standard deviations, one per source, and the whole's mean and spread."""

    means: tuple[float, ...]
    deviations: tuple[float, ...]
    mean: float
    spread: float


def shrink(means: Sequence[float], errors: Sequence[float]) -> Shrunk | None:
    """Shrinks means with standard errors > 0. None below three sources, which are not ranked."""
    if len(means) < MIN_GROUPS:
        return None
    observed, variances = np.asarray(means, float), np.asarray(errors, float) ** 2
    # The middles of equal steps, so that no step counts twice.
    taus = (np.arange(GRID) + 0.5) * _widest(observed, variances) / GRID
    # One row per τ, one column per source.
    precisions = 1 / (variances + taus[:, None] ** 2)
    total = precisions.sum(axis=1)
    centres = (precisions * observed).sum(axis=1) / total
    weights = _weights(observed, precisions, centres, total)
    theta, theta_variance = _given_tau(observed, variances, taus, centres, total)
    shrunk = weights @ theta
    # About the mean, not as a difference of squares, which rounding can take below 0.
    spread = weights @ (theta_variance + (theta - shrunk) ** 2)
    return Shrunk(
        means=tuple(float(value) for value in shrunk),
        deviations=tuple(float(value) for value in np.sqrt(spread)),
        mean=float(weights @ centres),
        spread=float(weights @ taus),
    )


def _widest(observed: np.ndarray, variances: np.ndarray) -> float:
    """A spread that the data make very improbable: the end of the grid."""
    return float(3 * max(np.ptp(observed), np.sqrt(variances.max())))


def _weights(
    observed: np.ndarray, precisions: np.ndarray, centres: np.ndarray, total: np.ndarray
) -> np.ndarray:
    """How probable each τ of the grid is, μ integrated out; they sum to 1."""
    misses = precisions * (observed - centres[:, None]) ** 2
    logs = 0.5 * (np.log(precisions).sum(axis=1) - np.log(total) - misses.sum(axis=1))
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())


def _given_tau(
    observed: np.ndarray,
    variances: np.ndarray,
    taus: np.ndarray,
    centres: np.ndarray,
    total: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of each θ for each τ; the variance holds the doubt about μ as well."""
    pull = variances / (variances + taus[:, None] ** 2)
    mean = pull * centres[:, None] + (1 - pull) * observed
    variance = (1 - pull) * variances + pull**2 / total[:, None]
    return mean, variance
