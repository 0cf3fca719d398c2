"""Forecasts that another program wrote down, as arrays for the arithmetic of scores."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

import numpy as np

from reviews.gradings import NAMED, VOID
from reviews.tables import NOTHING, Column, Sieve, number, plain, read_table
from sources.importing.dates import DateError, moment

NEEDED = ("forecaster", "claim", "probability", "outcome")
POSSIBLE = ("probability_low", "probability_high", "cluster", "base_rate", "date")
OUTCOMES = NAMED | {"true": 1.0, "yes": 1.0, "false": 0.0, "no": 0.0}
FIGURES = ("probability", "probability_low", "probability_high", "base_rate")
# A middle that was rounded may lie this far outside its range.
ROUNDED = 1e-6


@dataclass(frozen=True)
class Forecasts:
    """Rows that can be scored. All are arrays of one length; clusters and forecasters are numbered from 0.

    `low` and `high` are the range, both the probability itself where there is none. `base_rate` and `second`
    (since 1970) are nan where the row names none. `skipped` counts other rows by reason, `repeated` those
    whose forecaster had forecast the claim before, `unread` cells that were passed over in rows that are scored.
    """

    forecaster: np.ndarray
    claim: np.ndarray
    cluster: np.ndarray
    low: np.ndarray
    high: np.ndarray
    outcome: np.ndarray
    base_rate: np.ndarray
    second: np.ndarray
    names: tuple[str, ...]
    skipped: dict[str, int]
    unread: dict[str, int]

    @property
    def middle(self) -> np.ndarray:
        """The probability, or the middle of the range."""
        return (self.low + self.high) / 2

    @property
    def repeated(self) -> int:
        """How many forecasts are of a claim that their forecaster had forecast before."""
        if not len(self.claim):
            return 0
        pairs = np.unique(self.forecaster * (self.claim.max() + 1) + self.claim)
        return len(self.claim) - len(pairs)


def read_forecasts(stream: BinaryIO) -> Forecasts:
    """The forecasts of a table; each row is one. Raises NoTable for a file without the columns."""
    table = read_table(stream, needed=NEEDED, possible=POSSIBLE)
    columns = table.columns
    figures = {name: columns[name].figures(number) for name in FIGURES}
    figures["outcome"] = columns["outcome"].figures(_outcome)
    blank = {name: column.such(_is_nothing) for name, column in columns.items()}
    ranged = ~blank["probability_low"] & ~blank["probability_high"]
    low = np.where(ranged, figures["probability_low"], figures["probability"])
    high = np.where(ranged, figures["probability_high"], figures["probability"])
    sieve = Sieve(table.rows, table.skipped)
    for name in ("forecaster", "claim"):
        sieve.skip(f"no {name}", columns[name].such(lambda word: not word))
    _sift_outcomes(sieve, columns["outcome"], figures["outcome"], blank["outcome"])
    _sift_probabilities(sieve, figures, blank)
    kept, unread = sieve.kept, Counter[str]()
    rates = np.where(_is_share(figures["base_rate"]), figures["base_rate"], np.nan)
    seconds = columns["date"].figures(_second)
    for name, read in (("base_rate", rates), ("date", seconds)):
        unread[name] = int(np.count_nonzero(kept & ~blank[name] & np.isnan(read)))
    who, claim = (columns[name].rows[kept] for name in ("forecaster", "claim"))
    # Forecasts of one claim stand or fall together, whoever made them.
    clusters = np.where(blank["cluster"], -1 - columns["claim"].rows, columns["cluster"].rows)[kept]
    names, forecaster = np.unique(who, return_inverse=True)
    return Forecasts(
        forecaster=forecaster,
        claim=claim,
        cluster=np.unique(clusters, return_inverse=True)[1],
        low=low[kept],
        high=high[kept],
        outcome=figures["outcome"][kept],
        base_rate=rates[kept],
        second=seconds[kept],
        names=tuple(columns["forecaster"].words[one] for one in names),
        skipped=dict(table.skipped),
        unread={name: times for name, times in unread.items() if times},
    )


def _sift_outcomes(sieve: Sieve, column: Column, values: np.ndarray, blank: np.ndarray) -> None:
    sieve.skip("no outcome", blank)
    names = [plain(word) for word in column.words]
    for void in sorted(VOID.intersection(names)):
        sieve.skip(f"void: {void}", np.array([one == void for one in names])[column.rows])
    sieve.skip("the outcome is no number", np.isnan(values))
    sieve.skip("the outcome is not from 0 to 1", ~_is_share(values))


def _sift_probabilities(
    sieve: Sieve, figures: dict[str, np.ndarray], blank: dict[str, np.ndarray]
) -> None:
    """A range counts as a whole or not at all, and a probability beside it lies in it."""
    no_low, no_high, none = (
        blank[one] for one in ("probability_low", "probability_high", "probability")
    )
    low, high, said = (
        figures[one] for one in ("probability_low", "probability_high", "probability")
    )
    sieve.skip("no probability", none & no_low & no_high)
    sieve.skip("the range has one end", no_low != no_high)
    for blank_one, value in ((none, said), (no_low, low), (no_high, high)):
        sieve.skip("the probability is no number", ~blank_one & np.isnan(value))
        sieve.skip("the probability is not from 0 to 1", ~blank_one & ~_is_share(value))
    ranged = ~no_low & ~no_high
    sieve.skip("the range ends below its start", ranged & (low > high))
    outside = (said < low - ROUNDED) | (said > high + ROUNDED)
    sieve.skip("the probability lies outside its range", ranged & ~none & outside)


def _outcome(word: str) -> float | None:
    return OUTCOMES.get(plain(word), number(word))


def _second(word: str) -> float | None:
    """Seconds since 1970 of a date; years first, or a day that cannot be taken for a month."""
    try:
        found = datetime.fromisoformat(word)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        pass
    try:
        return moment(word, at=datetime.now(UTC)).timestamp() if word else None
    except DateError:
        return None


def _is_share(values: np.ndarray) -> np.ndarray:
    return np.asarray((values >= 0) & (values <= 1))


def _is_nothing(word: str) -> bool:
    return word.casefold() in NOTHING
