"""Every figure of a report, from plain rows to plain JSON. The same rows always give the same figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from statistics import NormalDist
from typing import Any

from reports.scoring.agreement import agreement, agreement_intervals
from reports.scoring.brier import band_brier, brier, improvement, improvement_bounds, score_bounds
from reports.scoring.calibration import calibration, chance_of_miscalibration, part_intervals
from reports.scoring.funnel import funnel, mean_bounds
from reports.scoring.hedges import Reading, hedge_mass
from reports.scoring.intervals import (
    TOO_FEW,
    Mean,
    clustered_error,
    clustered_mean,
    clustered_rate,
    clustered_ratio,
    effective_n,
)
from reports.scoring.shrinkage import MIN_GROUPS, shrink

# Below this many claims, miscalibration is mostly chance.
CALIBRATION_NEEDS = 50
DIGITS = 9
NOTHING_SCORED = "no claim is scored yet"


@dataclass(frozen=True)
class Row:
    """A claim that was due. `outcome` is 0 to 1 where the standing is scored, None elsewhere."""

    claim: int
    claimant: int
    cluster: int
    hedge: str
    low: float
    high: float
    base_rate: float
    standing: str
    outcome: float | None = None

    @property
    def score(self) -> float | None:
        """The Brier score of the range, where it is scored."""
        return None if self.outcome is None else band_brier(self.low, self.high, self.outcome)

    @property
    def improvement(self) -> float | None:
        """How much better than the base rate, where it is scored."""
        if self.outcome is None:
            return None
        return improvement(self.low, self.high, self.outcome, self.base_rate)

    @property
    def reference(self) -> float | None:
        """The Brier score of the base rate, where it is scored."""
        return None if self.outcome is None else brier(self.base_rate, self.outcome)


def figures_of(
    rows: Sequence[Row],
    *,
    registered: Mapping[int, int],
    gradings: Sequence[Sequence[int]],
    seed: int,
) -> dict[str, Any]:
    """All figures of a report.

    `registered` counts registered claims by claimant; `gradings` has one row per checkpoint and one
    column per grade: how many reviewers gave it before any adjudication.
    """
    by_claimant: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_claimant[row.claimant].append(row)
    claimants = [
        {"claimant": claimant, **track_record(own, registered=registered.get(claimant, 0))}
        for claimant, own in sorted(by_claimant.items())
    ]
    _add_shrunk(claimants, by_claimant)
    overall = track_record(rows, registered=sum(registered.values()))
    return _rounded(
        {
            "overall": overall,
            "claimants": claimants,
            "calibration": _calibration(rows, seed),
            "agreement": _agreement(gradings, seed),
        }
    )


def track_record(rows: Sequence[Row], *, registered: int) -> dict[str, Any]:
    """Funnel, improvement over the base rate, score, skill and hedges of some claims that were due."""
    scored = [row for row in rows if row.outcome is not None]
    waiting = [row for row in rows if row.standing == "unresolved"]
    gains, scores, references = (
        _values(scored, name) for name in ("improvement", "score", "reference")
    )
    clusters = [row.cluster for row in scored]
    gain_bounds = mean_bounds(
        gains, [improvement_bounds(row.low, row.high, row.base_rate) for row in waiting]
    )
    # A score is best when low: its worst bound is the higher one.
    bounds = mean_bounds(scores, [score_bounds(row.low, row.high) for row in waiting])
    return {
        "funnel": funnel(registered=registered, standings=[row.standing for row in rows]).as_dict(),
        "improvement": _figure(clustered_mean(gains, clusters), gain_bounds, possible=(-1, 1)),
        "score": _figure(
            clustered_mean(scores, clusters), bounds and bounds[::-1], possible=(0, 1)
        ),
        "skill": _figure(clustered_ratio(gains, references, clusters), None, possible=(-inf, 1)),
        "hedges": _hedges(scored),
    }


def _values(rows: Iterable[Row], name: str) -> list[float]:
    return [getattr(row, name) for row in rows]


def _figure(
    mean: Mean | None,
    bounds: tuple[float, float] | None,
    *,
    possible: tuple[float, float] = (-inf, inf),
) -> dict[str, Any]:
    """A figure with all that must stand beside it; worst and best count the unresolved claims in.

    A t interval knows no ends: it is cut to the values that are possible.
    """
    worst, best = bounds or (None, None)
    found = mean or Mean(0, 0, 0, None, None, NOTHING_SCORED)
    return {
        "value": found.value if mean else None,
        "low": None if found.low is None else max(found.low, possible[0]),
        "high": None if found.high is None else min(found.high, possible[1]),
        "n": found.n,
        "clusters": found.clusters,
        "reason": found.reason,
        "worst": worst,
        "best": best,
    }


def _hedges(scored: Iterable[Row]) -> list[dict[str, Any]]:
    """One entry for each word and range, from the surest word down; claims without a word are left out."""
    groups: dict[tuple[float, float, str], list[Row]] = defaultdict(list)
    for row in scored:
        if row.hedge:
            groups[row.low, row.high, row.hedge.lower()].append(row)
    return [_hedge(key, groups[key]) for key in sorted(groups, key=_surest_first)]


def _surest_first(key: tuple[float, float, str]) -> tuple[float, float, str]:
    low, high, word = key
    return -low, -high, word


def _hedge(key: tuple[float, float, str], rows: list[Row]) -> dict[str, Any]:
    low, high, word = key
    outcomes, clusters = [row.outcome or 0.0 for row in rows], [row.cluster for row in rows]
    held = clustered_rate(outcomes, clusters)
    mass, reading = None, Reading.UNKNOWN
    if held and held.low is not None:
        worth = effective_n(outcomes, clusters)
        found = hedge_mass(successes=held.value * worth, n=worth, low=low, high=high)
        mass, reading = [found.below, found.inside, found.above], found.reading
    return {
        "hedge": word,
        "from": low,
        "to": high,
        "held": _figure(held, None),
        "mass": mass,
        "reading": reading.value,
    }


def _add_shrunk(claimants: list[dict[str, Any]], rows: Mapping[int, list[Row]]) -> None:
    """Adds to each record its shrunk improvement, or why there is none."""
    ranked = [record for record in claimants if record["improvement"]["low"] is not None]
    errors = [_error(rows[record["claimant"]]) for record in ranked]
    # Means without any spread would pull all others; they keep their own figure.
    pairs = [(record, error) for record, error in zip(ranked, errors, strict=True) if error > 0]
    found = shrink([record["improvement"]["value"] for record, _ in pairs], [e for _, e in pairs])
    reason = f"not ranked: {MIN_GROUPS} claimants with an interval are needed"
    for record in claimants:
        record["shrunk"] = {"value": None, "low": None, "high": None, "reason": reason}
        if found and record["improvement"]["low"] is None:
            record["shrunk"]["reason"] = "not ranked: too few documents for an interval"
    if found is None:
        return
    z = NormalDist().inv_cdf(0.975)
    for (record, _), mean, deviation in zip(pairs, found.means, found.deviations, strict=True):
        low, high = mean - z * deviation, mean + z * deviation
        record["shrunk"] = {"value": mean, "low": low, "high": high, "reason": ""}


def _error(rows: Iterable[Row]) -> float:
    scored = [row for row in rows if row.outcome is not None]
    return clustered_error(_values(scored, "improvement"), [row.cluster for row in scored])


def _calibration(rows: Iterable[Row], seed: int) -> dict[str, Any]:
    """CORP over the middles of the ranges, where there are claims enough for it to mean something."""
    scored = [(row, row.outcome) for row in rows if row.outcome is not None]
    if len(scored) < CALIBRATION_NEEDS:
        reason = f"too few claims: {len(scored)} scored, {CALIBRATION_NEEDS} needed"
        return {"n": len(scored), "reason": reason}
    middles = [(row.low + row.high) / 2 for row, _ in scored]
    outcomes = [outcome for _, outcome in scored]
    clusters = [row.cluster for row, _ in scored]
    found = calibration(middles, outcomes)
    intervals = part_intervals(middles, outcomes, clusters, seed=seed)
    return {
        "n": len(scored),
        "clusters": len(set(clusters)),
        "reason": "",
        "score": found.score,
        "miscalibration": found.miscalibration,
        "discrimination": found.discrimination,
        "uncertainty": found.uncertainty,
        "intervals": intervals and {part: list(ends) for part, ends in intervals.items()},
        "intervals_reason": "" if intervals else TOO_FEW,
        "chance": chance_of_miscalibration(middles, outcomes, seed=seed),
        "steps": [
            {"from": step.probability, "n": step.n, "held": step.outcome, "to": step.calibrated}
            for step in found.steps
        ],
    }


def _agreement(gradings: Sequence[Sequence[int]], seed: int) -> dict[str, Any]:
    found = agreement(gradings)
    intervals = agreement_intervals(gradings, seed=seed)
    low, high = intervals.alpha or (None, None)
    ac2_low, ac2_high = intervals.ac2 or (None, None)
    return {
        "alpha": found.alpha,
        "low": low,
        "high": high,
        "reason": "" if intervals.alpha else intervals.reason,
        "ac2": found.ac2,
        "ac2_low": ac2_low,
        "ac2_high": ac2_high,
        "ac2_reason": "" if intervals.ac2 else intervals.reason,
        "n": found.units,
    }


def _rounded(value: Any) -> Any:
    """The same with every float rounded, so that another machine's last bit changes nothing."""
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return value
