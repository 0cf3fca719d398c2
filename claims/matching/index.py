"""The claims a desk has open, ready to be ranked for arriving events."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import batched

import numpy as np

from claims.matching.features import Features, features_of
from claims.matching.passages import SEMANTIC_SHARE, best_passage, reason
from claims.matching.types import Item, Suggestion, Target
from claims.matching.words import stems
from sources.vectors import DIMENSIONS, embed

# Chosen on a whole real day of news with claims on long-lasting relations (docs/methods).
THRESHOLD = 0.45
TOP = 20
# Keeps the matrix of scores below 32 MB however many claims are open.
LARGEST_BLOCK = 4_000_000


class Index:
    """Open claims as arrays: a matrix of meaning, postings of words, and windows in days.

    A score is 0.7 of the cosine between static vectors plus 0.3 of the share of the claim's words,
    by weight, that the event also uses. It depends on one claim and one event alone, so a rebuilt
    index, another worker or another batch gives the same.
    """

    def __init__(self, targets: Sequence[Target], features: Sequence[Features]) -> None:
        self.targets = targets
        self._features = features
        self._vectors = np.zeros((len(targets), DIMENSIONS), dtype=np.float32)
        for row, known in enumerate(features):
            self._vectors[row] = known.vector
        self._opens = np.array([_day(one.opens_on, date.min) for one in targets], dtype=np.int64)
        self._closes = np.array([_day(one.closes_on, date.max) for one in targets], dtype=np.int64)
        self._postings = _postings(features)

    @classmethod
    def build(cls, targets: Sequence[Target]) -> "Index":
        """An index of these claims, in any number."""
        return cls(targets, features_of(targets))

    def rank(
        self, items: Sequence[Item], *, threshold: float = THRESHOLD, top: int = TOP
    ) -> list[Suggestion]:
        """For each event the claims of its day that score at least `threshold`, best first."""
        if not self.targets:
            return []
        size = max(1, LARGEST_BLOCK // len(self.targets))
        return [
            one for block in batched(items, size) for one in self._rank_block(block, threshold, top)
        ]

    def _rank_block(
        self, items: Sequence[Item], threshold: float, top: int
    ) -> Iterator[Suggestion]:
        meaning = embed([one.text for one in items]) @ self._vectors.T
        for item, likeness in zip(items, meaning, strict=True):
            scores = SEMANTIC_SHARE * likeness + (1 - SEMANTIC_SHARE) * self._covered(item)
            day = item.occurred_on.toordinal()
            allowed = (scores >= threshold) & (self._opens <= day) & (day <= self._closes)
            for row in _best(scores, allowed, top):
                yield self._suggestion(row, item, float(scores[row]), float(likeness[row]))

    def _covered(self, item: Item) -> np.ndarray:
        """The share of each claim's words, by weight, that the event uses."""
        found = [self._postings[one] for one in stems(item.text) if one in self._postings]
        if not found:
            return np.zeros(len(self.targets))
        rows = np.concatenate([rows for rows, _ in found])
        shares = np.concatenate([shares for _, shares in found])
        return np.bincount(rows, weights=shares, minlength=len(self.targets))

    def _suggestion(self, row: int, item: Item, score: float, likeness: float) -> Suggestion:
        features = self._features[row]
        return Suggestion(
            target_id=self.targets[row].id,
            item_id=item.id,
            score=round(score, 4),
            passage=best_passage(item, features),
            reason=reason(item, features, likeness),
        )


def _day(day: date | None, otherwise: date) -> int:
    return (day or otherwise).toordinal()


def _postings(features: Sequence[Features]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Stem to the rows that use it and the share it is of each."""
    rows: dict[str, list[int]] = {}
    shares: dict[str, list[float]] = {}
    for row, known in enumerate(features):
        for stem, share in known.shares.items():
            rows.setdefault(stem, []).append(row)
            shares.setdefault(stem, []).append(share)
    return {stem: (np.array(rows[stem], dtype=np.int64), np.array(shares[stem])) for stem in rows}


def _best(scores: np.ndarray, allowed: np.ndarray, top: int) -> list[int]:
    """The rows that are allowed, best score first, ties by row; at most `top`."""
    rows = np.flatnonzero(allowed)
    order = np.argsort(-scores[rows], kind="stable")[:top]
    return [int(row) for row in rows[order]]
