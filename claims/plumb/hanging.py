"""Where evidence hangs on the plumb line: down by time, to the side by stance, in a bounded number of marks.

Places across are percent of the drawing's width, places down are pixels.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SLOT, EDGE = 18, 14
FEWEST_SLOTS, MOST_SLOTS = 14, 40
LANES = 3
# Where the lanes of each strength begin beside the line, and how far they lie apart.
_BEGINS = {0: 0.0, 1: 11.0, 2: 29.0}
_BETWEEN = 6.0
_LEAST, _HEAVIEST = 3.0, 7.5
GATHERED = 9.5
# Two labels in less room run into each other.
_LABEL = 15
# A day far ahead would press all that is known into a corner.
_AHEAD = 1.0


@dataclass(frozen=True)
class Hung:
    """One piece of evidence: day, stance −2 to 2, weight 0 to 1."""

    number: int
    day: date
    stance: int
    weight: float


@dataclass(frozen=True)
class Mark:
    """One piece of evidence as it is drawn, or several of one side and time that have no room alone."""

    x: float
    y: float
    radius: float
    pieces: tuple[Hung, ...]

    @property
    def side(self) -> str:
        """ "for", "against" or "neutral"."""
        return side_of(self.pieces[0].stance)


@dataclass(frozen=True)
class Span:
    """The days that the line shows, and its height."""

    start: date
    end: date
    height: float

    def down(self, day: date) -> float:
        """Where a day lies; at an end where it lies beyond."""
        share = (day - self.start) / (self.end - self.start)
        return round(EDGE + max(0.0, min(1.0, share)) * (self.height - 2 * EDGE), 1)


def side_of(stance: int) -> str:
    """Which side a stance speaks for."""
    return "for" if stance > 0 else "against" if stance < 0 else "neutral"


def span_of(pieces: Sequence[Hung], *, said: date, due: date | None, today: date) -> Span:
    """The days from the first of what is known to the due day, or as far ahead as was known back."""
    days = [piece.day for piece in pieces]
    start = min([said, *days])
    known = max([said, today, *days])
    ahead = known + (known - start) * _AHEAD
    end = max(known, min(due, ahead)) if due else known
    end = max(end, start + timedelta(days=1))
    slots = min(MOST_SLOTS, max(FEWEST_SLOTS, len(pieces)))
    return Span(start, end, slots * SLOT + 2 * EDGE)


def hang(pieces: Iterable[Hung], span: Span) -> list[Mark]:
    """The marks, down the line: at most MOST_SLOTS + 1 times five stances times LANES of them."""
    slots: defaultdict[tuple[int, int], list[Hung]] = defaultdict(list)
    for piece in sorted(pieces, key=lambda one: (one.day, one.number)):
        slots[int((span.down(piece.day) - EDGE) // SLOT), piece.stance].append(piece)
    marks: list[Mark] = []
    for (slot, stance), found in sorted(slots.items()):
        y = min(EDGE + (slot + 0.5) * SLOT, span.height - EDGE)
        if len(found) > LANES:
            marks.append(Mark(_across(stance, 1), y, GATHERED, tuple(found)))
        else:
            marks += [
                Mark(_across(stance, lane), y, _radius(one.weight), (one,))
                for lane, one in enumerate(found)
            ]
    return marks


def spread(places: Sequence[float], *, height: float) -> list[float]:
    """Places for labels, in order, as near to their own as they can stand without running together."""
    spread: list[float] = []
    for place in places:
        spread.append(max(place, spread[-1] + _LABEL) if spread else place)
    # What was pushed out at the bottom pushes back.
    limit = height - 4
    for at in reversed(range(len(spread))):
        spread[at] = min(spread[at], limit)
        limit = spread[at] - _LABEL
    return spread


def _across(stance: int, lane: int) -> float:
    if stance == 0:  # on the line, then to its sides
        return 50 + (0, -_BETWEEN, _BETWEEN)[lane]
    away = _BEGINS[abs(stance)] + lane * _BETWEEN
    return 50 + away if stance > 0 else 50 - away


def _radius(weight: float) -> float:
    """By area, as an eye compares."""
    return round(_LEAST + (_HEAVIEST - _LEAST) * weight**0.5, 1)
