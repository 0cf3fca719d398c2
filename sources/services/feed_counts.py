"""What is counted of each poll as it is stored, so that nobody counts documents later."""

from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from sources.models import Feed, FeedDay, FeedPoll
from sources.services.events import Received
from sources.services.feed_answers import Answer

KEPT_POLLS = 100


def count_poll(*, feed: Feed, answer: Answer, received: Received, at: datetime) -> None:
    """Adds one poll to its feed's log and to its day. Within the transaction that stores its items,
    before the feed itself is changed."""
    problems = [str(problem) for problem in received.problems[:5]]
    FeedPoll.objects.create(
        feed=feed,
        at=at,
        status=answer.status,
        milliseconds=answer.milliseconds,
        size=answer.size,
        new=received.stored,
        known=received.known,
        problem=answer.problem or "; ".join(problems),
        failed=bool(answer.problem),
    )
    _prune(feed)
    _add_to_day(feed, answer, received, at)


def _prune(feed: Feed) -> None:
    polls = FeedPoll.objects.filter(feed=feed)
    oldest_kept = polls.order_by("-id").values_list("pk", flat=True)[KEPT_POLLS - 1 : KEPT_POLLS]
    for pk in oldest_kept:
        polls.filter(pk__lt=pk).delete()


def _add_to_day(feed: Feed, answer: Answer, received: Received, at: datetime) -> None:
    day = timezone.localdate(at)
    failed = 1 if answer.problem else 0
    answered = FeedDay.objects.filter(feed=feed, answers__gt=0)
    FeedDay.objects.get_or_create(feed=feed, day=day)
    FeedDay.objects.filter(feed=feed, day=day).update(
        answers=F("answers") + 1 - failed,
        failures=F("failures") + failed,
        items=F("items") + received.stored,
        events=F("events") + received.events,
        joined=F("joined") + received.joined,
        continues=answered.filter(day=day - timedelta(days=1)).exists(),
        longest_gap=Greatest("longest_gap", _gap(feed, received, at)),
    )


def _gap(feed: Feed, received: Received, at: datetime) -> timedelta | None:
    """How long there was nothing new until now, where it was listened to all the while."""
    if received.stored and feed.quiet_since and not feed.failures:
        return at - feed.quiet_since
    return None
