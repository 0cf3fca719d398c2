"""Which claims may be among the nearest of an event: a quick score of all, from which few are kept.

It is the exact score of the first numbers of the vectors and of the rarer words, in one product of
matrices for a block of events; what only the exact score counts moves claims up by a few places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from claims.matching.columns import Columns
from claims.matching.postings import Effort, Postings
from sources.vectors import Matrix

# Claims are looked at in so many rows of a span; of each column of them the best one is compared first.
LANES = 8
# So many times as many claims as are wanted are kept before those of lower scores are dropped.
SLACK = 2


@dataclass(frozen=True, slots=True)
class Block:
    """Events that are scored together: what a claim's vector is multiplied with, words as (event, number
    of stem, what it tells more in the title), and groups of events in a row that are of one day and
    language."""

    directions: Matrix
    events: np.ndarray
    stems: np.ndarray
    more: np.ndarray
    groups: Sequence[tuple[slice, date, str]]


def candidates(
    columns: Columns, spans: Sequence[Postings], block: Block, effort: Effort
) -> np.ndarray:
    """For each event the rows of the claims that score best, in no order; -1 where there are no more."""
    directions = np.ascontiguousarray(block.directions[:, : effort.numbers])
    best = _Best(len(directions), effort.looked_at)
    for span in spans:
        scores = directions @ columns.vectors[span.start : span.stop, : effort.numbers].T
        span.add_to(scores, block.events, block.stems, block.more)
        for events, day, language in block.groups:
            taken = columns.open_on(day, language, slice(span.start, span.stop))
            taken &= ~columns.must[span.start : span.stop]
            if not taken.all():
                scores[events] += np.where(taken, 0, -np.inf).astype(np.float32)
        best.take(scores, span.start)
    return best.rows()


class _Best:
    """The best claims of each event so far, and what the last of them scores."""

    def __init__(self, events: int, most: int) -> None:
        self._most = most
        self._least = np.full(events, -np.inf, dtype=np.float32)
        self._count = np.zeros(events, dtype=np.int64)
        self._rows = np.full((events, most), -1, dtype=np.int32)
        self._scores = np.full((events, most), -np.inf, dtype=np.float32)

    def take(self, scores: np.ndarray, start: int) -> None:
        """Takes note of the scores (events by claims) of a span whose first row is `start`."""
        lanes = scores.reshape(len(scores), LANES, -1)
        heads = lanes.max(axis=1)
        if not self._count.any() and heads.shape[1] > self._most:
            self._least = np.partition(heads, -self._most, axis=1)[:, -self._most]
        wanted = (heads >= self._least[:, None]) & (heads > -np.inf)
        # To an event that says little most claims are alike: of those any will do.
        for event in np.flatnonzero(np.count_nonzero(wanted, axis=1) > SLACK * self._most):
            best = _best(heads[event], self._most)
            wanted[event] = False
            wanted[event, best] = True
        events, heads_at = _where(wanted)
        values = lanes[events, :, heads_at]
        at, lane = _where((values >= self._least[events, None]) & (values > -np.inf))
        self._put(events[at], lane * heads.shape[1] + heads_at[at] + start, values[at, lane])

    def rows(self) -> np.ndarray:
        """The rows of each event."""
        self._keep()
        return self._rows

    def _put(self, events: np.ndarray, rows: np.ndarray, scores: np.ndarray) -> None:
        """Writes these, in the order of their events, behind those that are known."""
        more = np.bincount(events, minlength=len(self._count))
        ends = np.cumsum(more)
        kept = np.ones(len(events), dtype=bool)
        for event in np.flatnonzero(more > SLACK * self._most):
            of_event = slice(ends[event] - more[event], ends[event])
            kept[of_event] = False
            kept[of_event.start + _best(scores[of_event], self._most)] = True
            more[event] = self._most
        places = np.arange(kept.sum()) + np.repeat(self._count - np.cumsum(more) + more, more)
        self._count += more
        wider = int(self._count.max()) - self._rows.shape[1]
        if wider > 0:
            self._rows = np.pad(self._rows, ((0, 0), (0, wider)), constant_values=-1)
            self._scores = np.pad(self._scores, ((0, 0), (0, wider)), constant_values=-np.inf)
        self._rows[events[kept], places] = rows[kept]
        self._scores[events[kept], places] = scores[kept]
        if self._rows.shape[1] > SLACK * self._most:
            self._keep()

    def _keep(self) -> None:
        """Drops all but the best."""
        if self._rows.shape[1] <= self._most:
            return
        best = np.argpartition(self._scores, -self._most, axis=1)[:, -self._most :]
        self._rows = np.take_along_axis(self._rows, best, axis=1)
        self._scores = np.take_along_axis(self._scores, best, axis=1)
        self._count = np.minimum(self._count, self._most)
        self._least = np.maximum(self._least, self._scores.min(axis=1))


def _best(scores: np.ndarray, most: int) -> np.ndarray:
    """The places of the best scores, in no order."""
    return np.argpartition(scores, -most)[-most:]


def _where(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The row and the column of each true cell, row by row; faster than `np.nonzero`."""
    row, column = np.divmod(np.flatnonzero(mask), mask.shape[1])
    return row, column
