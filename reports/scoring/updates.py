"""Claims whose probability changed: each version scores for the time it stood.

The mean daily Brier score of the Good Judgment Project: the last probability is carried forward. Weights are fixed
in advance: after an event that came early the days that are left count as an improvement of 0 ("truncation"), else
who shouts early and is honest later would gain (Metaculus' scores FAQ).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reports.scoring.brier import brier


@dataclass(frozen=True)
class Stood:
    """A probability, and how many days it stood."""

    probability: float
    days: float


def mean_daily_brier(versions: Sequence[Stood], outcome: float) -> float:
    """The mean Brier score over all days. Raises ZeroDivisionError without days."""
    total = math.fsum(one.days for one in versions)
    return math.fsum(one.days * brier(one.probability, outcome) for one in versions) / total


def mean_daily_improvement(
    versions: Sequence[Stood], outcome: float, base_rate: float, *, planned: float
) -> float:
    """The mean improvement over the base rate, over the days planned from registration to the due date.

    Days that nothing stood on, after an early end or a withdrawal, count 0. See `truncated_mean` for errors.
    """
    gains = [brier(base_rate, outcome) - brier(one.probability, outcome) for one in versions]
    return truncated_mean(gains, [one.days for one in versions], planned=planned)


def truncated_mean(scores: Sequence[float], days: Sequence[float], *, planned: float) -> float:
    """Σ score · days / days planned, so that days without a score count 0.

    Raises ValueError where more days are scored than were planned.
    """
    if planned <= 0 or math.fsum(days) > planned * (1 + 1e-9):
        raise ValueError("More days are scored than were planned.")
    return math.fsum(score * stood for score, stood in zip(scores, days, strict=True)) / planned
