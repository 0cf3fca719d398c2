"""Which claims have a word: what a word adds to the scores of a span of claims."""

import numpy as np

from claims.matching.columns import Columns
from claims.matching.features import word_weights

# Claims that are scored at once: their scores for a block of events stay in the processor's cache.
SPAN = 16_384
# Of words that are commoner than this, by the number of claims, none is looked up: they stand in so many
# claims that they tell little of which are near, and cost most. The exact score counts every word.
RARE = ((20_000, 3.0), (200_000, 5.0))
RARE_IN_MILLIONS = 6.0


def rare_from(claims: int) -> float:
    """The rarity from which on words are looked up among so many claims."""
    return next((rarity for most, rarity in RARE if claims <= most), RARE_IN_MILLIONS)


class Postings:
    """The rarer words of the claims of one span, by word."""

    def __init__(self, columns: Columns, start: int, stop: int, telling: float) -> None:
        self.start, self.stop = start, stop
        rows = slice(start, stop)
        weights = columns.weights[rows]
        every = word_weights(weights, columns.count[rows])
        row, place = np.nonzero((weights >= telling) & columns.stands[rows, None])
        stems = columns.stems[rows][row, place]
        order = np.argsort(stems, kind="stable")
        self._rows = row[order].astype(np.int32)
        self._weights = every[row, place][order].astype(np.float32)
        numbers = np.arange(len(columns.numbers) + 2)
        self._starts = np.searchsorted(stems[order], numbers).astype(np.int32)

    def add_to(self, scores: np.ndarray, events: np.ndarray, stems: np.ndarray) -> None:
        """Adds to scores (events by claims of this span) what each word of each event tells.

        `events` and `stems` are as long as all words of all events: the event's row and the word's number.
        """
        known = stems < len(self._starts) - 1
        events, stems = events[known], stems[known]
        first = self._starts[stems]
        count = self._starts[stems + 1] - first
        ends = np.cumsum(count)
        if not len(ends) or not ends[-1]:
            return
        places = np.arange(ends[-1], dtype=np.int32)
        places += np.repeat((first - (ends - count)).astype(np.int32), count)
        cells = np.repeat((events * scores.shape[1]).astype(np.int32), count)
        cells += self._rows[places]
        np.add.at(scores.reshape(-1), cells, self._weights[places])
