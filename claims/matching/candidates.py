"""Which claims may be among the nearest of an event: a quick score of all, from which few are kept.

It is the exact score of half the numbers of the vectors and of the rarer words, in one product of
matrices for a block of events; what only the exact score counts moves claims up by a few places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from claims.matching.columns import Columns
from claims.matching.postings import Postings
from sources.vectors import DIMENSIONS, Matrix

# So many numbers of a vector, the first, tell most of a cosine.
COARSE = DIMENSIONS // 2
# Claims are looked at in so many rows of a span; of each column of them the best one is compared first.
LANES = 8


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
    columns: Columns, spans: Sequence[Postings], block: Block, most: int
) -> list[np.ndarray]:
    """For each event the rows of `most` claims, or a few more, that score best, in no order."""
    directions = np.ascontiguousarray(block.directions[:, :COARSE])
    best = _Best(len(directions), most)
    for span in spans:
        scores = directions @ columns.vectors[span.start : span.stop, :COARSE].T
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
        self._found: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        self._count = 0

    def take(self, scores: np.ndarray, start: int) -> None:
        """Takes note of the scores (events by claims) of a span whose first row is `start`."""
        lanes = scores.reshape(len(scores), LANES, -1)
        heads = lanes.max(axis=1)
        if not self._found and heads.shape[1] > self._most:
            self._least = np.partition(heads, -self._most, axis=1)[:, -self._most]
        events, heads_at = np.nonzero((heads >= self._least[:, None]) & (heads > -np.inf))
        values = lanes[events, :, heads_at]
        at, lane = np.nonzero((values >= self._least[events][:, None]) & (values > -np.inf))
        rows = lane * heads.shape[1] + heads_at[at] + start
        self._found.append((events[at], rows, values[at, lane]))
        self._count += len(at)
        if self._count > 3 * self._most * len(scores):
            self._drop()

    def rows(self) -> list[np.ndarray]:
        """The rows of each event."""
        return [rows for rows, _ in self._by_event()]

    def _drop(self) -> None:
        kept = self._by_event()
        for event, (rows, values) in enumerate(kept):
            if len(rows) >= self._most:
                self._least[event] = values.min()
        events = np.repeat(np.arange(len(kept)), [len(rows) for rows, _ in kept])
        rows, values = (np.concatenate(column) for column in zip(*kept, strict=True))
        self._found = [(events, rows, values)]
        self._count = len(rows)

    def _by_event(self) -> list[tuple[np.ndarray, np.ndarray]]:
        if not self._found:
            return [(np.zeros(0, dtype=np.int64), np.zeros(0))] * len(self._least)
        events, rows, values = (np.concatenate(column) for column in zip(*self._found, strict=True))
        order = np.argsort(events.astype(np.int16), kind="stable")
        rows, values = rows[order], values[order]
        ends = np.cumsum(np.bincount(events, minlength=len(self._least)))
        return [
            self._most_of(rows[start:end], values[start:end])
            for start, end in zip([0, *ends[:-1]], ends, strict=True)
        ]

    def _most_of(self, rows: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if len(rows) <= self._most:
            return rows, values
        first = np.argpartition(values, -self._most)[-self._most :]
        return rows[first], values[first]
