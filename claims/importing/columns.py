"""Which column of a table holds what: by the names of an export, and by others people use."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from accounts.cells import original
from claims.importing.values import UNCLEAR
from sources.capture.plain import cleaned
from sources.importing import ImportFileError
from sources.importing.wording import one_line
from sources.importing.xlsx_table import Number

# What a row may hold, each with the name an export gives it and the others it is known by.
FIELDS: dict[str, tuple[str, ...]] = {
    "quote": ("quote", "exact words", "exact", "words", "quotation", "quoted words"),
    "claimant": ("claimant", "claimed by", "who"),
    "speaker": ("speaker", "said by", "name in text"),
    "said_on": ("said on", "said", "date", "said date", "date said"),
    "statement": ("statement", "claim", "claim statement"),
    "kind": ("kind", "type", "claim kind"),
    "topics": ("topics", "topic", "tags"),
    "stake": ("stake", "stakes"),
    "condition": ("condition", "conditional on", "as long as"),
    "hedge": ("hedge", "probability word", "hedge word"),
    "lexicon": ("lexicon",),
    "probability_source": ("probability from", "probability source"),
    "low": ("low", "probability low", "from", "min", "lower"),
    "high": ("high", "probability high", "to", "max", "upper"),
    "base_rate": ("base rate", "base rate probability"),
    "reference_class": ("reference class", "base rate class", "class"),
    "base_rate_source": ("base rate source", "source of the base rate"),
    "horizon": ("horizon", "horizon words", "time words"),
    "opens_on": ("opens", "opens on", "open"),
    "due_earliest": ("earliest", "due earliest", "earliest due"),
    "due_on": ("due", "due on", "due date", "deadline"),
    "due_latest": ("latest", "due latest", "latest due"),
    "checkpoints": ("checkpoints", "checkpoint", "judged on"),
    "held_if": ("held if", "held", "held when"),
    "failed_if": ("failed if", "failed", "failed when"),
    "metric": ("metric", "measure"),
    "threshold": ("threshold",),
    "judged": ("judged", "judged when"),
    "title": ("document title", "title", "document", "article", "source title", "source"),
    "author": ("document author", "author", "byline"),
    "publisher": ("publisher", "outlet", "published by"),
    "url": ("address", "url", "link", "document address", "document url", "source url"),
    "published_on": ("published on", "published", "publication date", "date published"),
}
_ADDRESS = re.compile(r"https?://\S+\Z")
_SOURCE = "source"
_FIGURE = re.compile(r"\d+([.,]\d+)?")
PERCENT = ("low", "high", "base_rate")
# An export says these of a claim; the ledger gives them anew.
NOT_TAKEN = (
    *("number", "status", "registered at", "registered at utc", "registered by"),
    "content hash",
)


def _bare(name: str) -> str:
    """A column's name without case, unit and punctuation: "Base_rate (%)" is "baserate"."""
    return re.sub(r"[\W_]+", "", name.casefold()).removesuffix("percent")


_KNOWN = {_bare(name): field for field, names in FIELDS.items() for name in names}
_LEFT = frozenset(map(_bare, NOT_TAKEN))


def label(field: str) -> str:
    """What people call a field: the name of its column in an export, without the unit."""
    return FIELDS[field][0]


def names_to_fill() -> list[str]:
    """The names of all columns that an import takes, as an export has them."""
    return [f"{label(field)} (%)" if field in PERCENT else label(field) for field in FIELDS]


def names_known(header: Sequence[str]) -> int:
    """How many names of a header an import knows."""
    return sum(_bare(name) in _KNOWN or _bare(name) in _LEFT for name in header)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which field each column holds ("" for none), which are in percent, and which are unknown.

    A column called source holds titles or, where none is for them, addresses.
    """

    fields: tuple[str, ...]
    in_percent: frozenset[str]
    unknown: tuple[str, ...]
    source: int | None = None

    def values(self, cells: Sequence[str]) -> dict[str, str]:
        """The cells that hold something, by field, as texts are kept: no apostrophe of an export,
        no control characters. A figure of a percent column bears its sign, where it is clear.
        """
        values = {}
        for place, (field, cell) in enumerate(zip(self.fields, cells, strict=False)):
            text = cleaned(original(cell))
            if place == self.source and _ADDRESS.match(text):
                values["url"] = text
            elif field and text:
                values[field] = _in_percent(text, cell) if field in self.in_percent else text
        return values


def _in_percent(text: str, cell: str) -> str:
    """What a cell of a percent column says. A spreadsheet keeps 60% as 0.6, as it does 0.6."""
    if not _FIGURE.fullmatch(text):
        return text
    unclear = isinstance(cell, Number) and 0 < float(text) <= 1
    return f"{text}{UNCLEAR if unclear else '%'}"


def recognised(header: Sequence[str], *, name: str) -> Columns:
    """The columns of a table.

    Raises ImportFileError, naming them, where columns are missing that every row needs, and where
    two hold the same.
    """
    fields = _fields(header)
    _refuse_twice(header, fields, name)
    missing = [label(field) for field in ("quote", "said_on") if field not in fields]
    if not {"claimant", "speaker"} & set(fields):
        missing.insert(1, "claimant (or speaker)")
    if missing:
        there = ", ".join(one_line(one)[:40] or "(empty)" for one in header[:12])
        raise ImportFileError(
            f"{name} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}. Its "
            f"first row is: {there}."
        )
    unknown = [
        one_line(one)[:60]
        for one, field in zip(header, fields, strict=True)
        if one.strip() and not field and _bare(one) not in _LEFT
    ]
    percent = {
        field
        for one, field in zip(header, fields, strict=True)
        if field in PERCENT and ("%" in one or "percent" in one.casefold())
    }
    bare = list(map(_bare, header))
    source = bare.index(_SOURCE) if _SOURCE in bare and "url" not in fields else None
    return Columns(fields, frozenset(percent), tuple(unknown), source)


def _fields(header: Sequence[str]) -> tuple[str, ...]:
    """The field that each column holds. A source beside a title may be anything, and is not read."""
    fields = [_KNOWN.get(_bare(one), "") for one in header]
    if fields.count("title") > 1:
        fields = [
            "" if _bare(one) == _SOURCE else field
            for one, field in zip(header, fields, strict=True)
        ]
    return tuple(fields)


def unnamed(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The columns without a name that hold something, as a spreadsheet counts them."""
    empty = {place for place, name in enumerate(header) if not name.strip()}
    filled = {place for row in rows for place in empty if place < len(row) and row[place].strip()}
    return [f"{xl_col_to_name(place)}, which has no name" for place in sorted(filled)]


def _refuse_twice(header: Sequence[str], fields: Sequence[str], name: str) -> None:
    for field in fields:
        if field and fields.count(field) > 1:
            named = [
                f"“{one_line(one)[:40]}”"
                for one, held in zip(header, fields, strict=True)
                if held == field
            ]
            raise ImportFileError(
                f"{name} has {' and '.join(named)}, which are both read as {label(field)}. Keep one."
            )
