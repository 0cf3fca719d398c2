"""One source against another, and what may be said of many at once."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from reports.scoring.intervals import MIN_CLUSTERS, TOO_FEW, clustered_error, clustered_mean

FLIPS = 2000


@dataclass(frozen=True)
class Difference:
    """Mean score of B less that of A over the claims both made: above 0, A was better; without p, `reason`."""

    value: float
    n: int
    clusters: int
    low: float | None
    high: float | None
    p: float | None
    reason: str = ""


def paired_difference(
    first: Sequence[float], second: Sequence[float], clusters: Sequence[Hashable]
) -> Difference | None:
    """From the scores of A and of B for the same claims: the clustered t test of the mean difference.

    With each claim its own cluster it is the one-sample t test, which is that of Diebold and Mariano (1995) with
    the correction of Harvey, Leybourne and Newbold (1997) one step ahead. None without claims.
    """
    apart = [other - one for one, other in zip(first, second, strict=True)]
    mean = clustered_mean(apart, clusters)
    if mean is None:
        return None
    if mean.clusters < MIN_CLUSTERS:
        return Difference(mean.value, mean.n, mean.clusters, None, None, None, TOO_FEW)
    error = clustered_error(apart, clusters)
    p = _two_sided_t(mean.value / error, mean.clusters - 1) if error else float(mean.value == 0)
    return Difference(mean.value, mean.n, mean.clusters, mean.low, mean.high, p)


def sign_flip(
    differences: Sequence[float], clusters: Sequence[Hashable], *, seed: int, flips: int = FLIPS
) -> float:
    """How often the mean lies as far from 0 where chance turns the sign of whole clusters (a p-value, never 0)."""
    sums: dict[Hashable, float] = {}
    for difference, cluster in zip(differences, clusters, strict=True):
        sums[cluster] = sums.get(cluster, 0.0) + difference
    totals = np.array(list(sums.values()))
    signs = np.random.default_rng(seed).choice((-1.0, 1.0), size=(flips, len(totals)))
    far = np.abs(signs @ totals) >= abs(math.fsum(totals)) * (1 - 1e-12)
    return float((1 + far.sum()) / (1 + flips))


def benjamini_hochberg(chances: Sequence[float]) -> list[float]:
    """p-values so adjusted that of those called at a level at most that share is false (1995), in their order."""
    found, number = np.asarray(chances, float), len(chances)
    order = np.argsort(-found, kind="stable")
    raised = found[order] * number / np.arange(number, 0, -1)
    return _in_place(np.minimum.accumulate(raised), order)


def holm(chances: Sequence[float]) -> list[float]:
    """p-values so adjusted that at a level any false call is no likelier (1979), in their order."""
    found, number = np.asarray(chances, float), len(chances)
    order = np.argsort(found, kind="stable")
    raised = found[order] * np.arange(number, 0, -1)
    return _in_place(np.maximum.accumulate(raised), order)


def two_proportions(first: int, of_first: int, second: int, of_second: int) -> float:
    """How often two shares differ as much by chance (two-sided z test with the pooled share); 1 where none varies.

    For an unusual share of claims too vague to judge. Raises ZeroDivisionError for a share of none.
    """
    pooled = (first + second) / (of_first + of_second)
    error = math.sqrt(pooled * (1 - pooled) * (1 / of_first + 1 / of_second))
    if not error:
        return 1.0
    return 2 * NormalDist().cdf(-abs(first / of_first - second / of_second) / error)


def _in_place(values: np.ndarray, order: np.ndarray) -> list[float]:
    found = np.empty_like(values)
    found[order] = np.minimum(values, 1)
    return [float(one) for one in found]


def _two_sided_t(ratio: float, freedom: int) -> float:
    from scipy import special  # noqa: PLC0415 - slow to import

    return float(2 * special.stdtr(freedom, -abs(ratio)))
