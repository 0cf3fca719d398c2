"""How much a word tells: the rarer it is among the reports of late, the more."""

import math
from functools import cache, cached_property

import numpy as np

from sources.gathering.wording import Wordings, stem
from sources.vectors import common_words

# Words share buckets, which costs less than keeping every word of the world.
BUCKETS = 2**16
# Reports that the words of the language are worth before any were counted.
PRIOR = 2000
# Beyond so many reports all counts are halved: a rare word of last year may be today's topic.
LONGEST_MEMORY = 50_000
WORDS_PER_REPORT = 40


class Rarity:
    """In how many reports each word stood. The counts fade, so the memory stays one size."""

    def __init__(self, reports: int = 0, counts: bytes = b"") -> None:
        self.reports = reports
        self._counts = (
            np.frombuffer(counts, dtype="<f4").copy() if counts else np.zeros(BUCKETS, "<f4")
        )

    def count(self, said: Wordings) -> None:
        """Takes note of the words of new reports."""
        # A bucket counts once a report, however many of its words share it.
        found = np.unique(said.rows * BUCKETS + said.words % BUCKETS) % BUCKETS
        self._counts += np.bincount(found, minlength=BUCKETS).astype("<f4")
        self.reports += len(said)
        while self.reports > LONGEST_MEMORY:
            self.reports //= 2
            self._counts /= 2
        self.__dict__.pop("_weights", None)

    def dumped(self) -> bytes:
        """The counts as bytes, for the next process."""
        return self._counts.tobytes()

    def seen(self, words: np.ndarray) -> np.ndarray:
        """In about how many of the reports of late each word stood."""
        return self._counts[words % BUCKETS]

    def weights(self, words: np.ndarray) -> np.ndarray:
        """How much each word tells: the logarithm of how rare it is, from about 0 to 11."""
        return self._weights[words % BUCKETS]

    @cached_property
    def _weights(self) -> np.ndarray:
        seen = self._counts + _of_the_language() + 0.5
        return np.maximum(np.log((self.reports + PRIOR + 1) / seen), 0.05).astype(np.float64)


@cache
def _of_the_language() -> np.ndarray:
    """In how many of PRIOR reports each word stands by its rank in the language (Zipf's law)."""
    counts = np.zeros(BUCKETS, "<f4")
    for rank, word in enumerate(common_words(), start=1):
        share = 1 - math.exp(-WORDS_PER_REPORT * 0.06 / rank)
        counts[stem(word) % BUCKETS] += PRIOR * share
    return counts
