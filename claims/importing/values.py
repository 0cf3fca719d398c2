"""One cell at a time to a value, or to words that say what is wrong with it."""

import re
from datetime import date
from decimal import Decimal

from claims.models import Claim
from claims.tables.columns import NO_SOURCE
from claims.validators import topics_in

# Other years are mistakes, and some have no midnight in every time zone.
FIRST_YEAR, LAST_YEAR = 1900, 2200
_STAKES = {"1": 1, "low": 1, "2": 2, "ordinary": 2, "3": 3, "high": 3}
# A range that coders read comes of no table.
_SOURCES = [Claim.ProbabilitySource.LEXICON, Claim.ProbabilitySource.DECLARED, NO_SOURCE]
_PERCENT = re.compile(r"(\d{1,6}(?:[.,]\d{1,20})?)\s*(%?)")
_DAY = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
# What people read beside the form: which numbers are percent and which are shares.
PERCENT_RULE = (
    "55 and 55% are percent. A number between 0 and 1 is a share, 0.55 being 55%, unless a % sign "
    "stands beside it or in the column’s name. A spreadsheet keeps 60% as the number 0.6: in a column "
    "with a % sign in its name a number up to 1 may be either and is refused. Write 60, or as text '60% "
    "or '0.6%."
)
# Stands behind such a number.
UNCLEAR = " as a number"


class CellError(ValueError):
    """A cell cannot be used; the message says why, without the name of its column."""


def day(cell: str) -> date:
    """A date as 2024-03-21, of 1900 to 2200; a time of day behind it is left out. Raises CellError."""
    match = _DAY.fullmatch(cell)
    try:
        found = date(*map(int, match.groups())) if match else None
    except ValueError:  # such as the 30th of February
        found = None
    if found is None:
        raise CellError(f"{short(cell)} is not a date; write it like 2024-03-21")
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise CellError(f"{short(cell)} is not within the years {FIRST_YEAR} to {LAST_YEAR}")
    return found


def days(cell: str) -> list[date]:
    """Dates between which there are commas, semicolons or blanks, in their order. Raises CellError."""
    found = [day(one) for one in re.split(r"[,;\s]+", cell) if one]
    return sorted(set(found))


def probability(cell: str) -> Decimal:
    """A probability of 0 to 1, by PERCENT_RULE. Raises CellError."""
    if cell.endswith(UNCLEAR):
        figure = cell.removesuffix(UNCLEAR)
        shown = f"{float(figure) * 100:.15g}"
        raise CellError(
            f"{figure} may be {figure}% or {shown}%, which a spreadsheet keeps alike; write it as "
            f"text, '{figure}% or '{shown}%"
        )
    match = _PERCENT.fullmatch(cell)
    if not match:
        raise CellError(f"{short(cell)} is not a percentage; write it like 55 or 55%")
    number = Decimal(match.group(1).replace(",", "."))
    if not match.group(2) and number == 1:
        raise CellError(
            "1 may be 1% or a share of 100%; write it with its sign, in a spreadsheet as text"
        )
    percent = number * 100 if not match.group(2) and 0 < number < 1 else number
    if percent > 100:
        raise CellError(f"{short(cell)} is more than 100%")
    if percent != round(percent, 1):
        raise CellError(f"{short(cell)} is finer than a tenth of a percent")
    return (percent / 100).quantize(Decimal("0.001"))


def kind(cell: str) -> str:
    """A kind of claim, by its name. Raises CellError."""
    return _one_of(cell, {value: value for value in Claim.Kind.values}, Claim.Kind.values)


def judged(cell: str) -> str:
    """When a claim is judged, by its name or as the form says it. Raises CellError."""
    return _one_of(cell, _by_name_and_label(Claim.Judged.choices), Claim.Judged.labels)


def source(cell: str) -> str:
    """Where a probability is from, by its name or as the form says it. Raises CellError."""
    named = _by_name_and_label(Claim.ProbabilitySource.choices)
    return _one_of(cell, {**named, NO_SOURCE: "", "not settled": ""}, _SOURCES)


def stake(cell: str) -> int:
    """1 low, 2 ordinary, 3 high, as a figure or as a word. Raises CellError."""
    return _one_of(cell, _STAKES, ["1", "2", "3"])


def topics(cell: str) -> list[str]:
    """Topics between which there are commas. Raises CellError for one that is too long."""
    found = topics_in(cell)
    for topic in found:
        if len(topic) > 60:
            raise CellError(f"{short(topic)} is longer than 60 characters")
    return found


def short(cell: str) -> str:
    """As much of a cell as a message holds, on one line."""
    words = " ".join(cell.split())
    return f"{words[:40]}…" if len(words) > 40 else words


def _by_name_and_label(choices: list[tuple[str, str]]) -> dict[str, str]:
    return {name: value for value, label in choices for name in (value, label)}


def _one_of[T](cell: str, values: dict[str, T], offered: list[str]) -> T:
    """The value of a cell; where it has none, the words tell those that are `offered`."""
    written = " ".join(cell.split()).casefold()
    if written not in values:
        raise CellError(f"{short(cell)} is none of {', '.join(offered)}")
    return values[written]
