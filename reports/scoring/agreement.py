"""How far reviewers agree on an ordinal scale, beyond chance.

Krippendorff's α (Computing Krippendorff's Alpha-Reliability, 2011) and Gwet's AC2 (2014) stand side
by side, since α collapses where nearly all verdicts are alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MIN_UNITS = 5
TOO_FEW = "no interval: five claims graded twice are needed"
ALL_ALIKE = "no interval: the grades vary too little to draw it from them"


@dataclass(frozen=True)
class Agreement:
    """Both coefficients, 1 for full agreement; None where they are undefined. `units`: judged twice or more."""

    alpha: float | None
    ac2: float | None
    units: int


@dataclass(frozen=True)
class Intervals:
    """95% intervals of both coefficients; None where there is none, for the reason given."""

    alpha: tuple[float, float] | None
    ac2: tuple[float, float] | None
    reason: str


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


def agreement_intervals(
    counts: Sequence[Sequence[int]], *, seed: int, draws: int = 1000
) -> Intervals:
    """95% intervals of the ordinal α and of AC2: claims are drawn again with the seed, once for both.

    Like claims are drawn as one pattern with a weight, so a million claims cost what their patterns do.
    """
    graded = _graded(counts)
    if len(_paired(counts)) < MIN_UNITS:
        return Intervals(None, None, reason=TOO_FEW)
    patterns, times = np.unique(graded, axis=0, return_counts=True)
    weights = np.random.default_rng(seed).multinomial(len(graded), times / len(graded), size=draws)
    paired = patterns.sum(axis=1) >= 2
    alphas = [_alpha(patterns[paired], row[paired], "ordinal") for row in weights]
    found = _ac(patterns, weights, quadratic=True)
    return Intervals(
        alpha=_middle([value for value in alphas if value is not None]),
        ac2=_middle(found[~np.isnan(found)]),
        reason=ALL_ALIKE,
    )


def ac(counts: Sequence[Sequence[int]], *, quadratic: bool = True) -> float | None:
    """Gwet's AC2 with quadratic weights, or AC1 without. None where no claim was graded twice."""
    if not len(_paired(counts)):
        return None
    graded = _graded(counts)
    return float(_ac(graded, np.ones((1, len(graded))), quadratic=quadratic)[0])


def _middle(values: Sequence[float] | np.ndarray) -> tuple[float, float] | None:
    """Where the middle 95% lie; None where nothing varies, since then the draws know no doubt."""
    if not len(values):
        return None
    low, high = np.quantile(values, (0.025, 0.975))
    return (float(low), float(high)) if high > low else None


def _graded(counts: Sequence[Sequence[int]]) -> np.ndarray:
    table = np.asarray(counts, float)
    return table[table.sum(axis=1) > 0] if table.size else table


def _paired(counts: Sequence[Sequence[int]]) -> np.ndarray:
    table = np.asarray(counts, float)
    return table[table.sum(axis=1) >= 2] if table.size else table


def _ac(table: np.ndarray, weights: np.ndarray, *, quadratic: bool) -> np.ndarray:
    """AC for each row of weights, which say how often each graded claim counts; nan without a pair."""
    grades = table.shape[1]
    likeness = _weights(grades, quadratic=quadratic)
    sizes = table.sum(axis=1)
    pairs = sizes * (sizes - 1)
    # Claims graded once tell what grades are common, not whether two reviewers agree.
    agreeing = (table * (table @ likeness - 1)).sum(axis=1) / np.where(pairs, pairs, 1)
    shares = weights @ (table / sizes[:, None]) / weights.sum(axis=1, keepdims=True)
    chance = likeness.sum() / (grades * (grades - 1)) * (shares * (1 - shares)).sum(axis=1)
    judged = (weights * (pairs > 0)).sum(axis=1)
    observed = np.full(len(weights), np.nan)
    np.divide(weights @ (agreeing * (pairs > 0)), judged, out=observed, where=judged > 0)
    return np.asarray((observed - chance) / (1 - chance))


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
