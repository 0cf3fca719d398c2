"""The models of the sources room, one file per noun."""

from sources.models.claimants import Claimant, ClaimantAlias
from sources.models.documents import Document, Quote
from sources.models.events import Event, EventReport
from sources.models.feeds import Feed
from sources.models.notices import Notice
from sources.models.pruning import PrunedReport
from sources.models.publishers import Publisher, PublisherGrade, Reliability
from sources.models.watches import PageWatch

__all__ = [
    "Claimant",
    "ClaimantAlias",
    "Document",
    "Event",
    "EventReport",
    "Feed",
    "Notice",
    "PageWatch",
    "PrunedReport",
    "Publisher",
    "PublisherGrade",
    "Quote",
    "Reliability",
]
