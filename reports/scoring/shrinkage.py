"""Means of several sources, drawn towards each other as far as chance explains their differences.

x̄_a ~ N(θ_a, SE_a²), θ_a ~ N(μ, τ²), μ and τ flat, τ integrated over a grid instead of plugged in
(Gelman et al., Bayesian Data Analysis, section 5.4): moment estimates often give τ = 0 and tie all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MIN_GROUPS = 3
GRID = 200
_AT_ONCE = 1_000_000


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
    # Some τ at a time, so that many sources need little memory.
    parts = np.array_split(taus, min(GRID, -(-GRID * len(observed) // _AT_ONCE)))
    fits = [_fit(observed, variances, part) for part in parts]
    centres, totals, logs = (np.concatenate(one) for one in zip(*fits, strict=True))
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    shrunk, spread = np.zeros_like(observed), np.zeros_like(observed)
    blocks = [
        np.split(one, np.cumsum([len(part) for part in parts])[:-1])
        for one in (taus, centres, totals, weights)
    ]
    for tau, centre, total, weight in zip(*blocks, strict=True):
        shrunk += weight @ _given_tau(observed, variances, tau, centre, total)[0]
    # About the mean, not as a difference of squares, which rounding can take below 0.
    for tau, centre, total, weight in zip(*blocks, strict=True):
        theta, variance = _given_tau(observed, variances, tau, centre, total)
        spread += weight @ (variance + (theta - shrunk) ** 2)
    return Shrunk(
        means=tuple(shrunk.tolist()),
        deviations=tuple(np.sqrt(spread).tolist()),
        mean=float(weights @ centres),
        spread=float(weights @ taus),
    )


def james_stein(means: Sequence[float], *, variance: float) -> tuple[float, tuple[float, ...]]:
    """How much of each difference is kept, and the shrunk means, for means of one known variance.

    c = 1 − (k − 3) σ² / Σ (x̄_i − x̄)² (Efron and Morris 1975), not below 0. Raises ValueError below four.
    """
    if len(means) < 4:
        raise ValueError("Four means or more are drawn to their own mean.")
    observed = np.asarray(means, float)
    apart = observed - observed.mean()
    squares = float(apart @ apart)
    kept = max(0.0, 1 - (len(means) - 3) * variance / squares) if squares else 0.0
    return kept, tuple((observed.mean() + kept * apart).tolist())


def _widest(observed: np.ndarray, variances: np.ndarray) -> float:
    """A spread that the data make very improbable: the end of the grid."""
    return float(3 * max(np.ptp(observed), np.sqrt(variances.max())))


def _fit(
    observed: np.ndarray, variances: np.ndarray, taus: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each τ the mean of all, its precision, and the log of how probable τ is, μ integrated out."""
    # One row per τ, one column per source.
    precisions = 1 / (variances + taus[:, None] ** 2)
    total = precisions.sum(axis=1)
    centres = (precisions * observed).sum(axis=1) / total
    misses = precisions * (observed - centres[:, None]) ** 2
    logs = 0.5 * (np.log(precisions).sum(axis=1) - np.log(total) - misses.sum(axis=1))
    return centres, total, logs


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
