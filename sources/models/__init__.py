"""The models of the sources room, one file per noun."""

from sources.models.claimants import Claimant, ClaimantAlias
from sources.models.documents import Document, Quote
from sources.models.events import Event, EventReport
from sources.models.feeds import Feed, FeedDay, FeedPoll
from sources.models.publishers import Publisher, PublisherGrade, Reliability

__all__ = [
    "Claimant",
    "ClaimantAlias",
    "Document",
    "Event",
    "EventReport",
    "Feed",
    "FeedDay",
    "FeedPoll",
    "Publisher",
    "PublisherGrade",
    "Quote",
    "Reliability",
]
