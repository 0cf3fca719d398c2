"""`manage.py evaluate scoring`: how good probability forecasts were, from a table of them."""

from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from claims.evaluations import Evaluated, Kind, NothingToCompare
from reports.forecasts import Forecasts, read_forecasts
from reports.scoring.brier import band_brier, brier
from reports.scoring.calibration import calibration
from reports.scoring.forecasters import FEW_CLUSTERS, Standing, standings
from reports.scoring.groups import grouped
from reports.scoring.intervals import MIN_CLUSTERS, t_quantile
from reports.scoring.miscalibration import chance_of_miscalibration
from reports.scoring.other_scores import log_score, spherical_score
from reports.scoring.sequences import confidence_sequence
from reviews.tables import NoTable

SEED = 1
NOTHING_SCORED = "no row can be scored"
NO_BASE_RATES = "no row has a base rate"
BASE_RATES_RIGHT = "every base rate was right to the last digit"
GRADED = "some outcomes lie between 0 and 1: no probability says how to draw them"
NO_DATES = "no row has a date"
# A table for people shows so many forecasters.
SHOWN = 20


@dataclass(frozen=True)
class Figure:
    """A mean or a ratio with its 95% interval; without one of them, `reason` says why."""

    value: float | None
    interval: list[float] | None
    reason: str


def scoring(stream: BinaryIO, *, seed: int = SEED) -> Evaluated:
    """All figures of a table `forecaster,claim,probability,outcome` (docs/methods.md for the other columns)."""
    try:
        read = read_forecasts(stream)
    except NoTable as error:
        raise NothingToCompare(str(error), []) from error
    scores = band_brier(read.low, read.high, read.outcome)
    mean, skill = _mean(scores, read.cluster), _skill(read, scores)
    some = len(scores) > 0
    figures: dict[str, Any] = {
        "n": len(scores),
        "brier": mean.value,
        "interval": mean.interval,
        "interval_reason": mean.reason,
        "log": float(log_score(read.middle, read.outcome).mean()) if some else None,
        "spherical": float(spherical_score(read.middle, read.outcome).mean()) if some else None,
        "bss": skill.value,
        "bss_interval": skill.interval,
        "bss_reason": skill.reason,
        "corp": _corp(read, seed),
        "sequence": _sequence(read, scores),
        **_counts(read),
        "skipped": read.skipped,
        "unread": read.unread,
        "forecasters": _forecasters(read, scores, seed),
    }
    return Evaluated(figures, _table(figures), [])


def _mean(scores: np.ndarray, cluster: np.ndarray) -> Figure:
    if not len(scores):
        return Figure(None, None, NOTHING_SCORED)
    found = grouped(scores, np.zeros(len(scores), int), cluster)
    value, clusters = float(found.means[0]), int(found.clusters[0])
    if clusters < MIN_CLUSTERS:
        return Figure(value, None, FEW_CLUSTERS)
    reach = t_quantile(clusters - 1) * float(found.errors[0])
    return Figure(value, [max(0.0, value - reach), min(1.0, value + reach)], "")


def _skill(read: Forecasts, scores: np.ndarray) -> Figure:
    """1 − Σ B / Σ B of the base rate, over rows that have one, with the interval of the linearised ratio."""
    rated = ~np.isnan(read.base_rate)
    if not rated.any():
        return Figure(None, None, NO_BASE_RATES)
    own, reference = scores[rated], brier(read.base_rate[rated], read.outcome[rated])
    if not reference.any():
        return Figure(None, None, BASE_RATES_RIGHT)
    ratio = float(own.sum() / reference.sum())
    cluster = np.unique(read.cluster[rated], return_inverse=True)[1]
    found = grouped(own - ratio * reference, np.zeros(len(own), int), cluster)
    value, clusters = 1 - ratio, int(found.clusters[0])
    if clusters < MIN_CLUSTERS:
        return Figure(value, None, FEW_CLUSTERS)
    reach = t_quantile(clusters - 1) * float(found.errors[0]) / float(reference.mean())
    return Figure(value, [value - reach, min(1.0, value + reach)], "")


def _corp(read: Forecasts, seed: int) -> dict[str, Any]:
    """Of the middles of ranges. The p-value takes each claim's outcome once, however many forecast it."""
    if not len(read.outcome):
        return dict.fromkeys(("mcb", "dsc", "unc", "p")) | {"p_reason": NOTHING_SCORED}
    found = calibration(read.middle, read.outcome)
    chance = chance_of_miscalibration(read.middle, read.outcome, seed=seed, claims=read.claim)
    return {
        "mcb": found.miscalibration,
        "dsc": found.discrimination,
        "unc": found.uncertainty,
        "p": chance,
        "p_reason": GRADED if chance is None else "",
    }


