"""Which claims have a word: what a word adds to the scores of a span of claims."""

import math
from dataclasses import dataclass

import numpy as np

from claims.matching.columns import Columns
from claims.matching.features import Weights, word_weights
from claims.matching.words import PLAIN

# Claims that are scored at once: their scores for a block of events stay in the processor's cache.
SPAN = 16_384


@dataclass(frozen=True, slots=True)
class Effort:
    """How closely so many claims are looked at.

    Words commoner than `rare` are not looked up: they stand in so many claims that they tell little of
    which are near, and cost most. Of a claim's vector the first `numbers` are looked at, which tell most
    of a cosine. Of `looked_at` claims for each event the exact score is computed, which counts all.
    """

    claims: float
    rare: float
    numbers: int
    looked_at: int


# With these the twenty nearest are the exact ones in 98% and more (docs/methods).
EFFORTS = (
    Effort(20_000, 3.0, 256, 48),
    Effort(200_000, 4.0, 192, 192),
    Effort(math.inf, 4.0, 192, 384),
)


def effort_for(claims: int) -> Effort:
    """The effort among so many claims."""
    return next(one for one in EFFORTS if claims <= one.claims)


class Postings:
    """The rarer words of the claims of one span, by word."""

    def __init__(
        self, columns: Columns, start: int, stop: int, effort: Effort, counts: Weights
    ) -> None:
        self.start, self.stop = start, stop
        rows = slice(start, stop)
        weights = columns.weights[rows]
        every = word_weights(counts, weights, columns.count[rows], columns.total[rows])
        row, place = np.nonzero((weights >= effort.rare - PLAIN) & columns.stands[rows, None])
        stems = columns.stems[rows][row, place]
        order = np.argsort(stems, kind="stable")
        self._rows = row[order].astype(np.int32)
        self._weights = every[row, place][order].astype(np.float32)
        numbers = np.arange(len(columns.numbers) + 2)
        self._starts = np.searchsorted(stems[order], numbers).astype(np.int32)

    def add_to(
        self, scores: np.ndarray, events: np.ndarray, stems: np.ndarray, more: np.ndarray
    ) -> None:
        """Adds to scores (events by claims of this span) what each word of each event tells.

        `events`, `stems` and `more` are as long as all words of all events: the event's row, the word's
        number, and what the word tells more for standing in the title.
        """
        known = stems < len(self._starts) - 1
        events, stems, more = events[known], stems[known], more[known]
        first = self._starts[stems]
        count = self._starts[stems + 1] - first
        ends = np.cumsum(count)
        if not len(ends) or not ends[-1]:
            return
        places = np.arange(ends[-1], dtype=np.int32)
        places += np.repeat((first - (ends - count)).astype(np.int32), count)
        cells = np.repeat((events * scores.shape[1]).astype(np.int32), count)
        cells += self._rows[places]
        weights = self._weights[places]
        weights += np.repeat(more, count)
        np.add.at(scores.reshape(-1), cells, weights)
