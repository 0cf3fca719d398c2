"""Arriving items become documents, and documents of one story become one event."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record
from sources.deduplication import content_hash
from sources.importing import Item, Problem
from sources.models import Document, EventReport, Feed, Publisher
from sources.services.documents import newest_versions
from sources.services.gathering import Arrival, gather
from sources.services.pruning import pruned_among
from sources.services.publishers import publishers_for
from sources.services.storing import number, store

BATCH = 500
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
    telling: list[tuple[Item, Document]] = []
    for (digest, key), item in fresh.items():
        # Two versions of one page in one batch follow each other.
        before = versions.get(key)
        if before and item.is_coded and _published_later(before, item):
            received.known += 1
            continue
        document = _document(item, digest, key)
        document.publisher = publishers[item.publisher or item.url]
        document.origin, document.feed, document.captured_by = origin, feed, by
        document.previous = Document(pk=item.replaces) if item.replaces else before
        if key:
            versions[key] = document
        telling.append((item, document))
    documents = [document for _, document in telling]
    _save(documents)
    received.stored += len(documents)
    telling += captured
    if not telling:
        return
    gathered = gather([Arrival(*one) for one in telling])
    received.events += gathered.events
    received.joined += gathered.joined
    record(by=by, verb="received", on=telling[0][1], items=len(items), stored=len(documents))


def _published_later(before: Document, item: Item) -> bool:
    """Whether a version is newer than an item: an older file of the same source may come after it."""
    return before.published_at is not None and before.published_at > item.published_at


type Keyed = dict[tuple[str, str], Item]


def _not_reported(items: list[Item]) -> tuple[Keyed, list[tuple[Item, Document]]]:
    """Items that are not stored yet, by content hash and canonical address, in their order; and those
    that somebody captured as an article before they arrived as news."""
    keyed = {(content_hash(one.title, one.summary), one.key): one for one in items}
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
    given = {item.publisher for item in fresh.values()}
    named = {item.publisher or item.url for item in fresh.values()}
    asked = {words for words in named if words and (not otherwise or words in given)}
    found = publishers_for(asked)
    return {words: found.get(words, otherwise) for words in named}


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


def _save(documents: Sequence[Document]) -> None:
    """Stores documents; one may be the version before another."""
    number(documents)
    for document in documents:
        document.previous = document.previous  # takes the number that it has by now
    store(documents)
