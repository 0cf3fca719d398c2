"""The claims a desk has open, ready to be ranked for arriving events."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import batched, groupby

import numpy as np

from claims.matching.candidates import Block, candidates
from claims.matching.columns import Columns, Found
from claims.matching.features import (
    AS_SHIPPED,
    LEAST_TITLE,
    Event,
    Events,
    Weights,
    events_of,
    measures,
)
from claims.matching.passages import Passages
from claims.matching.postings import SPAN, Postings, effort_for
from claims.matching.rules import running_stems
from claims.matching.types import Item, Suggestion, Target
from claims.matching.words import stems_of

# Chosen on whole real days of news with claims on long-lasting relations (docs/methods).
THRESHOLD = 0.1
TOP = 20
# Events that are scored at once.
BLOCK = 256

# The ids of claims, and their measures, one row each.
# An event, the rows of its claims, best first, their scores and their measures.
type Measured = tuple[np.ndarray, np.ndarray]
type Ranked = tuple[Event, np.ndarray, np.ndarray, np.ndarray]


class Index:
    """Open claims, ranked by the probability that an event bears on them (`features`).

    The score depends on one claim and one event alone, so another worker, another batch or an index
    that was built anew gives the same. Adding and removing claims costs the same however many are in.
    """

    def __init__(self, weights: Weights = AS_SHIPPED) -> None:
        self._weights = weights
        self._columns = Columns()
        self._spans: list[Postings] = []
        self._effort = effort_for(0)

    @classmethod
    def build(cls, targets: Sequence[Target], weights: Weights = AS_SHIPPED) -> "Index":
        """An index of these claims, in any number."""
        index = cls(weights)
        index.add(targets)
        return index

    def __len__(self) -> int:
        return len(self._columns.row_of)

    @property
    def targets(self) -> list[Target]:
        """The claims that are in, oldest first."""
        return [one for one in self._columns.targets if one is not None]

    def add(self, targets: Sequence[Target]) -> None:
        """Adds claims; one of the same id takes the place of what was known of it."""
        last = {one.id: one for one in targets}
        self.remove(last)
        fresh = list(last.values())
        first = len(self._columns)
        self._columns.append(fresh)
        self._look_up(first)

    def remove(self, ids: Iterable[int]) -> None:
        """Takes claims out; those that are not in are passed over."""
        for one in ids:
            self._columns.remove(one)

    def update(self, targets: Iterable[Target]) -> None:
        """Makes these the claims that are in: only what is new or changed is read again."""
        wanted = {one.id: one for one in targets}
        known = {one.id: one for one in self.targets}
        if len(self._columns) > 2 * len(wanted) + SPAN:
            self._columns, self._spans, known = Columns(), [], {}
        self.remove(known.keys() - wanted.keys())
        self.add([one for one in wanted.values() if known.get(one.id) != one])

    def rank(
        self, items: Sequence[Item], *, threshold: float = THRESHOLD, top: int = TOP
    ) -> list[Suggestion]:
        """For each event the claims that may take it and score at least `threshold`, best first."""
        return [
            suggestion
            for found in self._ranked(items, top)
            for suggestion in self._suggestions(found, threshold)
        ]

    def nearest(
        self, items: Sequence[Item], *, top: int = TOP, every: bool = False
    ) -> list[list[tuple[int, float]]]:
        """For each event the ids of the nearest claims and their scores, best first.

        With `every` the exact score of every claim is computed, which takes long.
        """
        return [
            list(zip(self._columns.ids[rows].tolist(), scores.tolist(), strict=True))
            for _, rows, scores, _ in self._ranked(items, top, every=every)
        ]

    def measured(self, items: Sequence[Item], *, every: bool = False) -> Iterator[Measured]:
        """For each event the ids of the claims whose exact score was computed, and their measures."""
        for _, rows, _, measures_ in self._ranked(items, len(self), every=every):
            yield self._columns.ids[rows], measures_

    def _look_up(self, first: int) -> None:
        """Makes the words from row `first` on findable; all, where others count as rare by now."""
        columns, effort = self._columns, effort_for(len(self._columns))
        keep = first // SPAN if effort == self._effort else 0
        self._effort = effort
        rows = -(-len(columns) // 16) * 16
        starts = range(keep * SPAN, rows, SPAN)
        fresh = [
            Postings(columns, one, min(one + SPAN, rows), effort, self._weights) for one in starts
        ]
        self._spans = [*self._spans[:keep], *fresh]

    def _ranked(self, items: Sequence[Item], top: int, *, every: bool = False) -> Iterator[Ranked]:
        """Each event with the rows of its claims, best first, their scores and their measures."""
        for block in batched(items, 1 if every else BLOCK):
            yield from self._ranked_block(block, top=top, every=every)

    def _ranked_block(self, items: Sequence[Item], *, top: int, every: bool) -> list[Ranked]:
        order = sorted(range(len(items)), key=lambda at: _kind(items[at]))
        events = events_of([items[at] for at in order])
        found = self._columns.found_in(events.each)
        rows = self._near(events, found, every=every)
        if self._columns.rules:
            rows = _padded(list(map(self._allowed, events.each, rows)))
        ranked = dict(zip(order, self._exactly(events, rows, found, top), strict=True))
        return [ranked[at] for at in range(len(items))]

    def _near(self, events: Events, found: Found, *, every: bool) -> np.ndarray:
        if every:
            return _padded([self._every(event) for event in events.each])
        return candidates(self._columns, self._spans, self._block(events, found), self._effort)

    def _every(self, event: Event) -> np.ndarray:
        rows = self._columns.open_on(*_kind(event.item), slice(0, len(self._columns)))
        return np.flatnonzero(rows)

    def _block(self, events: Events, found: Found) -> Block:
        groups = []
        start = 0
        for (day, language), members in groupby(events.each, key=lambda event: _kind(event.item)):
            stop = start + len(list(members))
            groups.append((slice(start, stop), day, language))
            start = stop
        in_title = found.flags[found.events, found.stems] > 1
        titles = np.maximum(events.title_weight, LEAST_TITLE)
        weights = np.array(self._columns.weight_of)[found.stems]
        titled = np.float32(self._weights["titled"])
        more = np.where(in_title, titled * weights / titles[found.events], np.float32(0))
        # The larger of two cosines is most often about their mean.
        whole = np.float32(self._weights["meaning"] + self._weights["nearer"] / 2)
        title = np.float32(self._weights["title_meaning"] + self._weights["nearer"] / 2)
        directions = whole * events.meaning + title * events.title_meaning
        return Block(directions, found.events, found.stems, more, groups)

    def _exactly(
        self, events: Events, rows: np.ndarray, found: Found, top: int
    ) -> Iterator[Ranked]:
        measured = measures(self._columns.pairs(events, rows, found))
        odds = np.where(rows >= 0, self._weights.odds(measured), -np.inf)
        order = np.lexsort((self._columns.ids[rows], -odds), axis=1)[:, :top]
        rows = np.take_along_axis(rows, order, axis=1)
        chances = 1 / (1 + np.exp(-np.take_along_axis(odds, order, axis=1)))
        counts = (rows >= 0).sum(axis=1).tolist()
        for at, (event, count) in enumerate(zip(events.each, counts, strict=True)):
            best = order[at, :count]
            yield event, rows[at, :count], chances[at, :count], measured[at, best]

    def _allowed(self, event: Event, rows: np.ndarray) -> np.ndarray:
        """Those of the rows that may take the event, and those that words of it raise."""
        columns = self._columns
        running = running_stems(event.whole)
        raised = [row for stem in stems_of(event.whole) for row in columns.triggers.get(stem, ())]
        rows = np.union1d(rows[rows >= 0], np.array(raised, dtype=np.int64))
        rows = rows[columns.open_on(*_kind(event.item), rows)]
        may = ~columns.ruled[rows]
        ruled = np.flatnonzero(~may)
        may[ruled] = [columns.rules[row].allows(running) for row in rows[ruled].tolist()]
        return rows[may]

    def _suggestions(self, ranked: Ranked, threshold: float) -> Iterator[Suggestion]:
        event, rows, scores, measured = ranked
        likely = scores >= threshold
        if not likely.any():
            return
        passages = Passages(event)
        for row, score, values in zip(
            rows[likely].tolist(), scores[likely].tolist(), measured[likely].tolist(), strict=True
        ):
            target = self._columns.targets[row]
            if target is None:
                continue
            words = self._columns.words(row)
            yield Suggestion(
                target_id=target.id,
                item_id=event.item.id,
                score=round(score, 4),
                passage=passages.best(self._columns.vectors[row], words),
                reason=passages.reason(words, values[0]),
                measures=tuple(round(value, 4) for value in values),
            )


def _kind(item: Item) -> tuple[date, str]:
    """The day and the main language of an event."""
    return item.occurred_on, item.language.partition("-")[0].casefold()


def _padded(rows: Sequence[np.ndarray]) -> np.ndarray:
    """Rows of different lengths as one matrix, -1 behind the shorter ones."""
    widest = max(map(len, rows), default=0)
    return np.stack([np.pad(one, (0, widest - len(one)), constant_values=-1) for one in rows])
