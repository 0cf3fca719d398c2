"""The sentence of an event that bears most on a claim, and the reason in one line."""

import re
from collections.abc import Mapping
from functools import cached_property

import numpy as np

from claims.matching.features import WEIGHTS, Event, meanings
from claims.matching.words import Word, words

# Feed summaries are short and plain; a full splitter would cost more than the ranking itself.
# Not after one capital letter: "Vladimir V. Putin", "the U.S. side".
_SENTENCE_END = re.compile(r"(?<![A-Z]\.)(?<=[.!?…。！？])[\"'”’»)]*\s+|\n+")
SHORTEST_PASSAGE = 25
NAMED_TERMS = 5
# A sentence is weighed as a title of nothing else would be.
MEANING = WEIGHTS["meaning"] + WEIGHTS["title_meaning"] + WEIGHTS["nearer"]
TOLD = WEIGHTS["told"] / 10


class Passages:
    """The sentences of one event, read once for all the claims that it bears on."""

    def __init__(self, event: Event) -> None:
        self._event = event
        sentences = sentences_of(event.item.summary)
        self._sentences = [
            event.item.title,
            *(one for one in sentences if len(one) >= SHORTEST_PASSAGE),
        ]

    def best(self, vector: np.ndarray, weights: Mapping[str, float]) -> str:
        """The title or the sentence of the summary that stands closest to a claim, given as its vector
        and what each of its words weighs."""
        if len(self._sentences) == 1:
            return self._sentences[0]
        likeness = self._vectors @ vector
        scores = [
            MEANING * float(like) + TOLD * sum(weights.get(stem, 0.0) for stem in found)
            for found, like in zip(self._stems, likeness, strict=True)
        ]
        return self._sentences[scores.index(max(scores))]

    def reason(self, weights: Mapping[str, float], likeness: float) -> str:
        """Why it is suggested: the words both share, heaviest first, and how alike they read."""
        shared = sorted(weights.keys() & self._written.keys(), key=lambda one: (-weights[one], one))
        alike = f"reads {max(likeness, 0):.0%} alike"
        if not shared:
            return alike
        return f"shares {', '.join(self._written[one] for one in shared[:NAMED_TERMS])}; {alike}"

    @cached_property
    def _written(self) -> dict[str, str]:
        """Stem to the word as it first stands in the event."""
        return {stem: word.written for word in reversed(self._event.whole) for stem in word.stems}

    @cached_property
    def _words(self) -> list[list[Word]]:
        return [words(one) for one in self._sentences]

    @cached_property
    def _stems(self) -> list[set[str]]:
        return [{stem for word in found for stem in word.stems} for found in self._words]

    @cached_property
    def _vectors(self) -> np.ndarray:
        return meanings(self._words)


def sentences_of(text: str) -> list[str]:
    """The sentences of a short plain text."""
    return [one.strip() for one in _SENTENCE_END.split(text) if one and one.strip()]
