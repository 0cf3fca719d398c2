"""Compares new reports with those before them that share most clues."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sources.gathering.arrivals import JOINS_AT, WITHIN, Key, Near
from sources.gathering.clues import Clues
from sources.gathering.likeness import Reports, log_odds
from sources.gathering.looking import Pairs, earlier, most_shared
from sources.gathering.rarity import Rarity


@dataclass(frozen=True, slots=True)
class Known:
    """Stored reports, with the numbers that they go by, which rise."""

    numbers: np.ndarray
    reports: Reports


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which reports are compared: pairs of new ones and ones before them, both by place.

    `reports` are the stored ones and then the new ones, of which there are `new`; `keys` is what each goes by.
    """

    reports: Reports
    keys: np.ndarray
    new: int
    one: np.ndarray
    other: np.ndarray

    def near(self, rarity: Rarity) -> list[list[Near]]:
        """For each new report those it is compared with, and how likely both tell of one event; none
        where it joins none of them, however many reports their events have."""
        odds = log_odds(self.reports, self.one, self.other, rarity)
        rows = self.one - len(self.keys) + self.new
        joins = np.zeros(self.new, bool)
        joins[rows[odds >= JOINS_AT]] = True
        kept = joins[rows]
        keys = self.keys[self.other[kept]]
        near: list[list[Near]] = [[] for _ in range(self.new)]
        found = zip(keys.tolist(), odds[kept].tolist(), strict=True)
        for row, one in zip(rows[kept].tolist(), found, strict=True):
            near[row].append(one)
        return near


def compare(
    new: Reports, known: Known, *, clues: Clues, found: Pairs, keys: Sequence[Key]
) -> Comparison:
    """What new reports, which go by these keys and have these clues, are compared with.

    `found`: pairs of new reports (by place) and stored ones (by number), one for each shared clue.
    """
    stored = len(known.numbers)
    reports = known.reports.followed_by(new)
    rows, numbers = found
    # Of what stands behind a clue some is gone, and some was not looked up.
    there = np.isin(numbers, known.numbers)
    places = np.searchsorted(known.numbers, numbers[there])
    late, before = earlier(clues)
    one = np.concatenate([rows[there], late]) + stored
    other = np.concatenate([places, before + stored])
    close = np.abs(reports.at[one] - reports.at[other]) <= WITHIN.total_seconds()
    one, other = most_shared(one[close], other[close])
    named = np.concatenate([known.numbers, np.array(keys, np.int64)])
    return Comparison(reports, named, new=len(keys), one=one, other=other)
