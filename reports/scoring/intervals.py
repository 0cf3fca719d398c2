"""Intervals for rates and means, also where claims of one document stand or fall together."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np

CONFIDENCE = 0.95
MIN_CLUSTERS = 5
TOO_FEW = f"no interval below {MIN_CLUSTERS} documents"

type Values = Sequence[float] | np.ndarray
type Clusters = Sequence[Hashable] | np.ndarray


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


def numbered(clusters: Clusters) -> np.ndarray:
    """Numbers from 0 without gaps for the clusters, the same for the same one; an array holds such numbers."""
    if isinstance(clusters, np.ndarray):
        return clusters
    known: dict[Hashable, int] = {}
    return np.array([known.setdefault(one, len(known)) for one in clusters], int)


def clustered_error(values: Values, clusters: Clusters) -> float:
    """The standard error of the mean, claims of one cluster counted together (CR1, Liang and Zeger 1986).

    Raises ValueError below two clusters.
    """
    found, place = np.asarray(values, float), numbered(clusters)
    return _error(found, place, _mean(found))


def clustered_mean(values: Values, clusters: Clusters) -> Mean | None:
    """The mean with its t interval on clusters − 1 degrees of freedom; None without values.

    Below five clusters no interval can be trusted, and none is given.
    """
    found, place = np.asarray(values, float), numbered(clusters)
    if not len(found):
        return None
    value, n, count = _mean(found), len(found), int(place.max()) + 1
    if count < MIN_CLUSTERS:
        return Mean(value, n, count, None, None, TOO_FEW)
    reach = t_quantile(count - 1) * _error(found, place, value)
    return Mean(value, n, count, value - reach, value + reach)


def clustered_rate(values: Values, clusters: Clusters) -> Mean | None:
    """The mean of values 0 to 1 with Wilson's interval on the effective number; None without values."""
    found, place = np.asarray(values, float), numbered(clusters)
    if not len(found):
        return None
    value, n, count = _mean(found), len(found), int(place.max()) + 1
    if count < MIN_CLUSTERS:
        return Mean(value, n, count, None, None, TOO_FEW)
    worth = effective_n(found, place)
    low, high = wilson(value, worth)
    return Mean(value, n, count, low, high, worth=worth)


def clustered_ratio(gains: Values, references: Values, clusters: Clusters) -> Mean | None:
    """The ratio of two sums over the same claims, with the interval of the linearised ratio.

    With gains over the base rate and the base rate's own scores this is the Brier skill score
    1 − ΣB/ΣB_reference. None without values or where the references sum to 0.
    """
    above, below = np.asarray(gains, float), np.asarray(references, float)
    total = math.fsum(below.tolist())
    if total == 0:
        return None
    value = math.fsum(above.tolist()) / total
    spread = clustered_mean(above - value * below, clusters)
    if spread is None or spread.low is None or spread.high is None:
        count = spread.clusters if spread else 0
        return Mean(value, len(above), count, None, None, TOO_FEW)
    reach = (spread.high - spread.low) / 2 / (total / len(above))
    return Mean(value, spread.n, spread.clusters, value - reach, value + reach)


def effective_n(values: Values, clusters: Clusters) -> float:
    """How many independent values these are worth: min(n, m(1 − m)/SE²) · (z/t)², two clusters or more."""
    found, place = np.asarray(values, float), numbered(clusters)
    rate, n, count = _mean(found), len(found), int(place.max()) + 1
    error = _error(found, place, rate)
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


def _mean(values: np.ndarray) -> float:
    """Summed without rounding, so that the order of the values changes nothing."""
    return math.fsum(values.tolist()) / len(values)


def _error(values: np.ndarray, place: np.ndarray, centre: float) -> float:
    sums = np.bincount(place, weights=values - centre)
    count = len(sums)
    if count < 2:
        raise ValueError("A clustered error needs two clusters.")
    squares = math.fsum((sums * sums).tolist())
    return math.sqrt(count / (count - 1) * squares) / len(values)
