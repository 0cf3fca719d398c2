"""Scores of claims about an amount: quantiles, ranges, distributions, and bare numbers. All are 0 at best.

y is the amount that came about, in the unit of the claim, and so are the scores.
"""

import math
from collections.abc import Sequence
from statistics import NormalDist, fmean


def pinball(amount: float, quantile: float, level: float) -> float:
    """The loss of a quantile at a level 0 to 1: max(α (y − q), (α − 1)(y − q)) (Koenker and Bassett 1978)."""
    return max(level * (amount - quantile), (level - 1) * (amount - quantile))


def weighted_interval_score(
    amount: float, quantiles: Sequence[float], levels: Sequence[float]
) -> float:
    """Twice the mean pinball loss over levels that lie evenly about ½ (Bracher et al. 2021).

    Raises ValueError where they do not, or are not as many as quantiles.
    """
    mirrored = sorted(1 - level for level in levels)
    if not levels or not all(map(math.isclose, sorted(levels), mirrored)):
        raise ValueError("The levels of a weighted interval score lie evenly about one half.")
    return 2 * fmean(pinball(amount, *pair) for pair in zip(quantiles, levels, strict=True))


def interval_score(amount: float, low: float, high: float, *, alpha: float) -> float:
    """Of a range that should hold y with 1 − α: (u − l) + (2/α) [(l − y)₊ + (y − u)₊] (Gneiting and Raftery 2007)."""
    return (high - low) + 2 / alpha * (max(low - amount, 0) + max(amount - high, 0))


def normal_crps(amount: float, mean: float, deviation: float) -> float:
    """The continuous ranked probability score of a normal distribution, deviation above 0.

    σ [z (2Φ(z) − 1) + 2φ(z) − 1/√π] with z = (y − μ)/σ (Gneiting and Raftery 2007).
    """
    unit = NormalDist()
    z = (amount - mean) / deviation
    return deviation * (z * (2 * unit.cdf(z) - 1) + 2 * unit.pdf(z) - 1 / math.sqrt(math.pi))


def sample_crps(amount: float, sample: Sequence[float]) -> float:
    """The same score of a sample of equally likely amounts: mean |x − y| − ½ mean |x − x'|.

    Raises StatisticsError for none.
    """
    ordered, number = sorted(sample), len(sample)
    # Each one's part in the sum of all distances, from its place in order.
    spread = sum((2 * place + 1 - number) * one for place, one in enumerate(ordered))
    return fmean(abs(one - amount) for one in ordered) - spread / number**2


def relative_error(errors: Sequence[float], naive: Sequence[float]) -> float:
    """The geometric mean of |e| / |e of the naive forecast|: below 1 better than no change.

    For bare numbers that were said to be medians. Raises ValueError where one is 0 or their numbers differ.
    """
    pairs = list(zip(errors, naive, strict=True))
    if not all(one and other for one, other in pairs):
        raise ValueError("A relative error needs errors that are not 0.")
    return math.exp(fmean(math.log(abs(one / other)) for one, other in pairs))
