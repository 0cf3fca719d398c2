"""The claims a desk has open, ready to be ranked for arriving events."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import batched, groupby

import numpy as np

from claims.matching.candidates import Block, candidates
from claims.matching.columns import Columns
from claims.matching.features import BIAS, WEIGHTS, Event, events_of, measures
from claims.matching.passages import Passages
from claims.matching.postings import SPAN, Postings, rare_from
from claims.matching.rules import running_stems
from claims.matching.types import Item, Suggestion, Target
from claims.matching.words import PLAIN, stems_of

# Chosen on whole real days of news with claims on long-lasting relations (docs/methods).
THRESHOLD = 0.5
TOP = 20
# Claims whose exact score is computed for each event.
CANDIDATES = 128
# Events that are scored at once.
BLOCK = 256
BLOCK_OF_ALL = 4

# An event, the rows of its claims, best first, their scores and their measures.
type Stems = tuple[np.ndarray, np.ndarray]
type Ranked = tuple[Event, np.ndarray, np.ndarray, np.ndarray]

_WEIGHTS = np.array(list(WEIGHTS.values()), dtype=np.float32)


class Index:
    """Open claims, ranked by the probability that an event bears on them (`features`).

    The score depends on one claim and one event alone, so another worker, another batch or an index
    that was built anew gives the same. Adding and removing claims costs the same however many are in.
    """

    def __init__(self) -> None:
        self._columns = Columns()
        self._spans: list[Postings] = []
        self._telling = 0.0

    @classmethod
    def build(cls, targets: Sequence[Target]) -> "Index":
        """An index of these claims, in any number."""
        index = cls()
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
            for found in self._ranked(items, top, CANDIDATES)
            for suggestion in self._suggestions(found, threshold)
        ]

    def nearest(
        self, items: Sequence[Item], *, top: int = TOP, looked_at: int | None = CANDIDATES
    ) -> list[list[tuple[int, float]]]:
        """For each event the ids of the nearest claims and their scores, best first.

        Of so many claims each exact score is computed; None: of all, which takes long.
        """
        return [
            list(zip(self._columns.ids[rows].tolist(), scores.tolist(), strict=True))
            for _, rows, scores, _ in self._ranked(items, top, looked_at)
        ]

    def _look_up(self, first: int) -> None:
        """Makes the words from row `first` on findable; all, where others count as rare by now."""
        columns, telling = self._columns, rare_from(len(self._columns)) - PLAIN
        keep = first // SPAN if telling == self._telling else 0
        self._telling = telling
        rows = -(-len(columns) // 16) * 16
        starts = range(keep * SPAN, rows, SPAN)
        fresh = [Postings(columns, one, min(one + SPAN, rows), telling) for one in starts]
        self._spans = [*self._spans[:keep], *fresh]

    def _ranked(
        self, items: Sequence[Item], top: int, looked_at: int | None
    ) -> Iterator[Ranked]:
        """Each event with the rows of its claims, best first, their scores and their measures."""
        for batch in batched(items, BLOCK if looked_at else BLOCK_OF_ALL):
            order = sorted(range(len(batch)), key=lambda at: _kind(batch[at]))
            events = events_of([batch[at] for at in order])
            stems = self._columns.numbers_in([event.whole for event in events])
            rows = self._near(events, stems, looked_at)
            if self._columns.rules:
                rows = [self._allowed(*one) for one in zip(events, rows, strict=True)]
            found = dict(zip(order, self._exactly(events, rows, stems, top), strict=True))
            yield from (found[at] for at in range(len(batch)))

    def _near(self, events: list[Event], stems: Stems, looked_at: int | None) -> list[np.ndarray]:
        if looked_at is None:
            return [self._every(event) for event in events]
        return candidates(self._columns, self._spans, self._block(events, stems), looked_at)

    def _every(self, event: Event) -> np.ndarray:
        rows = self._columns.open_on(*_kind(event.item), slice(0, len(self._columns)))
        return np.flatnonzero(rows)

    def _block(self, events: list[Event], stems: Stems) -> Block:
        groups = []
        start = 0
        for (day, language), members in groupby(events, key=lambda event: _kind(event.item)):
            stop = start + len(list(members))
            groups.append((slice(start, stop), day, language))
            start = stop
        # The larger of two cosines is most often about their mean.
        whole = WEIGHTS["meaning"] + WEIGHTS["nearer"] / 2
        title = WEIGHTS["title_meaning"] + WEIGHTS["nearer"] / 2
        directions = whole * np.array([event.meaning for event in events])
        directions += title * np.array([event.title_meaning for event in events])
        return Block(directions, *stems, groups)

    def _exactly(
        self, events: list[Event], rows: list[np.ndarray], stems: Stems, top: int
    ) -> Iterator[Ranked]:
        pairs = self._columns.pairs(events, rows, stems)
        if self._columns.rules:
            self._columns.raise_wished(events, rows, pairs)
        measured = measures(pairs)
        odds = measured @ _WEIGHTS + BIAS
        end = 0
        for event, of_event in zip(events, rows, strict=True):
            start, end = end, end + len(of_event)
            order = np.lexsort((self._columns.ids[of_event], -odds[start:end]))[:top]
            chance = 1 / (1 + np.exp(-odds[start:end][order]))
            yield event, of_event[order], chance, measured[start:end][order]

    def _allowed(self, event: Event, rows: np.ndarray) -> np.ndarray:
        """Those of the rows that may take the event, and those that words of it raise."""
        columns = self._columns
        running = running_stems(event.item.text)
        raised = [row for stem in stems_of(event.whole) for row in columns.triggers.get(stem, ())]
        rows = np.union1d(rows, np.array(raised, dtype=np.int64))
        rows = rows[columns.open_on(*_kind(event.item), rows)]
        may = [
            row not in columns.rules or columns.rules[row].allows(running) for row in rows.tolist()
        ]
        return rows[np.array(may, dtype=bool)]

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
