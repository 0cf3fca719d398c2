"""What a poll changes on its feed: when it is asked again, how it is, and whether it is quiet."""

import random
from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.utils import timezone

from accounts.services import record
from sources.models import Feed, FeedDay
from sources.services.events import Received
from sources.services.feed_answers import Answer
from sources.silence import LEARNED_FROM, silent_after
from sources.waiting import asked_to_wait, backed_off, strayed

# A server that is asked too often is given this long at most on account of one of its feeds: what
# it says for longer holds for that feed alone.
LONGEST_HOST_PAUSE = timedelta(minutes=5)
_TELLS_WHEN = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
GONE_WORDS = "The server says that this feed is gone for good (410). Nobody asks it any more."


def note_success(feed: Feed, answer: Answer, received: Received, now: datetime) -> None:
    """Writes down an answer that was understood, whether it brought anything or not."""
    if received.stored:
        feed.last_new_at = now
    # From when it may be missed: its news, or the first answer after it could not be heard.
    if received.stored or feed.failures or feed.quiet_since is None:
        feed.quiet_since = now
    if received.stored:
        feed.silent_after = _learned(feed, now)
    feed.failures = 0
    feed.last_error = "; ".join(str(problem) for problem in received.problems[:5])
    feed.last_success_at = now
    if answer.parsed is not None and answer.fetched is not None:
        feed.etag = answer.fetched.etag[:500]
        feed.last_modified = answer.fetched.last_modified[:100]
    every = _strayed(timedelta(minutes=feed.every_minutes))
    feed.next_poll_at = now + max(every, _wait(answer, now))


def note_failure(feed: Feed, answer: Answer, now: datetime) -> None:
    """Puts a feed off that gave nothing to read, in words; one that is gone for good is paused."""
    feed.failures += 1
    feed.last_error = answer.problem
    every, wait = timedelta(minutes=feed.every_minutes), _wait(answer, now)
    if answer.status in _TELLS_WHEN and asked_to_wait(answer.retry_after, at=now) is not None:
        pause = every  # the server says itself when to come again
    else:
        pause = backed_off(every, feed.failures)
    feed.next_poll_at = now + max(_strayed(pause), wait)
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        feed.host_free_at = max(feed.host_free_at or now, now + min(wait, LONGEST_HOST_PAUSE))
    if answer.status == HTTPStatus.GONE:
        feed.is_active, feed.paused_because = False, GONE_WORDS
        record(by=None, verb="paused", on=feed, because=GONE_WORDS)


def _wait(answer: Answer, now: datetime) -> timedelta:
    """What the server asked for; a little longer, so that its feeds do not come back as one."""
    wait = asked_to_wait(answer.retry_after, at=now) or timedelta()
    return wait * (1 + settings.FEEDS_JITTER * random.random())  # noqa: S311 - no secret


def _strayed(pause: timedelta) -> timedelta:
    return strayed(pause, settings.FEEDS_JITTER, random.random())  # noqa: S311 - no secret


def _learned(feed: Feed, now: datetime) -> timedelta | None:
    days = FeedDay.objects.filter(
        feed=feed, day__gt=timezone.localdate(now - LEARNED_FROM), longest_gap__isnull=False
    )
    gaps = days.order_by().values_list("longest_gap", flat=True)
    return silent_after([gap for gap in gaps if gap], every=timedelta(minutes=feed.every_minutes))
