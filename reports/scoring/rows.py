"""Claims that were due as plain rows, and the means over them that stand in every track record."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf
from typing import Any

from reports.scoring.brier import band_brier, brier, improvement_bounds, score_bounds
from reports.scoring.funnel import mean_bounds
from reports.scoring.intervals import Mean, clustered_mean

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


def improvement_of(rows: Sequence[Row]) -> dict[str, Any]:
    """The mean improvement over the base rate, −1 to 1; worst and best count the unresolved in."""
    scored, waiting = scored_of(rows), _unresolved(rows)
    gains = values(scored, "improvement")
    bounds = mean_bounds(
        gains, [improvement_bounds(row.low, row.high, row.base_rate) for row in waiting]
    )
    return figure(clustered_mean(gains, clusters_of(scored)), bounds, possible=(-1, 1))


def score_of(rows: Sequence[Row]) -> dict[str, Any]:
    """The mean Brier score, 0 to 1; worst and best count the unresolved in."""
    scored, waiting = scored_of(rows), _unresolved(rows)
    scores = values(scored, "score")
    bounds = mean_bounds(scores, [score_bounds(row.low, row.high) for row in waiting])
    # A score is best when low: its worst bound is the higher one.
    return figure(
        clustered_mean(scores, clusters_of(scored)), bounds and bounds[::-1], possible=(0, 1)
    )


def count_sources(rows: Iterable[Row]) -> dict[str, int]:
    """How many ranges came about in each way, none left out."""
    counts = Counter(row.source for row in rows)
    return {source.value: counts[source] for source in Source}


def scored_of(rows: Iterable[Row]) -> list[Row]:
    """Those that have an outcome."""
    return [row for row in rows if row.outcome is not None]


def clusters_of(rows: Iterable[Row]) -> list[int]:
    """The document of each."""
    return [row.cluster for row in rows]


def values(rows: Iterable[Row], name: str) -> list[float]:
    """One figure of each, for rows that are scored."""
    return [getattr(row, name) for row in rows]


def _unresolved(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.standing == "unresolved"]
