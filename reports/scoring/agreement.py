"""How far reviewers agree on an ordinal scale, beyond chance.

Krippendorff's α (Computing Krippendorff's Alpha-Reliability, 2011) and Gwet's AC2 (2014) stand side
by side, since α collapses where nearly all verdicts are alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MIN_UNITS = 5


@dataclass(frozen=True)
class Agreement:
    """Both coefficients, 1 for full agreement; None where they are undefined. `units`: judged twice or more."""

    alpha: float | None
    ac2: float | None
    units: int


def agreement(counts: Sequence[Sequence[int]]) -> Agreement:
    """Agreement from one row per claim and one column per grade, in order: how many chose it.

    Claims with fewer than two gradings are left out.
    """
    table = _paired(counts)
    return Agreement(alpha=alpha(counts), ac2=ac(counts), units=len(table))


def alpha(counts: Sequence[Sequence[int]], *, scale: str = "ordinal") -> float | None:
    """Krippendorff's α; scale: nominal, ordinal or interval. None where nothing varies or was paired."""
    table = _paired(counts)
    if not len(table):
        return None
    return _alpha(table, np.ones(len(table)), scale)


def alpha_interval(
    counts: Sequence[Sequence[int]], *, seed: int, draws: int = 1000
) -> tuple[float, float] | None:
    """A 95% interval of the ordinal α: claims are drawn again with the seed. None below five claims.

    Like claims are drawn as one pattern with a weight, so a million claims cost what their patterns do.
    """
    table = _paired(counts)
    if len(table) < MIN_UNITS:
        return None
    patterns, times = np.unique(table, axis=0, return_counts=True)
    weights = np.random.default_rng(seed).multinomial(len(table), times / len(table), size=draws)
    alphas = [value for row in weights if (value := _alpha(patterns, row, "ordinal")) is not None]
    if not alphas:
        return None
    low, high = np.quantile(alphas, (0.025, 0.975))
    return float(low), float(high)


def ac(counts: Sequence[Sequence[int]], *, quadratic: bool = True) -> float | None:
    """Gwet's AC2 with quadratic weights, or AC1 without. None where no claim was graded twice."""
    given = np.asarray(counts, float)
    table = _paired(counts)
    if not len(table):
        return None
    given = given[given.sum(axis=1) > 0]
    grades = table.shape[1]
    weights = _weights(grades, quadratic=quadratic)
    sizes = table.sum(axis=1)
    agreeing = (table * (table @ weights - 1)).sum(axis=1) / (sizes * (sizes - 1))
    observed = agreeing.mean()
    shares = (given / given.sum(axis=1, keepdims=True)).mean(axis=0)
    chance = weights.sum() / (grades * (grades - 1)) * (shares * (1 - shares)).sum()
    return float((observed - chance) / (1 - chance))


def _paired(counts: Sequence[Sequence[int]]) -> np.ndarray:
    table = np.asarray(counts, float)
    return table[table.sum(axis=1) >= 2] if table.size else table


def _alpha(table: np.ndarray, weights: np.ndarray, scale: str) -> float | None:
    """α of paired claims (rows), each counted as often as its weight says."""
    diagonal = np.arange(table.shape[1])
    pairs = table[:, :, None] * table[:, None, :]
    pairs[:, diagonal, diagonal] -= table
    observed = np.tensordot(weights / (table.sum(axis=1) - 1), pairs, axes=1)
    totals = weights @ table
    distance = _distance(totals, scale)
    expected = (np.outer(totals, totals) * distance).sum()
    if expected == 0:
        return None
    return float(1 - (totals.sum() - 1) * (observed * distance).sum() / expected)


def _distance(totals: np.ndarray, scale: str) -> np.ndarray:
    """δ² between each two grades."""
    grade = np.arange(len(totals), dtype=float)
    if scale == "nominal":
        return np.asarray(grade[:, None] != grade, float)
    if scale == "interval":
        return np.asarray((grade[:, None] - grade) ** 2)
    # Ranks in the middle of each grade's ties: their difference is the sum of all grades between.
    ranks = np.cumsum(totals) - totals / 2
    return np.asarray((ranks[:, None] - ranks) ** 2)


def _weights(grades: int, *, quadratic: bool) -> np.ndarray:
    if not quadratic:
        return np.eye(grades)
    grade = np.arange(grades, dtype=float)
    return np.asarray(1 - (grade[:, None] - grade) ** 2 / (grades - 1) ** 2)
