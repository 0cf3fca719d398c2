"""Writes of the sources room, one file per noun."""

from sources.services.claimants import (
    add_claimant,
    add_claimants,
    claimant_named,
    claimants_named,
    folded,
)
from sources.services.corrections import DocumentProblem, correct_document
from sources.services.documents import capture_document, read_page
from sources.services.events import Received, receive_items
from sources.services.excerpts import Excerpts, capture_excerpts
from sources.services.feeds import add_feed, ask_to_poll, poll_feed, toggle_feed
from sources.services.publishers import grade_publisher, publisher_for
from sources.services.regathering import (
    EventProblem,
    keep_apart,
    merge_events,
    split_event,
    undo_merge,
)

__all__ = [
    "DocumentProblem",
    "EventProblem",
    "Excerpts",
    "Received",
    "add_claimant",
    "add_claimants",
    "add_feed",
    "ask_to_poll",
    "capture_document",
    "capture_excerpts",
    "claimant_named",
    "claimants_named",
    "correct_document",
    "folded",
    "grade_publisher",
    "keep_apart",
    "merge_events",
    "poll_feed",
    "publisher_for",
    "read_page",
    "receive_items",
    "split_event",
    "toggle_feed",
    "undo_merge",
]
