"""One row of a table to what a claim is made of, with every problem on the way there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from claims.importing import values
from claims.importing.columns import label
from claims.importing.values import CellError, short
from claims.models import Claim
from sources.models import Claimant, Document, Publisher
from sources.services import Excerpts

# The name of a column, "" for the row as a whole, and what is wrong there.
type RowProblem = tuple[str, str]

TEXTS = (
    *("statement", "speaker", "condition", "hedge", "horizon", "held_if", "failed_if"),
    *("metric", "threshold"),
)
READERS: dict[str, Callable[[str], Any]] = {
    "said_on": values.day,
    "kind": values.kind,
    "topics": values.topics,
    "stake": values.stake,
    "probability_source": values.source,
    "low": values.probability,
    "high": values.probability,
    "base_rate": values.probability,
    "opens_on": values.day,
    "due_earliest": values.day,
    "due_on": values.day,
    "due_latest": values.day,
    "checkpoints": values.days,
    "judged": values.judged,
    "published_on": values.day,
}
# Of a model's field where a cell is kept in no claim.
LONGEST = {
    "claimant": Claimant._meta.get_field("name").max_length,
    "author": Document._meta.get_field("author").max_length,
    "publisher": Publisher._meta.get_field("name").max_length,
    "url": Document._meta.get_field("url").max_length,
}
OF_SOURCE = ("url", "title", "author", "published_on")


@dataclass(slots=True)
class Parsed:
    """What a row says; where it has problems, as far as it can be told.

    `fields` are those of a claim, without what only the ledger can tell: its quote, its claimant,
    its lexicon and its base rate.
    """

    quote: str
    claimant: str
    lexicon: str
    fields: dict[str, Any]
    source: Excerpts
    base_rate: dict[str, Any] | None = None
    checkpoints: list[date] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def parsed(row: dict[str, str]) -> Parsed:
    """What the cells of a row say, by field."""
    problems: list[RowProblem] = _missing(row)
    read = _read(row, problems)
    fields: dict[str, Any] = {name: row.get(name, "") for name in TEXTS}
    fields["statement"] = fields["statement"] or row.get("quote", "")
    fields["kind"] = read.get("kind", Claim.Kind.EVENT)
    fields |= {"said_on": read.get("said_on")} | _horizon(row, read)
    for name in ("topics", "stake", "judged", "probability_source"):
        if name in read:
            fields[name] = read[name]
    fields["probability_low"], fields["probability_high"] = read.get("low"), read.get("high")
    return Parsed(
        quote=row.get("quote", ""),
        claimant=row.get("claimant", ""),
        lexicon=row.get("lexicon", ""),
        fields=fields,
        source=_source(row, read.get("published_on")),
        base_rate=_base_rate(row, read, problems),
        checkpoints=read.get("checkpoints", []),
        problems=problems,
    )


def _missing(row: dict[str, str]) -> list[RowProblem]:
    problems = []
    if "quote" not in row:
        problems.append((label("quote"), "the exact words are missing"))
    if not {"claimant", "speaker"} & row.keys():
        problems.append((label("claimant"), "nobody is named, here or as the speaker"))
    if "said_on" not in row:
        problems.append((label("said_on"), "the day is missing"))
    return problems


def _read(row: dict[str, str], problems: list[RowProblem]) -> dict[str, Any]:
    """The cells that are no plain text, as values."""
    read = {}
    for name, reader in READERS.items():
        if name in row:
            try:
                read[name] = reader(row[name])
            except CellError as error:
                problems.append((label(name), str(error)))
    for name, longest in LONGEST.items():
        if longest and len(row.get(name, "")) > longest:
            problems.append((label(name), f"is longer than {longest:,} characters"))
    if "url" in row and not _is_address(row["url"]):
        words = f"{short(row['url'])} is no address such as https://example.org/article"
        problems.append((label("url"), words))
    return read


def _is_address(words: str) -> bool:
    try:
        parts = urlsplit(words)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in words
    except ValueError:  # such as http://[broken
        return False


def _horizon(row: dict[str, str], read: dict[str, Any]) -> dict[str, date | None]:
    """The four dates. A due date alone is all of them, on a claim that opens when it was said."""
    due = read.get("due_on")
    if due and not {"opens_on", "due_earliest", "due_latest"} & row.keys():
        opens = read.get("said_on")
        return {"opens_on": opens, "due_earliest": due, "due_on": due, "due_latest": due}
    return {name: read.get(name) for name in ("opens_on", "due_earliest", "due_on", "due_latest")}


def _source(row: dict[str, str], published_on: date | None) -> Excerpts:
    return Excerpts(
        url=row.get("url", ""),
        title=row.get("title", ""),
        author=row.get("author", ""),
        publisher=row.get("publisher", ""),
        published_on=published_on,
    )


def _base_rate(
    row: dict[str, str], read: dict[str, Any], problems: list[RowProblem]
) -> dict[str, Any] | None:
    """What `fix_base_rate` is called with, or None where there is none or something is wrong."""
    names = ("base_rate", "reference_class", "base_rate_source")
    given = [name for name in names if name in row]
    if given and len(given) < len(names):
        lacks = next(name for name in names if name not in row)
        words = "a base rate needs its class, its figure and its source"
        problems.append((label(lacks), words))
    if len(given) < len(names) or "base_rate" not in read:
        return None
    return {
        "reference_class": row["reference_class"],
        "probability": read["base_rate"],
        "source": row["base_rate_source"],
    }
