"""How much of what a claim's inbox shows bears on it: `python -m tests.benchmarks noise`.

The claims of the seed and one whole day of news, which a person graded for them. Without the claims'
windows, which open after that day.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any

from claims.matching import Index, Target
from tests.benchmarks.news import NONE
from tests.benchmarks.table import heading, line
from tests.claims.matching import days

DAY = "seed-2023-03-20"
FIRST = 10


@dataclass(frozen=True)
class Shown:
    """How many items of the day bear on a claim, and how many are suggested; of the strongest ten, how
    many bear on it, how many a person read and found not to, and how many nobody read."""

    bearing: int
    suggested: int
    bear: int
    other: int
    ungraded: int

    @property
    def precision(self) -> float | None:
        """The share that bears of those that a person read; None without any."""
        read = self.bear + self.other
        return self.bear / read if read else None


def run() -> None:
    """Prints for each claim what stands first in its inbox, and the sums."""
    heading(f"What stands first: the {FIRST} strongest of a whole day for each claim of the seed")
    if not days.SHARED.exists():
        line(NONE)
        return
    shown = first_of_each(days.graded(DAY))
    line("claim", *("bear on it", "suggested", "first: bear", "do not", "not graded", "precision"))
    for number, one in sorted(shown.items()):
        line(f"{number}", *_columns(one))
    line("all", *_columns(Shown(*map(sum, zip(*map(astuple, shown.values()), strict=True)))))


def first_of_each(found: days.Graded) -> dict[int, Shown]:
    """For each claim what is suggested, and how a person graded the first of it."""
    index = Index.build(
        [Target(number, f"{number}", text) for number, text in found.claims.items()]
    )
    ranked: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for one in index.rank(list(found.items.values())):
        ranked[one.target_id].append((-one.score, one.item_id))
    return {
        number: _shown([item for _, item in sorted(ranked[number])], found.grades.get(number, {}))
        for number in found.claims
    }


def _shown(items: list[int], grades: Mapping[int, int]) -> Shown:
    first = [grades.get(item) for item in items[:FIRST]]
    bear = sum(grade is not None and grade >= days.BEARS for grade in first)
    ungraded = first.count(None)
    bearing = sum(grade >= days.BEARS for grade in grades.values())
    return Shown(bearing, len(items), bear, len(first) - bear - ungraded, ungraded)


def _columns(one: Shown) -> list[Any]:
    precision = "none" if one.precision is None else f"{one.precision:.0%}"
    return [*map(str, astuple(one)), precision]
