"""Compares events that reports were gathered into with those that people made of them.

Pairwise precision, recall and F1 count pairs of reports in one event; B-cubed (Bagga and Baldwin
1998) averages over reports the share of their event that belongs there.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, combinations, pairwise
from time import perf_counter
from typing import Any

from sources.deduplication import words
from sources.gathering.arrivals import Arrivals
from sources.gathering.labelled import Labelled
from sources.gathering.past import comparisons
from sources.gathering.wording import wordings

# Plain copies share so many of their pairs of neighbouring words.
COPY = 0.8
# Of a larger event not every pair of reports is compared.
LARGEST = 200


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares from 0 to 1; a precision is None where nothing was gathered, a recall where nothing is one."""

    precision: float | None
    recall: float | None
    f1: float | None
    bcubed_precision: float
    bcubed_recall: float
    bcubed_f1: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What became of the reports, and how far people agree."""

    items: int
    events: int
    groups: int
    agreement: Agreement
    copies: int
    copies_precision: float | None
    items_per_second: float

    def as_dict(self) -> dict[str, Any]:
        """The figures by name."""
        figures = asdict(self)
        return figures | figures.pop("agreement")


def evaluate(reports: Sequence[Labelled]) -> Evaluation:
    """Gathers reports (by time, one or more) as they would arrive, and compares."""
    wordings([("", "")])  # the vectors are loaded once, whatever there is to gather
    start = perf_counter()
    found = gathered(reports)
    seconds = perf_counter() - start
    meant = [one.group for one in reports]
    copies = _copies(reports, found)
    right = sum(meant[one] == meant[other] for one, other in copies)
    return Evaluation(
        items=len(reports),
        events=len(set(found)),
        groups=len(set(meant)),
        agreement=agreement(found, meant),
        copies=len(copies),
        copies_precision=_rate(right, len(copies)),
        items_per_second=round(len(reports) / seconds),
    )


def gathered(reports: Sequence[Labelled]) -> list[int]:
    """The event of each report, in the order given."""
    arrivals = Arrivals()
    found = chain.from_iterable(one.near(rarity) for one, rarity in comparisons(reports))
    for number, near in enumerate(found):
        arrivals.arrive(number, near, new=number)
    return [arrivals.event_of(number) for number in range(len(reports))]


def agreement(found: Sequence[Hashable], meant: Sequence[Hashable]) -> Agreement:
    """How far two ways to sort the same things agree; one or more things."""
    ours, theirs = Counter(found), Counter(meant)
    both = Counter(zip(found, meant, strict=True))
    right = _pairs(both)
    precision, recall = _rate(right, _pairs(ours)), _rate(right, _pairs(theirs))
    total = len(found)
    kept = sum(n * n / ours[one] for (one, _), n in both.items()) / total
    seen = sum(n * n / theirs[other] for (_, other), n in both.items()) / total
    return Agreement(
        precision=precision,
        recall=recall,
        f1=_rate(2 * right, _pairs(ours) + _pairs(theirs)),
        bcubed_precision=round(kept, 4),
        bcubed_recall=round(seen, 4),
        bcubed_f1=round(2 * kept * seen / (kept + seen), 4),
    )


def _pairs(sizes: Counter[Any]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _copies(reports: Sequence[Labelled], found: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs in one event that are plain copies by their words."""
    events: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, event in enumerate(found):
        events[event].append(number)
    return [
        (one, other)
        for members in events.values()
        for one, other in combinations(members[:LARGEST], 2)
        if _share(reports[one], reports[other]) >= COPY
    ]


def _share(one: Labelled, other: Labelled) -> float:
    mine, theirs = (set(pairwise(words(f"{it.title} {it.text}"))) for it in (one, other))
    return len(mine & theirs) / (len(mine | theirs) or 1)
