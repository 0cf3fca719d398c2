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
from sources.services.feeds import add_feed, ask_to_poll, poll_feed, toggle_feed
from sources.services.mappings import fitting_mappings, forget_mapping, remember_mapping
from sources.services.publishers import grade_publisher, publisher_for

__all__ = [
    "DocumentProblem",
    "Excerpts",
    "ImportProblem",
    "Received",
    "StoredFile",
    "add_claimant",
    "add_claimants",
    "add_feed",
    "ask_to_poll",
    "begin_event_import",
    "cancel_event_import",
    "capture_document",
    "capture_excerpts",
    "claimant_named",
    "claimants_named",
    "correct_document",
    "fitting_mappings",
    "folded",
    "forget_mapping",
    "grade_publisher",
    "poll_feed",
    "publisher_for",
    "read_page",
    "receive_items",
    "remember_mapping",
    "run_event_import",
    "start_event_import",
    "toggle_feed",
]
