"""Puts arriving reports to the events that they tell of, one after the other."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta

# Reports of one event follow each other within days; the same words a month later are another one.
WITHIN = timedelta(days=3)
# A report joins the event it is likeliest to tell of, from these odds on (their logarithm).
JOINS_AT = 0.2
# A report that tells of a second event at these odds is a witness that both are one; two are enough.
TELLS_AT = 1.5
WITNESSES = 2
# An event is as near as its nearest reports are on the average; those that share no clue are far.
NEAREST = 3
FAR = -6.0

# Whatever number the caller knows a report or an event by.
type Key = int
# A report, and the logarithm of the odds that one that arrives tells of the same event.
type Near = tuple[Key, float]


class Arrivals:
    """Reports of late, and the events they were put to.

    What stands already is told by `remember` and its siblings; then each new report arrives. Keys of
    reports and events are whatever the caller knows them by; what counts up from 0 came first where it
    is lower, and what counts down from -1 is not stored yet and came first where it is higher.
    """

    def __init__(self) -> None:
        self._events: dict[Key, Key] = {}
        self._reports: defaultdict[Key, list[Key]] = defaultdict(list)
        self._sizes: Counter[Key] = Counter()
        self._witnesses: defaultdict[frozenset[Key], set[Key]] = defaultdict(set)
        self._apart: set[frozenset[Key]] = set()
        # What came of the arrivals: new witnesses, and events that became part of another.
        self.witnessed: list[tuple[Key, Key, Key]] = []
        self.merged: dict[Key, Key] = {}

    def remember(self, key: Key, event: Key) -> None:
        """Tells to which event a report was put."""
        self._events[key] = event
        self._reports[event].append(key)

    def remember_size(self, event: Key, reports: int) -> None:
        """Tells how many reports an event has, besides those that arrive from now on."""
        self._sizes[event] = reports

    def remember_witness(self, key: Key, event: Key, other: Key) -> None:
        """Tells that a report was a witness that two events are one."""
        self._witnesses[frozenset((event, other))].add(key)

    def remember_apart(self, event: Key, other: Key) -> None:
        """Tells that a person keeps two events apart."""
        self._apart.add(frozenset((event, other)))

    def arrive(self, key: Key, near: Sequence[Near], *, new: Key, event: Key | None = None) -> Key:
        """The event that a report tells of: `event` where that is known, or the likeliest, or `new`.

        `near` are the reports it was compared with, all of which are known.
        """
        odds = self._likely(near)
        likeliest = sorted(odds, key=lambda one: -odds[one])
        if event is None and likeliest and odds[likeliest[0]] >= JOINS_AT:
            event = likeliest[0]
        joined = new if event is None else self.now(event)
        self.remember(key, joined)
        self._sizes[joined] += 1
        if joined in odds:
            for other in likeliest:
                if self.now(other) != joined and odds[other] >= TELLS_AT:
                    joined = self._witness(key, joined, other)
        return joined

    def event_of(self, key: Key) -> Key:
        """The event a report belongs to by now."""
        return self._events[key]

    def _likely(self, near: Sequence[Near]) -> dict[Key, float]:
        """How likely a report tells of each event near it, as the logarithm of the odds."""
        odds: defaultdict[Key, list[float]] = defaultdict(list)
        for known, found in near:
            odds[self._events[known]].append(found)
        return {event: self._together(event, found) for event, found in odds.items()}

    def _together(self, event: Key, odds: list[float]) -> float:
        asked = max(1, min(self._sizes[event], NEAREST))
        nearest = sorted(odds, reverse=True)[:asked]
        return (sum(nearest) + FAR * (asked - len(nearest))) / asked

    def _witness(self, key: Key, event: Key, other: Key) -> Key:
        """Takes note that a report tells of two events; gives the one it belongs to from now on."""
        both = frozenset((event, other))
        if both in self._apart:
            return event
        self._witnesses[both].add(key)
        self.witnessed.append((key, event, other))
        if len(self._witnesses[both]) < WITNESSES:
            return event
        return self._merge(event, other)

    def _merge(self, event: Key, other: Key) -> Key:
        """Makes two events one: the larger, which is the one that people have read about; of two as
        large the one that stands longest, which somebody may have linked already."""
        into, gone = sorted((event, other), key=lambda one: (-self._sizes[one], *_since(one)))
        for key in self._reports.pop(gone, []):
            self._events[key] = into
            self._reports[into].append(key)
        self._sizes[into] += self._sizes.pop(gone, 0)
        self.merged[gone] = into
        self._pass_on(gone, into)
        return into

    def _pass_on(self, gone: Key, into: Key) -> None:
        """What was known of an event and third ones holds of the event that it became part of."""
        for pair in [one for one in self._apart if gone in one]:
            self._apart.add(pair - {gone} | {into})
        self._witnesses.pop(frozenset((gone, into)), None)
        for pair in [one for one in self._witnesses if gone in one]:
            self._witnesses[pair - {gone} | {into}] |= self._witnesses.pop(pair)

    def now(self, event: Key) -> Key:
        """The event that an event is part of by now."""
        while event in self.merged:
            event = self.merged[event]
        return event


def _since(event: Key) -> tuple[bool, int]:
    """Events in the order in which they came: those that are stored first."""
    return event < 0, abs(event)
