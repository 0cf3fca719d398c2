"""How far reviewers agree on an ordinal scale, from how many chose each grade.

Krippendorff's α, ordinal, and Gwet's AC2 with quadratic weights stand side by side, since α collapses
where nearly all verdicts are alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reviews.agreement.coefficients import coefficients
from reviews.agreement.intervals import (
    ALL_ALIKE,
    DRAWS,
    MIN_UNITS,
    TOO_FEW,
    Coefficient,
    intervals,
    values,
)
from reviews.agreement.patterns import Patterns, patterns_of_counts

ALPHA, AC2 = "alpha_ordinal", "ac2"


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

    Claims with fewer than two gradings are left out of α and of the pairs of AC2; they tell AC2 what grades
    are common.
    """
    patterns = patterns_of_counts(counts)
    if not patterns.paired.units:
        return Agreement(None, None, 0)
    found = values(patterns, _both(patterns))
    return Agreement(alpha=found[ALPHA], ac2=found[AC2], units=patterns.paired.units)


def agreement_intervals(
    counts: Sequence[Sequence[int]], *, seed: int, draws: int = DRAWS
) -> Intervals:
    """95% intervals of the ordinal α and of AC2: claims are drawn again with the seed, once for both."""
    patterns = patterns_of_counts(counts)
    if patterns.paired.units < MIN_UNITS:
        return Intervals(None, None, reason=TOO_FEW)
    found = intervals(patterns, _both(patterns), seed=seed, draws=draws)
    return Intervals(alpha=found[ALPHA], ac2=found[AC2], reason=ALL_ALIKE)


def _both(patterns: Patterns) -> dict[str, Coefficient]:
    every = coefficients(np.arange(patterns.grades, dtype=float))
    return {name: every[name] for name in (ALPHA, AC2)}
