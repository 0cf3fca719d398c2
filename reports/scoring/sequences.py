"""Intervals that may be looked at as often as one likes: for what is said of a source quarter after quarter.

The empirical-Bernstein confidence sequence with predictable plug-ins (Waudby-Smith and Ramdas, Estimating means of
bounded random variables by betting, JRSS B 2023, theorem 2). A fixed interval that is watched until it excludes
something excludes it sooner or later; this one holds at all times at once.
"""

from collections.abc import Sequence

import numpy as np

CAP = 0.5


def confidence_sequence(
    values: Sequence[float] | np.ndarray, *, alpha: float = 0.05
) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper ends after each value; values 0 to 1, in the order in which they became known.

    With μ̂ and σ̂² the running mean and variance, λ_t = min(√(2 ln(2/α) / (σ̂²_{t−1} t ln(1 + t))), ½):
    Σ λ x / Σ λ ± (ln(2/α) + Σ 4 (x − μ̂_{t−1})² ψ(λ)) / Σ λ, with ψ(λ) = (−ln(1 − λ) − λ) / 4. The ends only
    move inwards. Feed means of clusters where values are not independent. Raises ValueError beyond 0 to 1.
    """
    found = np.asarray(values, float)
    if len(found) and not (found.min() >= 0 and found.max() <= 1):
        raise ValueError("A confidence sequence is of values from 0 to 1.")
    times = np.arange(1, len(found) + 1)
    means = (0.5 + np.cumsum(found)) / (times + 1)
    variances = (0.25 + np.cumsum((found - means) ** 2)) / (times + 1)
    # What was known before each value.
    mean, variance = np.r_[0.5, means[:-1]], np.r_[0.25, variances[:-1]]
    odds = np.log(2 / alpha)
    bets = np.minimum(np.sqrt(2 * odds / (variance * times * np.log1p(times))), CAP)
    costs = (found - mean) ** 2 * (-np.log1p(-bets) - bets)
    total = np.cumsum(bets)
    centre = np.cumsum(bets * found) / total
    reach = (odds + np.cumsum(costs)) / total
    return (
        np.maximum.accumulate(np.maximum(centre - reach, 0)),
        np.minimum.accumulate(np.minimum(centre + reach, 1)),
    )
