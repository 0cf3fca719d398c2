"""The models of the sources room, one file per noun."""

from sources.models.claimants import Claimant, ClaimantAlias
from sources.models.documents import Document, Quote
from sources.models.event_imports import (
    ColumnMapping,
    EventImport,
    EventImportPart,
    EventImportProblem,
)
from sources.models.events import Event, EventReport
from sources.models.feeds import Feed
from sources.models.publishers import Publisher, PublisherGrade, Reliability

__all__ = [
    "Claimant",
    "ClaimantAlias",
    "ColumnMapping",
    "Document",
    "Event",
    "EventImport",
    "EventImportPart",
    "EventImportProblem",
    "EventReport",
    "Feed",
    "Publisher",
    "PublisherGrade",
    "Quote",
    "Reliability",
]
