"""How likely two reports tell of one event: few measures, weighed by logistic regression."""

import math
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime

from sources.gathering.rarity import BUCKETS, Rarity
from sources.gathering.wording import Wording

# Fitted to days of news that readers sorted into events (docs/methods.md); zero is even odds.
# `python -m tests.benchmarks likeness` fits them again.
WEIGHTS = {
    "meaning": 8.42,
    "covered_least": 3.09,
    "covered_most": 3.90,
    "whole": 6.02,
    "numbers_conflict": -0.83,
    "days": -1.61,
    "one_source": -1.12,
    "one_mould": -3.97,
}
BIAS = -10.80
_WEIGHTS = tuple(WEIGHTS.values())


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it is compared: its wording, when it was published, and by whom (any
    label; none where nobody is named).

    `title_weight` is what the words of the title tell together, `length` that of the vector of all
    words.
    """

    wording: Wording
    at: datetime
    source: Hashable
    title_weight: float
    length: float

    @classmethod
    def weighed(
        cls, wording: Wording, *, at: datetime, source: Hashable, rarity: Rarity
    ) -> "Report":
        """A report whose words count as rare as they are now."""
        weights = rarity.weights
        return cls(
            wording,
            at,
            source,
            title_weight=sum([weights[word % BUCKETS] for word in wording.title]),
            length=math.hypot(*[weights[word % BUCKETS] for word in wording.whole]),
        )


def log_odds(one: Report, other: Report, rarity: Rarity) -> float:
    """The logarithm of the odds that both tell of one event."""
    found = measures(one, other, rarity)
    return BIAS + math.sumprod(_WEIGHTS, found)


def measures(one: Report, other: Report, rarity: Rarity) -> list[float]:
    """The measures in the order of WEIGHTS. Shares of words are by what each word tells.

    meaning: cosine of the titles' vectors; covered_least, covered_most: the share of a title that
    stands in the other report; whole: cosine of all words; numbers_conflict: 1 where each title has a
    number that the other report lacks; days between them, 3 at most; one_source: 1 where both come
    from one source; one_mould: then the share of the titles' words that both have, for "Lottery
    numbers of Texas" and "… of Ohio" come out of one mould.
    """
    mine, theirs = one.wording, other.wording
    in_mine, in_theirs, in_both, whole = _shared(mine, theirs, rarity)
    covered = (in_mine / (one.title_weight or 1), in_theirs / (other.title_weight or 1))
    # Nobody named is nobody twice.
    one_source = float(bool(one.source) and one.source == other.source)
    either = one.title_weight + other.title_weight - in_both
    return [
        float(mine.meaning.dot(theirs.meaning)),
        min(covered),
        max(covered),
        whole / (one.length * other.length or 1),
        float(bool(mine.numbers - theirs.whole and theirs.numbers - mine.whole)),
        min(abs((one.at - other.at).total_seconds()) / 86_400, 3.0),
        one_source,
        one_source * in_both / (either or 1),
    ]


def _shared(mine: Wording, theirs: Wording, rarity: Rarity) -> tuple[float, float, float, float]:
    """What shared words tell: those in my title, in theirs, in both, and all of them squared."""
    in_mine = in_theirs = in_both = whole = 0.0
    weights, my_title, their_title = rarity.weights, mine.title, theirs.title
    for word in mine.whole & theirs.whole:
        weight = weights[word % BUCKETS]
        whole += weight * weight
        if word in my_title:
            in_mine += weight
            if word in their_title:
                in_both += weight
        if word in their_title:
            in_theirs += weight
    return in_mine, in_theirs, in_both, whole
