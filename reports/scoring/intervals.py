"""Intervals for rates and means, also where claims of one document stand or fall together."""

import math
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist, fmean

CONFIDENCE = 0.95
MIN_CLUSTERS = 5
TOO_FEW = f"no interval below {MIN_CLUSTERS} documents"


@dataclass(frozen=True)
class Mean:
    """A mean of n values in some clusters. Without an interval, `reason` says why in words.

    `worth` is how many independent values the interval of a rate takes them for.
    """

    value: float
    n: int
    clusters: int
    low: float | None
    high: float | None
    reason: str = ""
    worth: float | None = None


def wilson(rate: float, n: float, *, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Wilson's score interval (1927) of a rate 0 to 1 seen in n > 0 trials; n may be a fraction."""
    square = _normal_quantile(confidence) ** 2
    centre = rate + square / (2 * n)
    reach = math.sqrt(square * (rate * (1 - rate) / n + square / (4 * n * n)))
    scale = 1 + square / n
    return max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale)


def jeffreys(successes: float, n: float, *, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The equal-tailed interval of the Jeffreys posterior Beta(x + ½, n − x + ½), ends open at 0 and n."""
    from scipy import special  # noqa: PLC0415 - slow to import: only where figures are made

    shape = (successes + 0.5, n - successes + 0.5)
    tail = (1 - confidence) / 2
    low = 0.0 if successes == 0 else float(special.betaincinv(*shape, tail))
    high = 1.0 if successes == n else float(special.betaincinv(*shape, 1 - tail))
    return low, high


def clustered_error(values: Sequence[float], clusters: Sequence[Hashable]) -> float:
    """The standard error of the mean, claims of one cluster counted together (CR1, Liang and Zeger 1986).

    Raises ValueError below two clusters.
    """
    centre = fmean(values)
    sums: dict[Hashable, float] = defaultdict(float)
    for value, cluster in zip(values, clusters, strict=True):
        sums[cluster] += value - centre
    count = len(sums)
    if count < 2:
        raise ValueError("A clustered error needs two clusters.")
    squares = math.fsum(total * total for total in sums.values())
    return math.sqrt(count / (count - 1) * squares) / len(values)


def clustered_mean(values: Sequence[float], clusters: Sequence[Hashable]) -> Mean | None:
    """The mean with its t interval on clusters − 1 degrees of freedom; None without values.

    Below five clusters no interval can be trusted, and none is given.
    """
    if not values:
        return None
    value, n, count = fmean(values), len(values), len(set(clusters))
    if count < MIN_CLUSTERS:
        return Mean(value, n, count, None, None, TOO_FEW)
    reach = t_quantile(count - 1) * clustered_error(values, clusters)
    return Mean(value, n, count, value - reach, value + reach)


def clustered_rate(values: Sequence[float], clusters: Sequence[Hashable]) -> Mean | None:
    """The mean of values 0 to 1 with Wilson's interval on the effective number; None without values."""
    if not values:
        return None
    value, n, count = fmean(values), len(values), len(set(clusters))
    if count < MIN_CLUSTERS:
        return Mean(value, n, count, None, None, TOO_FEW)
    worth = effective_n(values, clusters)
    low, high = wilson(value, worth)
    return Mean(value, n, count, low, high, worth=worth)


def clustered_ratio(
    gains: Sequence[float], references: Sequence[float], clusters: Sequence[Hashable]
) -> Mean | None:
    """The ratio of two sums over the same claims, with the interval of the linearised ratio.

    With gains over the base rate and the base rate's own scores this is the Brier skill score
    1 − ΣB/ΣB_reference. None without values or where the references sum to 0.
    """
    total = math.fsum(references)
    if total == 0:
        return None
    value = math.fsum(gains) / total
    residuals = [
        gain - value * reference for gain, reference in zip(gains, references, strict=True)
    ]
    spread = clustered_mean(residuals, clusters)
    if spread is None or spread.low is None or spread.high is None:
        count = len(set(clusters))
        return Mean(value, len(gains), count, None, None, TOO_FEW)
    reach = (spread.high - spread.low) / 2 / (total / len(gains))
    return Mean(value, spread.n, spread.clusters, value - reach, value + reach)


def effective_n(values: Sequence[float], clusters: Sequence[Hashable]) -> float:
    """How many independent values these are worth: min(n, m(1 − m)/SE²) · (z/t)², two clusters or more."""
    rate, n, count = fmean(values), len(values), len(set(clusters))
    error = clustered_error(values, clusters)
    spread = rate * (1 - rate)
    # No spread between clusters at all, so each counts once and no more.
    worth = min(n, spread / error**2) if error > 0 else count
    shrink = _normal_quantile(CONFIDENCE) / t_quantile(count - 1)
    return worth * shrink**2


@cache
def t_quantile(freedom: int, *, confidence: float = CONFIDENCE) -> float:
    """How many standard errors to each side, by Student's t with these degrees of freedom."""
    from scipy import special  # noqa: PLC0415

    return float(special.stdtrit(freedom, (1 + confidence) / 2))


@cache
def _normal_quantile(confidence: float) -> float:
    return NormalDist().inv_cdf((1 + confidence) / 2)
