"""Reports of events out of files and feeds: one file per format, one shape for all of them."""

from sources.importing.feeds import parse_feed
from sources.importing.reading import FORMATS, read_items
from sources.importing.types import FeedError, ImportFileError, Item, ParsedFeed, Problem

__all__ = [
    "FORMATS",
    "FeedError",
    "ImportFileError",
    "Item",
    "ParsedFeed",
    "Problem",
    "parse_feed",
    "read_items",
]
