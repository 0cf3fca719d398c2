"""Arriving items become documents, and documents of one story become one event."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import batched

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record
from sources.deduplication import content_hash
from sources.gathering import BATCH, Wordings, wordings
from sources.importing import Item, Problem
from sources.models import Document, EventReport, Feed, Publisher
from sources.services.documents import newest_versions
from sources.services.gathering import Arrival, gather
from sources.services.pruning import pruned_among
from sources.services.publishers import publishers_for
from sources.services.storing import number, store

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
    A thread draws `items`, so what yields them must not ask the database.
    """
    received = Received()
    arrived = _Arrived(by, origin, feed, publisher)
    batches = map(_read, batched(_readable(items, received), BATCH))
    with ThreadPoolExecutor(max_workers=1) as thread:
        coming = thread.submit(next, batches, None)
        while batch := coming.result():
            with transaction.atomic():
                documents, captured = _store(batch, received, arrived)
                # From here on it is the database that works: meanwhile a thread reads the next batch.
                coming = thread.submit(next, batches, None)
                _gather(batch, documents, captured, received, by=by)
    return received


# Places of items by what identifies them: their content hash and canonical address.
type Keyed = dict[tuple[str, str], int]
# Documents by the places of their items.
type Placed = dict[int, Document]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Items, each with what identifies it (its content hash and canonical address) and what it says."""

    items: Sequence[Item]
    identities: Sequence[tuple[str, str]]
    said: Wordings


def _read(items: Sequence[Item]) -> _Batch:
    return _Batch(
        items,
        identities=[(content_hash(one.title, one.summary), one.key) for one in items],
        said=wordings([(one.title, one.summary) for one in items]),
    )


def _readable(items: Iterable[Item | Problem], received: Received) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Problem):
            received.note(item)
        else:
            yield item


@dataclass(frozen=True, slots=True)
class _Arrived:
    """How items came to be known."""

    by: User | None
    origin: str
    feed: Feed | None
    publisher: Publisher | None


def _store(batch: _Batch, received: Received, arrived: _Arrived) -> tuple[Placed, Placed]:
    """Stores what is not known yet; gives its documents, and those captured before that were no reports."""
    hold(Lock.DOCUMENTS)
    fresh, captured = _not_reported(batch)
    documents = _new_versions(batch, fresh, arrived)
    _save([*documents.values()])
    received.stored += len(documents)
    received.known += len(batch.items) - len(documents)
    return documents, captured


def _gather(
    batch: _Batch, documents: Placed, captured: Placed, received: Received, *, by: User | None
) -> None:
    telling = documents | captured
    if not telling:
        return
    arrivals = [Arrival(batch.items[place], document) for place, document in telling.items()]
    gathered = gather(arrivals, batch.said.of([*telling]))
    received.events += gathered.events
    received.joined += gathered.joined
    counts = {"items": len(batch.items), "stored": len(documents)}
    record(by=by, verb="received", on=arrivals[0].document, **counts)


def _new_versions(batch: _Batch, fresh: Keyed, arrived: _Arrived) -> Placed:
    """Documents of the items at these places, by place, each after the version of its page before it."""
    publishers = _publishers([batch.items[place] for place in fresh.values()], arrived.publisher)
    versions = newest_versions([key for _, key in fresh])
    documents: Placed = {}
    for (digest, key), place in fresh.items():
        item = batch.items[place]
        # Two versions of one page in one batch follow each other.
        before = versions.get(key)
        if before and item.is_coded and _published_later(before, item):
            continue
        document = _document(item, digest, key, arrived)
        document.publisher_id = publishers[item.publisher or item.url]
        document.previous = Document(pk=item.replaces) if item.replaces else before
        if key:
            versions[key] = document
        documents[place] = document
    return documents


def _published_later(before: Document, item: Item) -> bool:
    """Whether a version is newer than an item: an older file of the same source may come after it."""
    return before.published_at is not None and before.published_at > item.published_at


def _not_reported(batch: _Batch) -> tuple[Keyed, Placed]:
    """The places of items that are not stored yet, by what identifies them, in their order; and by place
    the documents of those that somebody captured as an article before they arrived as news."""
    keyed = {identity: place for place, identity in enumerate(batch.identities)}
    stored = Document.objects.filter(content_hash__in={digest for digest, _ in keyed}).annotate(
        reported=Exists(EventReport.objects.filter(document=OuterRef("pk")))
    )
    captured: Placed = {}
    for document in stored:
        place = keyed.pop((document.content_hash, document.url_key), None)
        if place is not None and not document.reported:
            captured[place] = document
    for gone in pruned_among({digest for digest, _ in keyed}):
        keyed.pop(gone, None)
    return keyed, captured


def _publishers(items: Sequence[Item], otherwise: Publisher | None) -> dict[str, int | None]:
    """The publisher of each item by number, by what it names: itself, or else its address."""
    given = {item.publisher for item in items}
    named = {item.publisher or item.url for item in items}
    asked = {words for words in named if words and (not otherwise or words in given)}
    found = publishers_for(asked)
    publishers = {words: found.get(words, otherwise) for words in named}
    return {words: one.pk if one else None for words, one in publishers.items()}


def _document(item: Item, digest: str, key: str, arrived: _Arrived) -> Document:
    return Document(
        origin=arrived.origin,
        feed_id=arrived.feed.pk if arrived.feed else None,
        captured_by_id=arrived.by.pk if arrived.by else None,
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


def _save(documents: Sequence[Document]) -> None:
    """Stores documents; one may be the version before another."""
    number(documents)
    for document in documents:
        if document.previous:
            document.previous_id = document.previous.pk  # the number that it has by now
    store(documents)
