"""What an import file yields, row by row, and how it fails as a whole."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sources.deduplication import bounded, url_key

MAX_TITLE = 500
MAX_SUMMARY = 20_000


class ImportFileError(Exception):
    """A file cannot be read at all; the message says what it is and what is needed."""


class FeedError(ImportFileError):
    """What a feed's address gave is no feed that can be read."""


@dataclass(frozen=True, slots=True)
class Item:
    """One report of something that happened, in plain text; `published_at` is aware, in UTC.

    `external_id` is what its source calls it, such as "acled:SYR123".
    """

    row: int
    title: str
    summary: str
    published_at: datetime
    url: str = ""
    publisher: str = ""
    language: str = ""
    occurred_on: date | None = None
    author: str = ""
    external_id: str = ""
    # The number of the document of which this is a later version, where its sender says so.
    replaces: int | None = None

    @property
    def key(self) -> str:
        """What stays the same over the versions of a report: its address, or else its source's id."""
        return url_key(self.url) or bounded(self.external_id)

    @property
    def is_coded(self) -> bool:
        """Whether its source tells events apart itself, by its own ids, with no page behind them."""
        return bool(self.external_id) and not url_key(self.url)


class Record(NamedTuple):
    """A row of a table or an object of a list, before anything is made of its fields."""

    row: int
    fields: dict[str, object]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why one row was left out."""

    row: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"row {self.row}, {self.field}" if self.field else f"row {self.row}"
        return f"{where}: {self.message}"


@dataclass(frozen=True)
class ParsedFeed:
    """A feed's title and what its entries say."""

    title: str
    items: list[Item]
    problems: list[Problem]
