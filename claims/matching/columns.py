"""Open claims as columns of numbers that grow in place: what adding or removing one costs does not
depend on how many there are."""

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import cast

import numpy as np

from claims.matching.features import WIDTH, Event, Events, Pairs, claim_vectors, claim_words
from claims.matching.rules import Rules, rules_of, running_stems
from claims.matching.types import Target
from claims.matching.words import Word, stems_of, weight
from sources.vectors import DIMENSIONS

# Room for so many claims at first; then for a quarter more, in such pieces, whenever it is full.
ROOM = 1024
# Claims that are read at once.
BATCH = 4096

_COLUMNS: dict[str, tuple[tuple[int, ...], type]] = {
    "ids": ((), np.int64),
    "vectors": ((DIMENSIONS,), np.float32),
    "stems": ((WIDTH,), np.int32),
    "weights": ((WIDTH,), np.float32),
    "count": ((), np.float32),
    "total": ((), np.float32),
    "opens": ((), np.int32),
    "closes": ((), np.int32),
    "languages": ((), np.int32),
    "must": ((), np.bool_),
    "ruled": ((), np.bool_),
    "stands": ((), np.bool_),
}


@dataclass(frozen=True, slots=True)
class Found:
    """Stems of some events: for each the event's place and the stem's number; and flags, events by
    numbers, 2 where an event has the stem in its title, 1 where elsewhere."""

    events: np.ndarray
    stems: np.ndarray
    flags: np.ndarray


