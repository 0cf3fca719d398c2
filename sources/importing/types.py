"""What an import file yields, row by row, and how it fails as a whole."""

from dataclasses import dataclass
from datetime import date, datetime

MAX_TITLE = 500
MAX_SUMMARY = 20_000


class ImportFileError(Exception):
    """A file cannot be read at all; the message says what it is and what is needed."""


class FeedError(ImportFileError):
    """What a feed's address gave is no feed that can be read."""


@dataclass(frozen=True)
class Item:
    """One report of something that happened, in plain text; `published_at` is aware, in UTC."""

    row: int
    title: str
    summary: str
    published_at: datetime
    url: str = ""
    publisher: str = ""
    language: str = ""
    occurred_on: date | None = None
    author: str = ""
    # The number of the document of which this is a later version, where its sender says so.
    replaces: int | None = None


@dataclass(frozen=True)
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