def _sequence(read: Forecasts, scores: np.ndarray) -> dict[str, Any]:
    """An interval of the mean score of a cluster that may be looked at again with every row that is added."""
    dated = ~np.isnan(read.second)
    if not dated.any():
        return {"low": None, "high": None, "from": None, "to": None, "reason": NO_DATES}
    seconds, (_, cluster) = read.second[dated], np.unique(read.cluster[dated], return_inverse=True)
    first = np.full(cluster.max() + 1, np.inf)
    np.minimum.at(first, cluster, seconds)
    means = np.bincount(cluster, weights=scores[dated]) / np.bincount(cluster)
    low, high = confidence_sequence(means[np.argsort(first, kind="stable")])
    start, end = (datetime.fromtimestamp(one, UTC).date() for one in (seconds.min(), seconds.max()))
    return {
        "low": float(low[-1]),
        "high": float(high[-1]),
        "from": start.isoformat(),
        "to": end.isoformat(),
        "reason": "",
    }


def _counts(read: Forecasts) -> dict[str, int]:
    return {
        "claims": len(np.unique(read.claim)),
        "clusters": len(np.unique(read.cluster)),
        "repeated": read.repeated,
        "ranges": int(np.count_nonzero(read.high > read.low)),
        "without_base_rate": int(np.count_nonzero(np.isnan(read.base_rate))),
    }


def _forecasters(read: Forecasts, scores: np.ndarray, seed: int) -> list[dict[str, Any]]:
    """The ranked ones by their shrunk mean, best first, then the others by name."""
    found = standings(scores, read.forecaster, read.cluster, seed=seed)
    pairs = sorted(zip(read.names, found, strict=True), key=_best_first)
    return [
        {
            "name": name,
            "n": one.n,
            "clusters": one.clusters,
            "brier": one.score,
            "interval": one.interval and list(one.interval),
            "shrunk": one.shrunk,
            "shrunk_interval": one.shrunk_interval and list(one.shrunk_interval),
            "rank_low": one.rank_low,
            "rank_high": one.rank_high,
            "reason": one.reason,
        }
        for name, one in pairs
    ]


def _best_first(pair: tuple[str, Standing]) -> tuple[bool, float, str]:
    name, one = pair
    return one.shrunk is None, one.shrunk or 0.0, name


def _table(figures: Mapping[str, Any]) -> list[str]:
    """The figures for people."""
    corp, skipped = figures["corp"], figures["skipped"]
    lines = [
        f"{figures['n']} forecasts of {figures['claims']} claims scored, {sum(skipped.values())} rows not.",
        *(f"Left out, {reason}: {times}" for reason, times in skipped.items()),
        *(f"Passed over, unreadable {name}: {times}" for name, times in figures["unread"].items()),
        _line("Brier score", figures["brier"], figures["interval"], figures["interval_reason"]),
        _line("skill", figures["bss"], figures["bss_interval"], figures["bss_reason"]),
        _line("log score", figures["log"], None, ""),
        *(_line(name.upper(), corp[name], None, "") for name in ("mcb", "dsc", "unc")),
        _line("p of MCB by chance", corp["p"], None, corp["p_reason"]),
        f"{'forecaster':<24}{'n':>8}{'Brier':>8}{'shrunk':>8}{'rank':>14}",
    ]
    lines += [_row(one) for one in figures["forecasters"][:SHOWN]]
    more = len(figures["forecasters"]) - SHOWN
    return [*lines, f"and {more} more: --json has them all."] if more > 0 else lines


def _line(name: str, value: float | None, ends: list[float] | None, reason: str) -> str:
    reach = f"{ends[0]:.4f} to {ends[1]:.4f}" if ends else ""
    return f"{name:<24}{_shown(value):>8}{reach:>20}  {reason}".rstrip()


def _row(one: Mapping[str, Any]) -> str:
    places = f"{one['rank_low']}–{one['rank_high']}" if one["rank_low"] else ""
    figures = f"{one['n']:>8}{_shown(one['brier']):>8}{_shown(one['shrunk']):>8}{places:>14}"
    return f"{one['name'][:23]:<24}{figures}  {one['reason']}".rstrip()


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        help="CSV with forecaster, claim, probability and outcome (docs/methods.md)",
    )
    parser.add_argument("--seed", type=int, default=SEED, help="of what is drawn")


def _run(options: dict[str, Any]) -> Evaluated:
    with options["file"].open("rb") as stream:
        return scoring(stream, seed=options["seed"])


KINDS = {"scoring": Kind("how good forecasts were", arguments=_arguments, work=_run)}
