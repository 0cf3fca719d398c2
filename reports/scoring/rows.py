"""Claims that were due as plain rows, and the means over them that stand in every track record."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from math import inf
from typing import Any

import numpy as np

from reports.scoring.brier import GRADES, band_brier, brier
from reports.scoring.funnel import mean_bounds
from reports.scoring.intervals import Mean, clustered_mean, numbered

NOTHING_SCORED = "no claim is scored yet"


class Source(StrEnum):
    """How the range of a claim came about, in the order in which reports print it."""

    LEXICON = "lexicon"
    DECLARED = "declared"
    TWO_READERS = "two_readers"
    ONE_READER = "one_reader"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Row:
    """A claim that was due. `outcome` is 0 to 1 where the standing is scored, None elsewhere.

    `lexicon` is the key of the version that its range was read under, where it was. `score` is the Brier score of
    the range, `reference` that of the base rate, `improvement` the difference; None where it is not scored.
    """

    claim: int
    claimant: int
    cluster: int
    hedge: str
    low: float
    high: float
    base_rate: float
    standing: str
    outcome: float | None = None
    source: Source = Source.UNSTATED
    lexicon: int | None = None
    score: float | None = field(init=False, compare=False, default=None)
    reference: float | None = field(init=False, compare=False, default=None)
    improvement: float | None = field(init=False, compare=False, default=None)

    def __post_init__(self) -> None:
        # Once, since several figures are means of each.
        if self.outcome is not None:
            score = band_brier(self.low, self.high, self.outcome)
            reference = brier(self.base_rate, self.outcome)
            object.__setattr__(self, "score", score)
            object.__setattr__(self, "reference", reference)
            object.__setattr__(self, "improvement", reference - score)


def figure(
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


@dataclass(frozen=True)
class Columns:
    """Rows as arrays of one length. `outcome` is nan where a row is not scored; clusters are numbered from 0."""

    low: np.ndarray
    high: np.ndarray
    base_rate: np.ndarray
    outcome: np.ndarray
    cluster: np.ndarray
    unresolved: np.ndarray

    @cached_property
    def scored(self) -> np.ndarray:
        """Which rows are scored."""
        return ~np.isnan(self.outcome)

    @cached_property
    def clusters(self) -> np.ndarray:
        """The clusters of scored rows, numbered from 0 without gaps."""
        return np.unique(self.cluster[self.scored], return_inverse=True)[1]

    @cached_property
    def scores(self) -> np.ndarray:
        """The Brier scores of scored rows."""
        return band_brier(self.low[self.scored], self.high[self.scored], self.outcome[self.scored])

    @cached_property
    def improvements(self) -> np.ndarray:
        """Those of scored rows over the base rate."""
        return brier(self.base_rate[self.scored], self.outcome[self.scored]) - self.scores

    def waiting(self, outcome: float) -> tuple[np.ndarray, np.ndarray]:
        """Score and improvement of the unresolved rows, if each had this outcome."""
        low, high, rate = (one[self.unresolved] for one in (self.low, self.high, self.base_rate))
        outcomes = np.full(len(low), outcome)
        scores = band_brier(low, high, outcomes)
        return scores, brier(rate, outcomes) - scores


def columns_of(rows: Sequence[Row]) -> Columns:
    """The rows as arrays."""
    figures = [(row.low, row.high, row.base_rate, row.outcome) for row in rows]
    # None becomes nan.
    low, high, base_rate, outcome = np.array(figures, float).reshape(-1, 4).T
    cluster = numbered([row.cluster for row in rows])
    unresolved = np.array([row.standing == "unresolved" for row in rows], bool)
    return Columns(low, high, base_rate, outcome, cluster, unresolved)


def improvement_of(rows: Columns) -> dict[str, Any]:
    """The mean improvement over the base rate, −1 to 1; worst and best count the unresolved in.

    It is linear in the outcome, so that both stand at its ends.
    """
    ends = np.array([rows.waiting(outcome)[1] for outcome in (0.0, 1.0)])
    bounds = _bounds(rows.improvements, ends)
    return figure(clustered_mean(rows.improvements, rows.clusters), bounds, possible=(-1, 1))


def score_of(rows: Columns) -> dict[str, Any]:
    """The mean Brier score, 0 to 1; worst and best count the unresolved in, at any grade."""
    ends = np.array([rows.waiting(outcome)[0] for outcome in GRADES])
    bounds = _bounds(rows.scores, ends)
    # A score is best when low: its worst bound is the higher one.
    return figure(
        clustered_mean(rows.scores, rows.clusters), bounds and bounds[::-1], possible=(0, 1)
    )


def _bounds(settled: np.ndarray, ends: np.ndarray) -> tuple[float, float] | None:
    """The mean if each waiting row (columns of `ends`) took its least value, and its greatest."""
    waiting = zip(ends.min(axis=0).tolist(), ends.max(axis=0).tolist(), strict=True)
    return mean_bounds(settled.tolist(), list(waiting))


def count_sources(rows: Iterable[Row]) -> dict[str, int]:
    """How many ranges came about in each way, none left out."""
    counts = Counter(row.source for row in rows)
    return {source.value: counts[source] for source in Source}


def scored_of(rows: Iterable[Row]) -> list[Row]:
    """Those that have an outcome."""
    return [row for row in rows if row.outcome is not None]


def values(rows: Iterable[Row], name: str) -> list[float]:
    """One figure of each, for rows that are scored."""
    return [getattr(row, name) for row in rows]
