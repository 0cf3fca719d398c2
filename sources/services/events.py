"""Arriving items become documents, and documents of one story become one event."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import batched

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record
from sources.deduplication import bands, content_hash, retold, same_story, url_key
from sources.importing import Item, Problem
from sources.models import Document, Event, EventReport, Feed, Publisher
from sources.services.documents import newest_versions
from sources.services.pruning import pruned_among
from sources.services.publishers import publisher_for

BATCH = 500
# Copies of one story appear within days; the same words a month later are another development.
COPIES_WITHIN = timedelta(days=3)
KEPT_PROBLEMS = 100


@dataclass
class Received:
    """What became of arriving items. Of the problems the first hundred are kept."""

    stored: int = 0
    known: int = 0
    events: int = 0
    joined: int = 0
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)

    def note(self, problem: Problem) -> None:
        """Counts a row that could not be read."""
        self.problem_count += 1
        if len(self.problems) < KEPT_PROBLEMS:
            self.problems.append(problem)


def receive_items(
    items: Iterable[Item | Problem],
    *,
    by: User | None,
    origin: str = Document.Origin.FILE,
    feed: Feed | None = None,
    publisher: Publisher | None = None,
) -> Received:
    """Stores items in batches, each whole or not at all; what is known already is passed over.

    `publisher` stands in where an item names none. An item that is a copy of a story of the days
    around it joins that event; any other makes one. Receiving the same items again stores nothing.
    """
    received = Received()
    for batch in batched(_readable(items, received), BATCH):
        with transaction.atomic():
            _store(list(batch), received, by=by, origin=origin, feed=feed, publisher=publisher)
    return received


def _readable(items: Iterable[Item | Problem], received: Received) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Problem):
            received.note(item)
        else:
            yield item


def _store(
    items: list[Item],
    received: Received,
    *,
    by: User | None,
    origin: str,
    feed: Feed | None,
    publisher: Publisher | None,
) -> None:
    hold(Lock.DOCUMENTS)
    fresh, captured = _not_reported(items)
    received.known += len(items) - len(fresh)
    if not fresh and not captured:
        return
    publishers = _publishers(fresh, publisher)
    versions = newest_versions([key for _, key in fresh])
    documents = []
    for (digest, key), item in fresh.items():
        # Two versions of one page in one batch follow each other.
        document = _document(item, digest, key)
        document.publisher = publishers[item.publisher or item.url]
        document.origin, document.feed, document.captured_by = origin, feed, by
        document.previous = versions.get(key)
        if key:
            versions[key] = document
        documents.append(document)
    _save_in_order(documents)
    received.stored += len(documents)
    telling = [*zip(fresh.values(), documents, strict=True), *captured]
    _report([item for item, _ in telling], [one for _, one in telling], received)
    record(by=by, verb="received", on=telling[0][1], items=len(items), stored=len(documents))


type Keyed = dict[tuple[str, str], Item]


def _not_reported(items: list[Item]) -> tuple[Keyed, list[tuple[Item, Document]]]:
    """Items that are not stored yet, by content hash and canonical address, in their order; and those
    that somebody captured as an article before they arrived as news."""
    keyed = {(content_hash(one.title, one.summary), url_key(one.url)): one for one in items}
    stored = Document.objects.filter(content_hash__in={digest for digest, _ in keyed}).annotate(
        reported=Exists(EventReport.objects.filter(document=OuterRef("pk")))
    )
    captured: list[tuple[Item, Document]] = []
    for document in stored:
        item = keyed.pop((document.content_hash, document.url_key), None)
        if item and not document.reported:
            captured.append((item, document))
    for gone in pruned_among({digest for digest, _ in keyed}):
        keyed.pop(gone, None)
    return keyed, captured


def _publishers(fresh: Keyed, otherwise: Publisher | None) -> dict[str, Publisher | None]:
    """The publisher of each item, by what it names: itself, or else its address."""
    named = {item.publisher or item.url for item in fresh.values()}
    given = {item.publisher for item in fresh.values()}
    return {
        words: otherwise
        if (otherwise and words not in given) or not words
        else publisher_for(words)
        for words in named
    }


def _document(item: Item, digest: str, key: str) -> Document:
    return Document(
        title=item.title,
        text=item.summary,
        author=item.author[:300],
        language=item.language[:16],
        url=item.url[:2000],
        url_key=key,
        content_hash=digest,
        published_at=item.published_at,
        captured_at=timezone.now(),
    )


def _save_in_order(documents: list[Document]) -> None:
    """Stores documents in one statement, and versions of those in the same batch after it."""
    later = [one for one in documents if one.previous is not None and one.previous.pk is None]
    waiting = {id(one) for one in later}
    Document.objects.bulk_create(one for one in documents if id(one) not in waiting)
    for document in later:
        document.previous = document.previous  # takes the number that it has by now
        document.save(force_insert=True)


class Nearby:
    """Events around a batch of items, by the bands that near copies share."""

    def __init__(self, items: list[Item], signatures: list[list[int]]) -> None:
        days = [item.published_at for item in items]
        found = Event.objects.near(
            start=min(days) - COPIES_WITHIN,
            end=max(days) + COPIES_WITHIN,
            bands=sorted({band for signature in signatures for band in signature}),
        )
        self._by_band: dict[int, list[Event]] = {}
        for event in found.order_by("pk"):
            self.add(event)

    def add(self, event: Event) -> None:
        """Makes an event findable for the items that follow."""
        for band in event.bands:
            self._by_band.setdefault(band, []).append(event)

    def copy_of(self, item: Item, signature: list[int]) -> Event | None:
        """The event whose story this item tells again, if any."""
        seen = {id(event): event for band in signature for event in self._by_band.get(band, ())}
        for event in seen.values():
            if _near(item, event) and same_story(
                item.title, item.summary, event.title, event.summary
            ):
                return event
        return None


def _report(items: list[Item], documents: list[Document], received: Received) -> None:
    """Joins each document to the event it tells of, or makes that event."""
    signatures = [bands(item.title, item.summary) for item in items]
    nearby = Nearby(items, signatures)
    known = _events_of([document.previous for document in documents if document.previous])
    made: list[Event] = []
    pairs: list[tuple[Event, Document]] = []
    for item, document, signature in zip(items, documents, signatures, strict=True):
        event = known.get(document.previous_id or 0)
        # An address may be that of a front page or a data set: one story after the other.
        if event is None or not (_near(item, event) and retold(item.title, event.title)):
            event = nearby.copy_of(item, signature)
        if event is None:
            event = _event(item, signature)
            made.append(event)
            nearby.add(event)
        known[document.pk] = event
        pairs.append((event, document))
    Event.objects.bulk_create(made)
    EventReport.objects.bulk_create(EventReport(event=event, document=one) for event, one in pairs)
    received.events += len(made)
    received.joined += len(pairs) - len(made)


def _near(item: Item, event: Event) -> bool:
    return abs(event.first_reported_at - item.published_at) <= COPIES_WITHIN


def _events_of(documents: list[Document]) -> dict[int, Event]:
    """The events that versions of pages reported, by the numbers of these versions.

    One may be the page itself, captured since: it is another version but no other report.
    """
    keys = {one.url_key for one in documents}
    reports = EventReport.objects.filter(document__url_key__in=keys).exclude(document__url_key="")
    last = reports.select_related("event", "document").defer("document__text").order_by("pk")
    events = {report.document.url_key: report.event for report in last}
    return {one.pk: events[one.url_key] for one in documents if one.url_key in events}


def _event(item: Item, signature: list[int]) -> Event:
    return Event(
        title=item.title,
        summary=item.summary,
        occurred_on=item.occurred_on or item.published_at.date(),
        first_reported_at=item.published_at,
        language=item.language[:16],
        bands=signature,
    )