class Columns:
    """One row for each claim that was ever added; `stands` is false for those that were removed."""

    ids: np.ndarray
    vectors: np.ndarray
    stems: np.ndarray
    weights: np.ndarray
    count: np.ndarray
    total: np.ndarray
    opens: np.ndarray
    closes: np.ndarray
    languages: np.ndarray
    must: np.ndarray
    ruled: np.ndarray
    stands: np.ndarray

    def __init__(self) -> None:
        self.targets: list[Target | None] = []
        self.row_of: dict[int, int] = {}
        self.rules: dict[int, Rules] = {}
        # Stem to its number; 0 is none. It may know more stems than any claim has by now.
        self.numbers: dict[str, int] = {}
        self.weight_of = array("f", [0.0])
        self.language_sets: list[frozenset[str]] = [frozenset()]
        # Stem to the rows that must have it, or a phrase of which it is the rarest word.
        self.triggers: dict[str, list[int]] = {}
        for name, (shape, kind) in _COLUMNS.items():
            setattr(self, name, np.zeros((ROOM, *shape), dtype=kind))

    def __len__(self) -> int:
        return len(self.targets)

    def append(self, targets: Sequence[Target]) -> None:
        """Adds claims behind the others."""
        self._make_room(len(self) + len(targets))
        for start in range(0, len(targets), BATCH):
            batch = list(targets[start : start + BATCH])
            first = len(self)
            self.vectors[first : first + len(batch)] = claim_vectors(batch)
            for row, target in enumerate(batch, first):
                self._write(row, target)

    def remove(self, target_id: int) -> None:
        """Takes one claim out; nothing happens where it is not in."""
        row = self.row_of.pop(target_id, None)
        if row is not None:
            self.targets[row] = None
            self.stands[row] = self.ruled[row] = False
            self.rules.pop(row, None)

    def open_on(self, day: date, language: str, rows: slice | np.ndarray) -> np.ndarray:
        """Which of the rows take events of a day and a language."""
        number = day.toordinal()
        taken = self.stands[rows] & (self.opens[rows] <= number) & (self.closes[rows] >= number)
        if language and len(self.language_sets) > 1:
            speaks = np.array([not one or language in one for one in self.language_sets])
            taken &= speaks[self.languages[rows]]
        return taken

    def words(self, row: int) -> dict[str, float]:
        """The words of one claim that tell most, by stem, with what each weighs."""
        target = self.targets[row]
        found = claim_words(target) if target else None
        return dict(zip(found.stems, found.weights, strict=True)) if found else {}

    def found_in(self, events: Sequence[Event]) -> Found:
        """The stems of events that some claim has had, each once an event."""
        titles = [self._numbers_in(event.title) for event in events]
        rests = [self._numbers_in(event.rest) if event.rest else set() for event in events]
        flags = np.zeros((len(events), len(self.numbers) + 1), dtype=np.int8)
        flags[_placed(rests)] = 1
        flags[_placed(titles)] = 2
        both = [title | rest if rest else title for title, rest in zip(titles, rests, strict=True)]
        return Found(*_placed(both), flags)

    def _numbers_in(self, text: Sequence[Word]) -> set[int]:
        """The numbers of the stems of a text."""
        found = set(map(self.numbers.get, stems_of(text)))
        found.discard(None)
        return cast("set[int]", found)

    def pairs(self, events: Events, rows: np.ndarray, found: Found) -> Pairs:
        """Each event beside its claims: `rows` has one row of row numbers for each event, -1 for none."""
        weights = self.weights.take(rows, axis=0, mode="clip")
        starts = np.arange(len(rows)) * found.flags.shape[1]
        places = self.stems.take(rows, axis=0, mode="clip") + starts[:, None, None]
        flags = found.flags.reshape(-1).take(places)
        should = np.zeros(rows.shape, dtype=np.float32)
        if self.rules:
            self._apply_rules(events.each, rows, flags, should)
        meaning, title_meaning = self._cosines(events, rows)
        return Pairs(
            meaning=meaning,
            title_meaning=title_meaning,
            shared=np.einsum("erw,erw->er", weights, flags > 0),
            in_title=np.einsum("erw,erw->er", weights, flags > 1),
            count=self.count.take(rows, mode="clip"),
            total=self.total.take(rows, mode="clip"),
            title_weight=events.title_weight[:, None],
            should=should,
        )

    def _cosines(self, events: Events, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The cosines of claims with all words of their event and with its title."""
        directions = [events.meaning]
        if events.title_meaning is not events.meaning:
            directions.append(events.title_meaning)
        towards = np.stack(directions, axis=2)
        found = np.empty((*rows.shape, len(directions)), dtype=np.float32)
        # One event after the other, so that the vectors stay in the processor's cache.
        near = np.empty((rows.shape[1], DIMENSIONS), dtype=np.float32)
        for at, of_event in enumerate(rows):
            np.take(self.vectors, of_event, axis=0, out=near, mode="clip")
            np.dot(near, towards[at], out=found[at])
        return found[:, :, 0], found[:, :, -1]

    def _apply_rules(
        self, events: Sequence[Event], rows: np.ndarray, flags: np.ndarray, should: np.ndarray
    ) -> None:
        """Counts other names of what a claim names as the name, and what should be there."""
        running = [running_stems(event.whole) for event in events]
        for event, place in np.argwhere(self.ruled[rows] & (rows >= 0)).tolist():
            row = int(rows[event, place])
            rules, text = self.rules[row], running[event]
            should[event, place] = rules.wished(text)
            meant = [self.numbers[stem] for stem in rules.meant(text) if stem in self.numbers]
            of_pair = flags[event, place]
            np.maximum(of_pair, np.isin(self.stems[row], meant), out=of_pair)

    def _write(self, row: int, target: Target) -> None:
        found = claim_words(target)
        width = len(found.stems)
        self.stems[row, :width] = [self._number(one) for one in found.stems]
        self.weights[row, :width] = found.weights
        self.count[row], self.total[row] = found.count, found.total
        self.opens[row] = (target.opens_on or date.min).toordinal()
        self.closes[row] = (target.closes_on or date.max).toordinal()
        if target.languages:
            self.languages[row] = self._language_set(target.languages)
        self._write_rules(row, target)
        self.ids[row], self.stands[row] = target.id, True
        self.targets.append(target)
        self.row_of[target.id] = row

    def _write_rules(self, row: int, target: Target) -> None:
        rules = rules_of(target)
        if rules is None:
            return
        self.rules[row], self.ruled[row] = rules, True
        self.must[row] = bool(rules.must)
        for stem in rules.triggers():
            self.triggers.setdefault(stem, []).append(row)

    def _number(self, stem: str) -> int:
        number = self.numbers.setdefault(stem, len(self.weight_of))
        if number == len(self.weight_of):
            self.weight_of.append(weight(stem))
        return number

    def _language_set(self, languages: frozenset[str]) -> int:
        if languages not in self.language_sets:
            self.language_sets.append(languages)
        return self.language_sets.index(languages)

    def _make_room(self, rows: int) -> None:
        room = len(self.stands)
        if rows <= room:
            return
        room = -(-max(rows, room + room // 4) // ROOM) * ROOM
        for name in _COLUMNS:
            old = getattr(self, name)
            new = np.zeros((room, *old.shape[1:]), dtype=old.dtype)
            new[: len(self)] = old[: len(self)]
            setattr(self, name, new)


def _placed(numbers: Sequence[Collection[int]]) -> tuple[np.ndarray, np.ndarray]:
    """The place of the collection in which each number stands, and the number."""
    sizes = list(map(len, numbers))
    places = np.repeat(np.arange(len(numbers), dtype=np.int32), sizes)
    return places, np.fromiter(chain.from_iterable(numbers), dtype=np.int32, count=len(places))
