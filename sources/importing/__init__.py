"""Reports of events out of files and feeds: one file per format, one shape for all of them."""

from sources.importing.acled import Withdrawal
from sources.importing.feeds import parse_feed
from sources.importing.kinds import FORMATS
from sources.importing.reading import read_items, read_records, read_withdrawals, told_kind
from sources.importing.records import Plan
from sources.importing.types import (
    FeedError,
    ImportFileError,
    Item,
    ParsedFeed,
    Problem,
    Record,
)

__all__ = [
    "FORMATS",
    "FeedError",
    "ImportFileError",
    "Item",
    "ParsedFeed",
    "Plan",
    "Problem",
    "Record",
    "Withdrawal",
    "parse_feed",
    "read_items",
    "read_records",
    "read_withdrawals",
    "told_kind",
]
