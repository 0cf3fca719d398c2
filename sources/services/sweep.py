"""Polling all feeds that are due, many at a time, so that a slow one delays no other."""

import logging
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from sources.models import Feed
from sources.models.feeds import FeedQuerySet
from sources.services.feed_answers import Answer, ask
from sources.services.polling import settle, take_feed

# How long new feeds are taken on. A sweep comes every 15 seconds, and what is still being asked at
# its end holds its worker for as long as one answer may take.
SWEEP_SECONDS = 10.0
# While answers are awaited, a host whose feeds must wait may become free.
LOOK_AGAIN_SECONDS = 0.25

logger = logging.getLogger(__name__)


def poll_due_feeds(*, seconds: float = SWEEP_SECONDS) -> int:
    """Asks every feed that is due, the longest due first, in threads, and stores the answers one
    after the other in this one, which alone uses the database. Returns how many were asked."""
    until = time.monotonic() + seconds
    asking: dict[Future[Answer], Feed] = {}
    asked = 0
    with ThreadPoolExecutor(settings.FEEDS_AT_ONCE, "feed") as pool:
        while True:
            if time.monotonic() < until:
                for feed in _taken(settings.FEEDS_AT_ONCE - len(asking)):
                    asking[pool.submit(ask, feed)] = feed
                    asked += 1
            if asking:
                _settle_some(asking)
            elif not _waits_for_a_host(until):
                return asked


def _taken(at_most: int) -> list[Feed]:
    """Feeds leased to us. Only one of each host, and the next when its pause is over."""
    due = _takeable(timezone.now())
    numbers = list(due.order_by("next_poll_at").values_list("pk", flat=True)[:at_most])
    return [feed for pk in numbers if (feed := take_feed(pk=pk))]


def _takeable(at: datetime) -> FeedQuerySet:
    return Feed.objects.takeable(at=at, at_once=settings.FEEDS_PER_HOST)


def _settle_some(asking: dict[Future[Answer], Feed]) -> None:
    done, _ = wait(asking, LOOK_AGAIN_SECONDS, FIRST_COMPLETED)
    for future in done:
        feed = asking.pop(future)
        received = settle(feed=feed, answer=future.result())
        logger.info("Feed %s: %s new, %s known", feed.pk, received.stored, received.known)


def _waits_for_a_host(until: float) -> bool:
    """Whether more can be taken in time, after waiting for the first host whose pause is all that
    keeps a feed."""
    now = timezone.now()
    if _takeable(now).exists():  # a pause ended just now
        return time.monotonic() < until
    kept = Feed.objects.due(at=now).values("host")
    pauses = Feed.objects.filter(host__in=kept, host_free_at__gt=now)
    free_at = pauses.aggregate(first=Min("host_free_at"))["first"]
    if free_at is None:
        return False
    pause = (free_at - now).total_seconds()
    if time.monotonic() + pause >= until:
        return False
    time.sleep(pause)
    return True
