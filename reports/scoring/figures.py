"""Every figure of a report, from plain rows to plain JSON. The same rows always give the same figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import inf
from statistics import NormalDist
from typing import Any

import numpy as np

from reports.scoring.calibration import calibration, part_intervals
from reports.scoring.funnel import funnel
from reports.scoring.groups import grouped, pooled_errors
from reports.scoring.hedges import Reading, hedge_mass
from reports.scoring.intervals import (
    TOO_FEW,
    clustered_rate,
    clustered_ratio,
)
from reports.scoring.lexicons import Table, under_lexicons
from reports.scoring.miscalibration import chance_of_miscalibration
from reports.scoring.rows import (
    Row,
    columns_of,
    count_sources,
    figure,
    improvement_of,
    score_of,
    scored_of,
    values,
)
from reports.scoring.shrinkage import MIN_GROUPS, Shrunk, shrink
from reviews.agreement.counts import agreement, agreement_intervals

# Below this many claims, miscalibration is mostly chance.
CALIBRATION_NEEDS = 50
DIGITS = 9


def figures_of(
    rows: Sequence[Row],
    *,
    registered: Mapping[int, int],
    gradings: Sequence[Sequence[int]],
    lexicons: Sequence[Table] = (),
    seed: int,
) -> dict[str, Any]:
    """All figures of a report.

    `registered` counts registered claims by claimant; `gradings` has one row per checkpoint and one
    column per grade: how many reviewers gave it before any adjudication; the claims are scored again
    under each of `lexicons`.
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
            "lexicons": under_lexicons(rows, lexicons),
            "calibration": _calibration(rows, seed),
            "agreement": _agreement(gradings, seed),
        }
    )


def track_record(rows: Sequence[Row], *, registered: int) -> dict[str, Any]:
    """Everything that is said of some claims that were due.

    Funnel, how their ranges came about, improvement over the base rate, score, skill and hedges.
    """
    scored, columns = scored_of(rows), columns_of(rows)
    skill = clustered_ratio(columns.improvements, values(scored, "reference"), columns.clusters)
    return {
        "funnel": funnel(registered=registered, standings=[row.standing for row in rows]).as_dict(),
        "ranges": count_sources(rows),
        "improvement": improvement_of(columns),
        "score": score_of(columns),
        "skill": figure(skill, None, possible=(-inf, 1)),
        "hedges": _hedges(scored),
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
    if held and held.worth is not None:
        found = hedge_mass(successes=held.value * held.worth, n=held.worth, low=low, high=high)
        mass, reading = [found.below, found.inside, found.above], found.reading
    return {
        "hedge": word,
        "from": low,
        "to": high,
        "held": figure(held, None),
        "mass": mass,
        "reading": reading.value,
    }


def _add_shrunk(claimants: list[dict[str, Any]], rows: Mapping[int, list[Row]]) -> None:
    """Adds to each record its shrunk improvement, or why there is none."""
    ranked = [record for record in claimants if record["improvement"]["low"] is not None]
    found = _shrunk([rows[record["claimant"]] for record in ranked])
    reason = f"not ranked: {MIN_GROUPS} claimants with an interval are needed"
    for record in claimants:
        record["shrunk"] = {"value": None, "low": None, "high": None, "reason": reason}
        if found and record["improvement"]["low"] is None:
            record["shrunk"]["reason"] = "not ranked: too few documents for an interval"
    if found is None:
        return
    z = NormalDist().inv_cdf(0.975)
    for record, mean, deviation in zip(ranked, found.means, found.deviations, strict=True):
        low, high = mean - z * deviation, mean + z * deviation
        record["shrunk"] = {"value": mean, "low": low, "high": high, "reason": ""}


def _shrunk(claimants: Sequence[Sequence[Row]]) -> Shrunk | None:
    """The shrunk improvements of these claimants; None for too few, or where nothing varies in any of them."""
    scored = [(group, row) for group, rows in enumerate(claimants) for row in scored_of(rows)]
    if not scored:
        return None
    gains = np.array(values((row for _, row in scored), "improvement"))
    group = np.array([one for one, _ in scored])
    cluster = np.unique([row.cluster for _, row in scored], return_inverse=True)[1]
    found = grouped(gains, group, cluster)
    errors = pooled_errors(found)
    return shrink(found.means.tolist(), errors.tolist()) if errors.all() else None


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
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return round(value, DIGITS) if isinstance(value, float) else value
