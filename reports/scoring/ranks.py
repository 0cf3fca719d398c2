"""Ranks as intervals: from which place to which a source may stand, all sources at once.

A source's rank runs from 1 + how many are significantly better to K − how many are significantly worse
(Mogstad, Romano, Shaikh and Wilhelm, Inference for Ranks, 2024). Two sources differ significantly where their
means lie further apart than the largest of all pairs' studentised differences does in 95% of draws, by a
bootstrap with Gaussian multipliers of the clusters (Chernozhukov, Chetverikov and Kato 2013). So every statement
holds at once with 95%.
"""

from dataclasses import dataclass

import numpy as np

from reports.scoring.groups import Groups, pooled_errors

COVERAGE = 0.95
DRAWS = 500
# Errors are rounded up to steps of one per cent, so that pairs need not be looked at one by one.
_STEP = 1.01
_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class Ranks:
    """First and last place of each source, 1 best, and how many errors apart two must lie."""

    low: np.ndarray
    high: np.ndarray
    critical: float


def rank_intervals(groups: Groups, *, seed: int, draws: int = DRAWS) -> Ranks:
    """Places by mean, the lowest first, of two groups or more with two clusters or more each.

    Clusters may be shared: they are drawn once for all. Each error is the group's own or the pooled one, whichever
    is greater, since scores that are alike by luck have a small one, and is widened to Student's t of its clusters.
    """
    errors = np.maximum(groups.errors, pooled_errors(groups))
    if not errors.any():
        # Nothing varies, so nothing is left to chance.
        return Ranks(*_places(groups.means, errors, 0.0), 0.0)
    errors = np.maximum(errors, errors[errors > 0].min() * 1e-6)
    largest = [_largest(row / errors, errors) for row in _deviations(groups, errors, seed, draws)]
    critical = float(np.quantile(largest, COVERAGE))
    widened = errors * _student(critical, groups.clusters - 1)
    return Ranks(*_places(groups.means, widened, 1.0), critical)


def _deviations(groups: Groups, errors: np.ndarray, seed: int, draws: int) -> np.ndarray:
    """How far chance moves the means in each draw (rows): each cluster by one normal factor.

    What an error exceeds the group's own by moves it alone.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to import

    rng = np.random.default_rng(seed)
    parts = groups.parts
    widen = np.sqrt(groups.clusters / (groups.clusters - 1))
    members = np.bincount(parts.indices, minlength=parts.shape[1])
    alone = members[parts.indices] == 1
    rows = np.repeat(np.arange(parts.shape[0]), np.diff(parts.indptr))
    squares = np.bincount(rows[alone], weights=parts.data[alone] ** 2, minlength=len(groups.n))
    own = np.sqrt(squares * widen**2 + np.maximum(errors**2 - groups.errors**2, 0))
    # Only clusters that several share move them together.
    names, columns = np.unique(parts.indices[~alone], return_inverse=True)
    together = rows[~alone]
    shared = csr_array(
        (parts.data[~alone] * widen[together], (together, columns)),
        shape=(len(groups.n), len(names)),
    )
    moved = rng.standard_normal((draws, len(own))) * own
    block = max(1, _AT_ONCE // max(len(names), 1))
    for start in range(0, draws, block):
        size = min(block, draws - start)
        if len(names):
            factors = rng.standard_normal((len(names), size))
            moved[start : start + size] += (shared @ factors).T
    return np.asarray(moved)


def _largest(studentised: np.ndarray, errors: np.ndarray) -> float:
    """The largest |z_i s_i − z_j s_j| / √(s_i² + s_j²) of all pairs.

    No pair exceeds √(z_i² + z_j²), so that only those with large z are looked at.
    """
    squares = studentised**2
    few = min(len(squares), 32)
    top = np.argpartition(-squares, few - 1)[:few]
    found = _largest_of(studentised[top], errors[top])
    candidates = np.flatnonzero(squares > found**2 - squares.max() - 1e-9)
    if len(candidates) > 2000:
        # Nearly all are alike: the bound itself is near enough, and on the safe side.
        first, second = np.partition(squares, -2)[-2:]
        return float(np.sqrt(first + second))
    return max(found, _largest_of(studentised[candidates], errors[candidates]))


def _largest_of(studentised: np.ndarray, errors: np.ndarray) -> float:
    moved = studentised * errors
    apart = np.abs(moved[:, None] - moved) / np.hypot(errors[:, None], errors)
    return float(apart.max(initial=0))


def _student(critical: float, freedom: np.ndarray) -> np.ndarray:
    """The quantile of Student's t that is as rare as this many normal errors, for each number of freedoms."""
    from scipy import special  # noqa: PLC0415 - slow to import

    return np.asarray(-special.stdtrit(freedom, special.ndtr(-critical)))


def _places(means: np.ndarray, errors: np.ndarray, times: float) -> tuple[np.ndarray, np.ndarray]:
    """First and last place, where two differ from √(e_i² + e_j²) · times on."""
    better, worse = np.zeros(len(means), int), np.zeros(len(means), int)
    positive = np.where(errors > 0, errors, 1.0)
    step = np.ceil(np.log(positive) / np.log(_STEP))
    for one in np.unique(step):
        others = np.sort(means[step == one])
        reach = times * np.hypot(errors, _STEP**one * (times > 0))
        better += np.searchsorted(others, means - reach, side="left")
        worse += len(others) - np.searchsorted(others, means + reach, side="right")
    return 1 + better, len(means) - worse
