"""The same claims scored again with what another lexicon makes of their hedges.

A phrase that the lexicon lists has its range there. One that it does not list has the range that
extraction would read by it, boosted or negated ("very likely", "not likely": Mosteller and Youtz 1990,
see claims.extraction.hedges), provided that it reads the whole phrase. All other claims keep the range
that they were registered with.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np

from claims.extraction.hedges import find_hedge
from claims.extraction.types import Entry
from reports.scoring.intervals import clustered_mean
from reports.scoring.rows import (
    Columns,
    Row,
    Source,
    columns_of,
    figure,
    improvement_of,
    score_of,
)

type Range = tuple[float, float]
# Ranges are stored in thousandths.
STEP = Decimal("0.001")


@dataclass(frozen=True)
class Table:
    """One version of a lexicon, by its key; `entries` are (phrase, low, high), probabilities 0 to 1."""

    lexicon: int
    name: str
    version: int
    entries: tuple[Entry, ...]


def under_lexicons(rows: Sequence[Row], tables: Sequence[Table]) -> list[dict[str, Any]]:
    """The figures of the rows under each table, in their order. See `under`."""
    if not tables:
        return []
    read = _read(rows)
    return [_under(read, table) for table in tables]


def under(rows: Sequence[Row], table: Table) -> dict[str, Any]:
    """Score and improvement over the base rate of claims that were due, by this table.

    `rescored`, `not_in_lexicon` and `not_by_lexicon` sum to the scored claims: those whose hedge it
    reads, those whose hedge it does not read, those whose range came of no hedge. `changed` have
    another range than their own. `difference` is the mean of (improvement by the table − own
    improvement), −1 to 1: claims are paired with themselves, their interval is clustered by document.
    """
    return _under(_read(rows), table)


@dataclass(frozen=True)
class _Read:
    """Rows as arrays, whether a lexicon gave their range, its key (-1: none), and the number of their hedge."""

    own: Columns
    hedged: np.ndarray
    lexicon: np.ndarray
    hedge: np.ndarray
    hedges: tuple[str, ...]


def _read(rows: Sequence[Row]) -> _Read:
    known = {hedge: number for number, hedge in enumerate(dict.fromkeys(row.hedge for row in rows))}
    return _Read(
        own=columns_of(rows),
        hedged=np.array([row.source == Source.LEXICON for row in rows], bool),
        lexicon=np.array([-1 if row.lexicon is None else row.lexicon for row in rows], int),
        hedge=np.array([known[row.hedge] for row in rows], int),
        hedges=tuple(known),
    )


def _under(read: _Read, table: Table) -> dict[str, Any]:
    own = read.own
    ranges = [range_of(hedge, table.entries) for hedge in read.hedges]
    known = np.array([one is not None for one in ranges], bool)[read.hedge]
    ends = np.array([one or (0.0, 0.0) for one in ranges]).reshape(-1, 2)[read.hedge]
    # What was read under this very version stays.
    anew = known & read.hedged & (read.lexicon != table.lexicon)
    again = replace(
        own, low=np.where(anew, ends[:, 0], own.low), high=np.where(anew, ends[:, 1], own.high)
    )
    changed = own.scored & ((again.low != own.low) | (again.high != own.high))
    hedged = own.scored & read.hedged
    gains = again.improvements - own.improvements
    return {
        "lexicon": table.lexicon,
        "name": table.name,
        "version": table.version,
        "rescored": int(np.count_nonzero(hedged & known)),
        "changed": int(np.count_nonzero(changed)),
        "not_in_lexicon": int(np.count_nonzero(hedged & ~known)),
        "not_by_lexicon": int(np.count_nonzero(own.scored & ~read.hedged)),
        "score": score_of(again),
        "improvement": improvement_of(again),
        "difference": figure(clustered_mean(gains, own.clusters), None, possible=(-1, 1)),
    }


def range_of(hedge: str, entries: Sequence[Entry]) -> Range | None:
    """What these entries make of a hedge, 0 to 1 in thousandths; None where they do not read all of it.

    Neither figures ("a 60% chance") nor a plain "will" belong to any lexicon.
    """
    phrase = _words(hedge)
    listed = {_words(one): (low, high) for one, low, high in entries}
    if phrase in listed:
        return listed[phrase]
    found = find_hedge(phrase, entries)
    if found is None or found.stated or found.unhedged or found.phrase != phrase:
        return None
    if found.low is None or found.high is None:
        return None
    return _stored(found.low), _stored(found.high)


def _stored(value: float) -> float:
    """As a proposal's range is stored, so that the same words have the same range."""
    return float(Decimal(str(value)).quantize(STEP))


def _words(text: str) -> str:
    """Lower case, single spaces."""
    return " ".join(text.lower().split())
