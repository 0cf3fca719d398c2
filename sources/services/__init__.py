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
from sources.services.event_files import StoredFile
from sources.services.event_imports import (
    ImportProblem,
    begin_event_import,
    cancel_event_import,
    run_event_import,
    start_event_import,
)
from sources.services.events import Received, receive_items
from sources.services.excerpts import Excerpts, capture_excerpts
from sources.services.feed_lists import AddedFeeds, add_feeds, listed_feeds
from sources.services.feeds import (
    FeedProblem,
    add_feed,
    ask_to_poll,
    delete_feed,
    edit_feed,
    mute_feed,
    pause_feed,
    resume_feed,
)
from sources.services.mappings import fitting_mappings, forget_mapping, remember_mapping
from sources.services.polling import poll_feed, take_feed
from sources.services.publishers import grade_publisher, publisher_for
from sources.services.pushes import Outcome, push_items
from sources.services.sweep import poll_due_feeds

__all__ = [
    "AddedFeeds",
    "DocumentProblem",
    "Excerpts",
    "FeedProblem",
    "ImportProblem",
    "Outcome",
    "Received",
    "StoredFile",
    "add_claimant",
    "add_claimants",
    "add_feed",
    "add_feeds",
    "ask_to_poll",
    "begin_event_import",
    "cancel_event_import",
    "capture_document",
    "capture_excerpts",
    "claimant_named",
    "claimants_named",
    "correct_document",
    "delete_feed",
    "edit_feed",
    "fitting_mappings",
    "folded",
    "forget_mapping",
    "grade_publisher",
    "listed_feeds",
    "mute_feed",
    "pause_feed",
    "poll_due_feeds",
    "poll_feed",
    "publisher_for",
    "push_items",
    "read_page",
    "receive_items",
    "remember_mapping",
    "resume_feed",
    "run_event_import",
    "start_event_import",
    "take_feed",
]
