"""Polling one feed: taken by a lease, asked without the database, and written down what came of it."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.locks import Lock, hold_for
from sources.models import Document, Feed
from sources.services.events import Received, receive_items
from sources.services.feed_answers import Answer, ask, read
from sources.services.feed_counts import count_poll
from sources.services.feed_moves import note_move
from sources.services.feed_times import note_failure, note_success

# A feed whose worker was killed is anybody's again after this. Longer than any answer may take,
# with all that may stand in line to be stored before it.
LEASE = timedelta(minutes=5)
BROKE_DOWN = "What it sent could not be stored; the log of the worker says why."

logger = logging.getLogger(__name__)


def poll_feed(*, feed: Feed, at: datetime | None = None) -> Received:
    """Asks a feed that is due for what is new, and stores it; nothing where it is not due any more,
    where somebody else asks it, or where its host is to be left alone for now.

    What goes wrong is written on the feed, in words, and the next poll is put off.
    """
    taken = take_feed(pk=feed.pk, at=at)
    return settle(feed=taken, answer=ask(taken), at=at) if taken else Received()


def take_feed(*, pk: int, at: datetime | None = None) -> Feed | None:
    """The feed, leased to us; None where it is not ours to ask.

    Whoever takes a feed of a host does so alone, so that its host is counted right.
    """
    now = at or timezone.now()
    feeds = Feed.objects.filter(pk=pk)
    with transaction.atomic():
        hold_for(Lock.FEED_HOSTS, feeds.values_list("host", flat=True).first() or "")
        takeable = Feed.objects.takeable(at=now, at_once=settings.FEEDS_PER_HOST)
        taken = takeable.filter(pk=pk).update(
            leased_until=now + LEASE,
            host_free_at=now + timedelta(seconds=settings.FEEDS_HOST_PAUSE),
        )
    return feeds.select_related("publisher").get() if taken else None


def settle(*, feed: Feed, answer: Answer, at: datetime | None = None) -> Received:
    """Stores what a leased feed answered. What cannot be stored is logged, and told on the feed."""
    now = at or timezone.now()
    try:
        return _written(feed, read(answer, at=now), now)
    except Exception:  # one broken feed must not hold up the others
        logger.exception("What feed %s sent could not be stored", feed.pk)
        return _written(feed, replace(answer, parsed=None, problem=BROKE_DOWN), now)


@transaction.atomic
def _written(feed: Feed, answer: Answer, now: datetime) -> Received:
    """Items, counts, times and the log of one poll: all of them or none.

    An answer whose lease has run out, or whose feed was changed by somebody meanwhile, is dropped:
    whoever holds the feed then asks for the same again.
    """
    held = Feed.objects.select_for_update(no_key=True, of=("self",)).select_related("publisher")
    locked = held.filter(pk=feed.pk, leased_until=feed.leased_until).first()
    if locked is None:
        return Received()
    received = _received(locked, answer)
    count_poll(feed=locked, answer=answer, received=received, at=now)
    if answer.problem:
        note_failure(locked, answer, now)
    else:
        note_success(locked, answer, received, now)
        note_move(locked, answer)
    locked.leased_until = None
    locked.save()
    return received


def _received(feed: Feed, answer: Answer) -> Received:
    if answer.parsed is None or answer.problem:
        return Received()
    return receive_items(
        [*answer.parsed.problems, *answer.parsed.items],
        by=None,
        origin=Document.Origin.FEED,
        feed=feed,
        publisher=feed.publisher,
    )
