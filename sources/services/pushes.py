"""Items that scripts push: each is stored once by its key, and a changed one is a new version."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.locks import Lock, hold
from accounts.models import User
from sources.deduplication import content_hash
from sources.importing import Item, Problem
from sources.importing.records import item_from
from sources.importing.wording import one_line
from sources.models import Document, EventReport, PrunedReport, PushedItem
from sources.services.events import receive_items

MAX_KEY = 200


class Status(StrEnum):
    """What became of a pushed item."""

    CREATED = "created"
    JOINED = "joined"
    KNOWN = "known"
    UPDATED = "updated"
    INVALID = "invalid"


@dataclass(frozen=True)
class Outcome:
    """What became of one pushed item, and where it stands."""

    key: str
    status: Status
    event: int | None = None
    document: int | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Push:
    """One item that can be stored; `place` is where its outcome goes."""

    place: int
    key: str
    item: Item

    @cached_property
    def words(self) -> tuple[str, str]:
        """What tells documents apart: content hash and canonical address."""
        return content_hash(self.item.title, self.item.summary), self.item.key

    @property
    def digest(self) -> str:
        """What is remembered of it."""
        return hashlib.sha256("\n".join(self.words).encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def push_items(*, records: Sequence[object], by: User, at: datetime | None = None) -> list[Outcome]:
    """Stores what can be stored of these records, and says of each, in their order, what became of it.

    A key is the sender's own name for an item. The same words under it are known and stored no more;
    other words are a new version of its document. Of a key that comes twice the later is the newer.
    """
    now = at or timezone.now()
    read = [_read(record, place, now) for place, record in enumerate(records)]
    # Whoever pushes the same key just now waits here, and then finds it known.
    hold(Lock.DOCUMENTS)
    outcomes: dict[int, Outcome] = {}
    for pushes in _rounds([one for one in read if isinstance(one, _Push)]):
        outcomes |= _store(pushes, by)
    return [one if isinstance(one, Outcome) else outcomes[one.place] for one in read]


def _rounds(pushes: list[_Push]) -> list[list[_Push]]:
    """Items in such turns that no key comes twice in one; most pushes take a single turn."""
    rounds: list[list[_Push]] = []
    seen: Counter[str] = Counter()
    for push in pushes:
        turn = seen[push.key]
        seen[push.key] += bool(push.key)
        rounds += [[]] if turn == len(rounds) else []
        rounds[turn].append(push)
    return rounds


def _read(record: object, place: int, now: datetime) -> _Push | Outcome:
    """The item of a record, or what is wrong with it."""
    row = place + 1
    if not isinstance(record, Mapping):
        return _invalid("", Problem(row, "", "is not a JSON object with a title and a date"))
    key = _key_of(record.get("key"), row)
    if isinstance(key, Problem):
        return _invalid("", key)
    item = item_from(record, row, at=now)
    return _invalid(key, item) if isinstance(item, Problem) else _Push(place, key, item)


def _invalid(key: str, problem: Problem) -> Outcome:
    return Outcome(key, Status.INVALID, problems=(problem,))


def _key_of(given: object, row: int) -> str | Problem:
    """The key as text; "" where none is given."""
    if given is None:
        return ""
    if isinstance(given, bool) or not isinstance(given, str | int):
        return Problem(row, "key", "is neither text nor a whole number")
    key = str(given)
    if not 0 < len(key) <= MAX_KEY:
        return Problem(row, "key", f"must have 1 to {MAX_KEY} characters")
    if key != one_line(key):
        return Problem(row, "key", "holds characters or blanks that could not be kept")
    return key


def _store(pushes: list[_Push], by: User) -> dict[int, Outcome]:
    """Stores items, no two of one key, and says what became of each by its place."""
    before = _pushed_before(pushes, by)
    same = [one for one in pushes if _is_same(one, before)]
    other = [one for one in pushes if not _is_same(one, before)]
    new = _receive(other, before, by)
    documents = _documents(other)
    outcomes = _pruned([one for one in other if one.words not in documents])
    other = [one for one in other if one.place not in outcomes]
    _remember(other, documents, by)
    found = {one.place: documents[one.words] for one in other}
    found |= {one.place: before[one.key].document_id or 0 for one in same}
    events = _events(found.values())
    for push in [*same, *other]:
        number = found[push.place]
        event, status = events.get(number, (None, Status.CREATED))
        outcomes[push.place] = Outcome(
            push.key, status if push.place in new else Status.KNOWN, event, number
        )
    return outcomes


def _pruned(pushes: list[_Push]) -> dict[int, Outcome]:
    """What is known by its words, though its text was pruned."""
    reports = PrunedReport.objects.filter(content_hash__in={one.words[0] for one in pushes})
    rows = reports.annotate(stands=Coalesce("event__merged_into", "event"))
    found = rows.values_list("content_hash", "url_key", "stands")
    events = {(digest, key): event for digest, key, event in found}
    return {one.place: Outcome(one.key, Status.KNOWN, events[one.words]) for one in pushes}


def _pushed_before(pushes: list[_Push], by: User) -> dict[str, PushedItem]:
    """What this person pushed under the same keys, as far as it was not pruned, by key."""
    keys = [one.key for one in pushes]
    found = PushedItem.objects.filter(owner=by, key__in=keys, document__isnull=False)
    return {one.key: one for one in found}


def _is_same(push: _Push, before: dict[str, PushedItem]) -> bool:
    return push.key in before and before[push.key].digest == push.digest


def _receive(pushes: list[_Push], before: dict[str, PushedItem], by: User) -> set[int]:
    """Stores what is not stored yet, and gives the places of those items."""
    known = _documents(pushes)
    fresh = {one.words: one for one in reversed(pushes) if one.words not in known}
    replaced = _replaced(fresh.values(), before)
    # First what says itself which document it follows: then no page's address leads to that one too.
    items = [replace(push.item, replaces=number) for number, push in replaced.items()]
    follows = {push.place for push in replaced.values()}
    for batch in (items, [one.item for one in pushes if one.place not in follows]):
        receive_items(batch, by=by, origin=Document.Origin.PUSH)
    return {push.place for push in fresh.values()}


def _replaced(fresh: Iterable[_Push], before: dict[str, PushedItem]) -> dict[int, _Push]:
    """New versions by the number of the document that each follows, which has no newer one yet."""
    pairs = [(before[one.key].document_id, one) for one in fresh if one.key in before]
    numbers = [number for number, _ in pairs]
    old = Document.objects.filter(previous__in=numbers).values_list("previous_id", flat=True)
    passed = set(old)
    return {number: push for number, push in pairs if number and number not in passed}


def _documents(pushes: Iterable[_Push]) -> dict[tuple[str, str], int]:
    """The numbers of the documents with these words, as far as they are stored."""
    wanted = {one.words for one in pushes}
    found = Document.objects.filter(content_hash__in={digest for digest, _ in wanted})
    rows = found.order_by().values_list("content_hash", "url_key", "pk")
    return {(digest, key): pk for digest, key, pk in rows if (digest, key) in wanted}


def _events(documents: Iterable[int]) -> dict[int, tuple[int, Status]]:
    """For each document its event, and what it became: a version, the event's first report or another."""
    earlier = EventReport.objects.filter(event=OuterRef("event"), pk__lt=OuterRef("pk"))
    rows = EventReport.objects.filter(document__in=set(documents)).order_by()
    values = rows.annotate(
        stands=Coalesce("event__merged_into", "event"), is_later=Exists(earlier)
    ).values_list("document", "stands", "document__previous", "is_later")
    return {
        number: (event, Status.UPDATED if previous else Status.JOINED if later else Status.CREATED)
        for number, event, previous, later in values
    }


def _remember(pushes: list[_Push], documents: dict[tuple[str, str], int], by: User) -> None:
    """Writes which document stands for each key now."""
    now = timezone.now()
    PushedItem.objects.bulk_create(
        (
            PushedItem(
                owner=by,
                key=one.key,
                document_id=documents[one.words],
                digest=one.digest,
                pushed_at=now,
            )
            for one in pushes
            if one.key
        ),
        update_conflicts=True,
        unique_fields=["owner", "key"],
        update_fields=["document", "digest", "pushed_at"],
    )
