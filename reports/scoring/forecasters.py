"""Every forecaster of a table: mean score with interval, shrunk mean, and the places that may be theirs."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from reports.scoring.groups import Groups, grouped, pooled_errors
from reports.scoring.intervals import CONFIDENCE, MIN_CLUSTERS
from reports.scoring.ranks import rank_intervals
from reports.scoring.shrinkage import MIN_GROUPS, shrink

FEW_CLUSTERS = f"no interval below {MIN_CLUSTERS} clusters"
FEW_FORECASTERS = f"not ranked: {MIN_GROUPS} forecasters with {MIN_CLUSTERS} clusters are needed"

type Ends = tuple[float, float]


@dataclass(frozen=True)
class Standing:
    """A forecaster's mean Brier score. Without interval, shrunk mean or ranks, `reason` says why."""

    n: int
    clusters: int
    score: float
    interval: Ends | None
    shrunk: float | None
    shrunk_interval: Ends | None
    rank_low: int | None
    rank_high: int | None
    reason: str


def standings(
    scores: np.ndarray, forecaster: np.ndarray, cluster: np.ndarray, *, seed: int
) -> list[Standing]:
    """One for each forecaster, by their number; scores 0 to 1, 0 best, numbers from 0 without gaps."""
    if not len(scores):
        return []
    every = grouped(scores, forecaster, cluster)
    enough = every.clusters >= MIN_CLUSTERS
    reach = np.full(len(enough), np.nan)
    reach[enough] = _t(every.clusters[enough] - 1) * every.errors[enough]
    ranked = enough if enough.sum() >= MIN_GROUPS else np.zeros_like(enough)
    shrunk, spread = _shrunk(every, ranked)
    low, high = np.zeros(len(enough), int), np.zeros(len(enough), int)
    if ranked.any():
        places = rank_intervals(every.only(ranked), seed=seed)
        low[ranked], high[ranked] = places.low, places.high
    reasons = np.where(enough, np.where(ranked, "", FEW_FORECASTERS), FEW_CLUSTERS)
    return [
        Standing(
            n=n,
            clusters=clusters,
            score=score,
            interval=_ends(score, own),
            shrunk=mean if is_ranked else None,
            shrunk_interval=_ends(mean, own_spread),
            rank_low=first if is_ranked else None,
            rank_high=last if is_ranked else None,
            reason=reason,
        )
        for n, clusters, score, own, mean, own_spread, first, last, is_ranked, reason in zip(
            *(one.tolist() for one in (every.n, every.clusters, every.means, reach)),
            *(one.tolist() for one in (shrunk, spread, low, high, ranked, reasons)),
            strict=True,
        )
    ]


def _shrunk(every: Groups, ranked: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shrunk means and how far their intervals reach to each side; nan for those not ranked."""
    means, reach = np.full(len(ranked), np.nan), np.full(len(ranked), np.nan)
    if not ranked.any():
        return means, reach
    errors = pooled_errors(every)[ranked]
    if not errors.any():
        # No score varies within its forecaster, so no mean has anything of chance.
        means[ranked], reach[ranked] = every.means[ranked], 0.0
        return means, reach
    found = shrink(every.means[ranked].tolist(), errors.tolist())
    if found:
        z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
        means[ranked], reach[ranked] = found.means, z * np.array(found.deviations)
    return means, reach


def _ends(centre: float, reach: float) -> Ends | None:
    """A t or a normal interval knows no ends: it is cut to what a Brier score can be."""
    if np.isnan(reach):
        return None
    return max(0.0, centre - reach), min(1.0, centre + reach)


def _t(freedom: np.ndarray) -> np.ndarray:
    from scipy import special  # noqa: PLC0415 - slow to import

    return np.asarray(special.stdtrit(freedom, (1 + CONFIDENCE) / 2))
