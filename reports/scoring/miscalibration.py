"""Is a miscalibration more than chance? Outcomes are drawn from the probabilities themselves, and fitted again.

The test and the consistency band of CORP (Dimitriadis, Gneiting and Jordan, PNAS 2021), for outcomes of 0 or 1:
no probability of an event says how to draw half of one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reports.scoring.calibration import isotonic

DRAWS = 500
FEWEST_DRAWS = 200
# Finer probabilities are pooled into so many groups, all as large, and those tested.
MOST_GROUPS = 1000
_MOST = 100_000_000


@dataclass(frozen=True)
class _Pooled:
    """`chances` and `counts` of groups of like probability; `place` is the group of each claim."""

    chances: np.ndarray
    counts: np.ndarray
    place: np.ndarray


def chance_of_miscalibration(
    probabilities: Sequence[float] | np.ndarray,
    outcomes: Sequence[float] | np.ndarray,
    *,
    seed: int,
    draws: int = DRAWS,
    claims: np.ndarray | None = None,
) -> float | None:
    """How often perfectly calibrated claims would look at least as miscalibrated as these (a p-value).

    None for graded outcomes. `claims` numbers what was forecast: forecasts of one claim have one outcome, so
    they are drawn by one number that each probability is compared with. Without it all are drawn apart.
    """
    said, held = np.asarray(probabilities, float), np.asarray(outcomes, float)
    if np.any((held != 0) & (held != 1)):
        return None
    pooled = _pooled(said)
    found = _excess(pooled, np.bincount(pooled.place, weights=held))
    draws = int(min(draws, max(FEWEST_DRAWS, _MOST // max(len(said), 1))))
    drawn = [_excess(pooled, one) for one in _drawn(said, held, pooled, claims, seed, draws)]
    # Equal up to rounding counts as at least.
    return float(np.mean(np.array(drawn) >= found - 1e-12))


def consistency_band(
    probabilities: Sequence[float] | np.ndarray, *, seed: int, draws: int = DRAWS
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each distinct probability, and between which ends 95% of calibrated claims' fits would lie there."""
    chances, counts = np.unique(np.asarray(probabilities, float), return_counts=True)
    held = np.random.default_rng(seed).binomial(counts, chances, size=(draws, len(counts)))
    fits = np.array([isotonic(row / counts, counts) for row in held])
    low, high = np.quantile(fits, (0.025, 0.975), axis=0)
    return chances, low, high


def _pooled(said: np.ndarray) -> _Pooled:
    chances, place, counts = np.unique(said, return_inverse=True, return_counts=True)
    if len(chances) <= MOST_GROUPS:
        return _Pooled(chances, counts, place)
    # Ties stay together: a group ends where its share of the claims is full.
    before = np.cumsum(counts) - counts
    group = np.unique(before * MOST_GROUPS // len(said), return_inverse=True)[1][place]
    sizes = np.bincount(group)
    return _Pooled(np.bincount(group, weights=said) / sizes, sizes, group)


def _drawn(
    said: np.ndarray,
    held: np.ndarray,
    pooled: _Pooled,
    claims: np.ndarray | None,
    seed: int,
    draws: int,
) -> Iterator[np.ndarray]:
    """How many of each group hold in each draw."""
    rng = np.random.default_rng(seed)
    together = np.zeros(len(said), bool) if claims is None else _shared(claims, held)
    counts = np.bincount(pooled.place[~together], minlength=len(pooled.counts))
    apart = rng.binomial(counts, pooled.chances, size=(draws, len(counts)))
    if claims is None or not together.any():
        yield from apart
        return
    claim = np.unique(claims[together], return_inverse=True)[1]
    place, chances = pooled.place[together], said[together]
    for row in apart:
        holds = rng.random(claim.max() + 1)[claim] < chances
        yield row + np.bincount(place[holds], minlength=len(counts))


def _shared(claims: np.ndarray, held: np.ndarray) -> np.ndarray:
    """Which forecasts have a claim in common with another, and the same outcome, as it should be."""
    _, place, times = np.unique(claims, return_inverse=True, return_counts=True)
    share = np.bincount(place, weights=held) / times
    return np.asarray(((times > 1) & ((share == 0) | (share == 1)))[place])


def _excess(pooled: _Pooled, held: np.ndarray) -> float:
    """The miscalibration of groups of which so many hold."""
    means = held / pooled.counts
    fitted = isotonic(means, pooled.counts)
    excess = (pooled.chances - means) ** 2 - (fitted - means) ** 2
    return float(np.average(excess, weights=pooled.counts))
