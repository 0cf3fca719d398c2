"""What goes between the steps of extraction, and what comes out of the last one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

type ClaimClass = Literal["forecast", "assessment"]
type Kind = Literal["event", "quantity", "continuing", "conditional", "comparison", "assessment"]
# Phrase, low, high: one line of a table of hedges, probabilities 0 to 1.
type Entry = tuple[str, float, float]
# Hears of the sentences done, and of how many there are.
type Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Span:
    """One sentence: `text[start:end]`. A heading is a line that names what follows."""

    start: int
    end: int
    heading: bool = False
    opens_paragraph: bool = False


@dataclass(frozen=True, slots=True)
class HedgeRange:
    """The words that say how probable, and their range, 0 to 1.

    Low and high are None where the words give no number ("may"). The range is that of the
    statement with the hedge taken out. `unhedged` marks a plain "will", whose range is a policy;
    `stated` marks odds that the text itself gives in figures.
    """

    phrase: str
    low: float | None
    high: float | None
    unhedged: bool = False
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Horizon:
    """The words that say by when, and their dates: opens_on <= earliest <= due <= latest."""

    text: str
    opens_on: date
    earliest: date
    due: date
    latest: date
    checkpoints: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One claim found in a text: `text[start:end] == quote`. Speaker "" is the text's author."""

    quote: str
    start: int
    end: int
    statement: str
    class_: ClaimClass
    kind: Kind
    speaker: str
    hedge: HedgeRange | None
    horizon: Horizon | None
    condition: str
    reason: str
    rank: float
