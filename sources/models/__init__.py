"""The models of the sources room, one file per noun."""

from sources.models.claimants import Claimant, ClaimantAlias
from sources.models.documents import Document, Quote
from sources.models.events import Event, EventReport
from sources.models.feeds import Feed
from sources.models.publishers import Publisher, PublisherGrade, Reliability
from sources.models.pushes import PushedItem

__all__ = [
    "Claimant",
    "ClaimantAlias",
    "Document",
    "Event",
    "EventReport",
    "Feed",
    "Publisher",
    "PublisherGrade",
    "PushedItem",
    "Quote",
    "Reliability",
]
