"""The same claims scored again with what another lexicon makes of their hedges.

A phrase that the lexicon lists has its range there. One that it does not list has the range that
extraction would read by it, boosted or negated ("very likely", "not likely": Mosteller and Youtz 1990,
see claims.extraction.hedges), provided that it reads the whole phrase. All other claims keep the range
that they were registered with.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from claims.extraction.hedges import find_hedge
from claims.extraction.types import Entry
from reports.scoring.intervals import clustered_mean
from reports.scoring.rows import (
    Row,
    Source,
    clusters_of,
    figure,
    improvement_of,
    score_of,
    scored_of,
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
    return [under(rows, table) for table in tables]


def under(rows: Sequence[Row], table: Table) -> dict[str, Any]:
    """Score and improvement over the base rate of claims that were due, by this table.

    `rescored`, `not_in_lexicon` and `not_by_lexicon` sum to the scored claims: those whose hedge it
    reads, those whose hedge it does not read, those whose range came of no hedge. `changed` have
    another range than their own. `difference` is the mean of (improvement by the table − own
    improvement), −1 to 1: claims are paired with themselves, their interval is clustered by document.
    """
    reading = _reader(table)
    again = [_reread(row, reading, table) for row in rows]
    scored, anew = scored_of(rows), scored_of(again)
    hedged = [row for row in scored if row.source == Source.LEXICON]
    known = sum(reading(row.hedge) is not None for row in hedged)
    gains = [
        (new.improvement or 0.0) - (old.improvement or 0.0)
        for old, new in zip(scored, anew, strict=True)
    ]
    return {
        "lexicon": table.lexicon,
        "name": table.name,
        "version": table.version,
        "rescored": known,
        "changed": sum(_range(old) != _range(new) for old, new in zip(scored, anew, strict=True)),
        "not_in_lexicon": len(hedged) - known,
        "not_by_lexicon": len(scored) - len(hedged),
        "score": score_of(again),
        "improvement": improvement_of(again),
        "difference": figure(clustered_mean(gains, clusters_of(scored)), None, possible=(-1, 1)),
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


def _reader(table: Table) -> Callable[[str], Range | None]:
    """`range_of` by this table, each hedge read once: many claims share few of them."""
    return cache(lambda hedge: range_of(hedge, table.entries))


def _reread(row: Row, reading: Callable[[str], Range | None], table: Table) -> Row:
    """The row with its range by the table, or as it is. What was read under this very version stays."""
    if row.source != Source.LEXICON or row.lexicon == table.lexicon:
        return row
    found = reading(row.hedge)
    return row if found is None else replace(row, low=found[0], high=found[1])


def _range(row: Row) -> Range:
    return row.low, row.high


def _stored(value: float) -> float:
    """As a proposal's range is stored, so that the same words have the same range."""
    return float(Decimal(str(value)).quantize(STEP))


def _words(text: str) -> str:
    """Lower case, single spaces."""
    return " ".join(text.lower().split())
