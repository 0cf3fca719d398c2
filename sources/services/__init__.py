"""Writes of the sources room, one file per noun."""

from sources.services.claimants import (
    add_claimant,
    add_claimants,
    claimant_named,
    claimants_named,
    folded,
)
from sources.services.corrections import DocumentProblem, correct_document
from sources.services.documents import capture_document, capture_version, read_page
from sources.services.events import Received, receive_items
from sources.services.excerpts import Excerpts, capture_excerpts
from sources.services.feeds import add_feed, ask_to_poll, poll_feed, toggle_feed
from sources.services.looking import check_page
from sources.services.notices import NoticeProblem, mark_document, mark_event, take_back_notice
from sources.services.pruning import Pruned, prune_documents
from sources.services.publishers import (
    PublisherProblem,
    edit_publisher,
    grade_publisher,
    merge_publishers,
    part_publisher,
    publisher_for,
)
from sources.services.retractions import lay_retraction, waiting_retractions
from sources.services.watches import due_watches, rest_watches, unwatched, watch_page

__all__ = [
    "DocumentProblem",
    "Excerpts",
    "NoticeProblem",
    "Pruned",
    "PublisherProblem",
    "Received",
    "add_claimant",
    "add_claimants",
    "add_feed",
    "ask_to_poll",
    "capture_document",
    "capture_excerpts",
    "capture_version",
    "check_page",
    "claimant_named",
    "claimants_named",
    "correct_document",
    "due_watches",
    "edit_publisher",
    "folded",
    "grade_publisher",
    "lay_retraction",
    "mark_document",
    "mark_event",
    "merge_publishers",
    "part_publisher",
    "poll_feed",
    "prune_documents",
    "publisher_for",
    "read_page",
    "receive_items",
    "rest_watches",
    "take_back_notice",
    "toggle_feed",
    "unwatched",
    "waiting_retractions",
    "watch_page",
]
