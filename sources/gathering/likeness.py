"""How likely two reports tell of one event: few measures, weighed by logistic regression."""

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from sources.gathering.rarity import Rarity
from sources.gathering.wording import Wording

# Fitted to days of news that people sorted into events (docs/methods.md); zero is even odds.
WEIGHTS = {
    "meaning": 9.58,
    "covered_least": 3.18,
    "covered_most": 3.67,
    "whole": 6.13,
    "numbers_conflict": -0.73,
    "days": -1.63,
    "one_source": -1.2,
    "one_mould": -3.8,
}
BIAS = -11.74
_WEIGHTS = np.array([*WEIGHTS.values(), BIAS])


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it is compared: its wording, when it was published, and by whom (any label)."""

    wording: Wording
    at: datetime
    source: str


def log_odds(one: Report, other: Report, rarity: Rarity) -> float:
    """The logarithm of the odds that both tell of one event."""
    return float(_WEIGHTS @ [*measures(one, other, rarity), 1.0])


def measures(one: Report, other: Report, rarity: Rarity) -> list[float]:
    """The measures in the order of WEIGHTS. Shares of words are by what each word tells.

    meaning: cosine of the titles' vectors; covered_least, covered_most: the share of a title that stands in the other report; whole: cosine
    of all words; numbers_conflict: 1 where each title has a number that the other report lacks; days
    between them, 3 at most; one_source: 1 where both come from one source; one_mould: then the share
    of the titles' words that both have, for "Lottery numbers of Texas" and "… of Ohio" come out of one mould.
    """
    mine, theirs = one.wording, other.wording
    of = rarity.total
    title = of(mine.title & theirs.title) / (of(mine.title | theirs.title) or 1)
    one_source = float(one.source == other.source)
    covered = sorted(
        (
            of(mine.title & theirs.whole) / (of(mine.title) or 1),
            of(theirs.title & mine.whole) / (of(theirs.title) or 1),
        )
    )
    lengths = rarity.squares(mine.whole) * rarity.squares(theirs.whole)
    return [
        float(mine.meaning @ theirs.meaning),
        *covered,
        rarity.squares(mine.whole & theirs.whole) / (math.sqrt(lengths) or 1),
        float(bool(mine.numbers - theirs.whole and theirs.numbers - mine.whole)),
        min(abs((one.at - other.at).total_seconds()) / 86_400, 3.0),
        one_source,
        one_source * title,
    ]
