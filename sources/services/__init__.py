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
from sources.services.forgetting import forget_fingerprints
from sources.services.hand_events import correct_hand_event, take_back_hand_event
from sources.services.looking import check_page
from sources.services.mappings import fitting_mappings, forget_mapping, remember_mapping
from sources.services.notices import NoticeProblem, mark_document, mark_event, take_back_notice
from sources.services.polling import poll_feed, take_feed
from sources.services.pruning import Pruned, prune_documents
from sources.services.publishers import (
    PublisherProblem,
    edit_publisher,
    grade_publisher,
    merge_publishers,
    part_publisher,
    publisher_for,
    remove_publishers,
)
from sources.services.pushes import Outcome, push_items
from sources.services.regathering import (
    EventProblem,
    keep_apart,
    merge_events,
    split_event,
    undo_merge,
)
from sources.services.retractions import lay_retraction, waiting_retractions
from sources.services.sweep import poll_due_feeds
from sources.services.take_backs import ask_to_take_back, take_back_event_import
from sources.services.watches import due_watches, rest_watches, unwatched, watch_page
from sources.services.withdrawals import withdraw_events

__all__ = [
    "AddedFeeds",
    "DocumentProblem",
    "EventProblem",
    "Excerpts",
    "FeedProblem",
    "ImportProblem",
    "NoticeProblem",
    "Outcome",
    "Pruned",
    "PublisherProblem",
    "Received",
    "StoredFile",
    "add_claimant",
    "add_claimants",
    "add_feed",
    "add_feeds",
    "ask_to_poll",
    "ask_to_take_back",
    "begin_event_import",
    "cancel_event_import",
    "capture_document",
    "capture_excerpts",
    "capture_version",
    "check_page",
    "claimant_named",
    "claimants_named",
    "correct_document",
    "correct_hand_event",
    "delete_feed",
    "due_watches",
    "edit_feed",
    "edit_publisher",
    "fitting_mappings",
    "folded",
    "forget_fingerprints",
    "forget_mapping",
    "grade_publisher",
    "keep_apart",
    "lay_retraction",
    "listed_feeds",
    "mark_document",
    "mark_event",
    "merge_events",
    "merge_publishers",
    "mute_feed",
    "part_publisher",
    "pause_feed",
    "poll_due_feeds",
    "poll_feed",
    "prune_documents",
    "publisher_for",
    "push_items",
    "read_page",
    "receive_items",
    "remember_mapping",
    "remove_publishers",
    "rest_watches",
    "resume_feed",
    "run_event_import",
    "split_event",
    "start_event_import",
    "take_back_event_import",
    "take_back_hand_event",
    "take_back_notice",
    "take_feed",
    "undo_merge",
    "unwatched",
    "waiting_retractions",
    "watch_page",
    "withdraw_events",
]
