"""Reads that join models: lists with what their rows show, in a query count that does not grow."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import (
    Count,
    Exists,
    FloatField,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Greatest
from django.utils import timezone

from sources.deduplication import content_hash
from sources.health import UNWELL, State, place_of_state, state_of
from sources.importing import Item
from sources.models import (
    Document,
    Event,
    EventReport,
    Feed,
    FeedDay,
    Notice,
    Publisher,
    Quote,
)
from sources.models.events import EventQuerySet
from sources.models.feeds import FeedQuerySet
from sources.models.publishers import PublisherQuerySet

# Four weeks: items a day are told and drawn over as many.
DAYS = 28


def feeds_with_health(
    *, at: datetime | None = None, state: str = "", words: str = ""
) -> FeedQuerySet:
    """Feeds with their publisher, what needs attention first, each with

    `state`, a value of sources.health.State, and `items_a_day`, the new documents a day over those
    of the last 28 days (without today) on which it answered; None where it never did.
    """
    at = at or timezone.now()
    feeds = Feed.objects.matching(words).annotate(
        state=state_of(at), items_a_day=_items_a_day(timezone.localdate(at))
    )
    if state in State.values:
        feeds = feeds.filter(state=state)
    return feeds.select_related("publisher").order_by(place_of_state(), "name", "pk")


def feeds_by_state(*, at: datetime | None = None, words: str = "") -> dict[str, int]:
    """How many feeds are in each state that occurs."""
    at = at or timezone.now()
    states = Feed.objects.matching(words).order_by().values(state=state_of(at))
    return dict(states.annotate(n=Count("pk")).values_list("state", "n"))


def unwell_feeds(*, at: datetime | None = None) -> QuerySet[Feed]:
    """Feeds that somebody should look at."""
    return Feed.objects.alias(state=state_of(at or timezone.now())).filter(state__in=UNWELL)


def items_by_day(feeds: Iterable[Feed], *, until: date) -> dict[int, list[int]]:
    """For each feed's number the new documents of 28 days, the last of them `until`."""
    first = until - timedelta(days=DAYS - 1)
    counts = {feed.pk: [0] * DAYS for feed in feeds}
    rows = FeedDay.objects.filter(feed__in=list(counts), day__range=(first, until))
    for feed, day, items in rows.values_list("feed", "day", "items"):
        counts[feed][(day - first).days] = items
    return counts


def publishers_with_counts() -> PublisherQuerySet:
    """Standing publishers by name, with their other names, each with `document_count` and
    `last_captured_at`, None where there is none, of what came under all its names."""
    own, others = "publisher", "publisher__merged_into"
    publishers = Publisher.objects.standing().prefetch_related("merged")
    return publishers.annotate(
        document_count=_documents_of(own) + _documents_of(others),
        # The greatest of those that there are.
        last_captured_at=Greatest(_last_captured(own), _last_captured(others)),
    )


def _items_a_day(today: date) -> Subquery:
    days = FeedDay.objects.filter(
        feed=OuterRef("pk"),
        day__range=(today - timedelta(days=DAYS), today - timedelta(days=1)),
        answers__gt=0,
    )
    mean = Cast(Sum("items"), FloatField()) / Count("pk")
    return Subquery(days.order_by().values("feed").annotate(mean=mean).values("mean"))


def _documents_of(key: str) -> Coalesce:
    rows = Document.objects.filter(**{key: OuterRef("pk")}).order_by().values(key)
    # Of all columns, so that an index without the number will do.
    counted = rows.annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _last_captured(key: str) -> Subquery:
    rows = Document.objects.filter(**{key: OuterRef("pk")}).order_by("-captured_at")
    return Subquery(rows.values("captured_at")[:1])


def event_of_item(item: Item) -> Event | None:
    """The event that an item reports which was received before, None where its text was pruned."""
    digest = content_hash(item.title, item.summary)
    reports = EventReport.objects.filter(document__content_hash=digest, document__url_key=item.key)
    report = reports.select_related("event").first()
    return report.event if report else None


def documents_to_read() -> QuerySet[Document]:
    """What a stream brought and nobody took words from, with its publisher.

    An article, and any text that claims quote, may tell a reviewer who said what they are to judge
    blind; so does every other version of such a page.
    """
    quoted = Quote.objects.filter(document=OuterRef("pk"))
    versions = Quote.objects.filter(document__url_key=OuterRef("url_key")).exclude(
        document__url_key=""
    )
    streams = Document.objects.filter(origin__in=Document.ARRIVING_ORIGINS)
    return streams.filter(~Exists(quoted), ~Exists(versions)).select_related("publisher")


def events_to_read() -> EventQuerySet:
    """Events with their `mark`, each with `says_too_much`: whether it is also reported by what is not to
    be read, and may have its words; and with `titled_in_the_open`: whether what may be read has its title.
    """
    reports = EventReport.objects.filter(event=OuterRef("pk"))
    # Looked up one by one: never through all documents.
    is_open = Exists(documents_to_read().filter(pk=OuterRef("document")))
    titled = reports.filter(is_open, document__title=OuterRef("title"))
    return with_mark(Event.objects.all()).annotate(
        says_too_much=Exists(reports.filter(~is_open)), titled_in_the_open=Exists(titled)
    )


def with_mark(events: EventQuerySet) -> EventQuerySet:
    """Standing events, each with its `mark`: "retracted" or "corrected" where it is marked so, itself or
    what became part of it; else ""."""
    parts = Event.objects.one_with(OuterRef(OuterRef("pk"))).order_by().values("pk")
    # A retraction goes before a correction.
    marks = Notice.objects.marks().filter(event__in=parts).order_by("-kind").values("kind")
    return events.annotate(mark=Coalesce(Subquery(marks[:1]), Value("")))
