"""The models of the sources room, one file per noun."""

from sources.models.claimants import Claimant, ClaimantAlias
from sources.models.documents import Document, Quote
from sources.models.event_imports import (
    ColumnMapping,
    EventImport,
    EventImportBatch,
    EventImportPart,
    EventImportProblem,
)
from sources.models.events import Event, EventReport
from sources.models.feeds import Feed, FeedDay, FeedPoll
from sources.models.gathering import Clue, Fingerprint, Regathering, Witness, WordCounts
from sources.models.notices import Notice
from sources.models.pruning import PrunedReport
from sources.models.publishers import Publisher, PublisherGrade, Reliability
from sources.models.pushes import PushedItem
from sources.models.watches import PageWatch

__all__ = [
    "Claimant",
    "ClaimantAlias",
    "Clue",
    "ColumnMapping",
    "Document",
    "Event",
    "EventImport",
    "EventImportBatch",
    "EventImportPart",
    "EventImportProblem",
    "EventReport",
    "Feed",
    "FeedDay",
    "FeedPoll",
    "Fingerprint",
    "Notice",
    "PageWatch",
    "PrunedReport",
    "Publisher",
    "PublisherGrade",
    "PushedItem",
    "Quote",
    "Regathering",
    "Reliability",
    "Witness",
    "WordCounts",
]
