"""Feeds: added, and polled for new items."""

from datetime import datetime, timedelta

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import record
from sources.fetching import Fetched, FetchError, fetch
from sources.importing import ImportFileError, parse_feed
from sources.models import Document, Feed
from sources.services.events import Received, receive_items
from sources.services.publishers import publisher_for

# A feed in trouble is asked less and less often, but at least once a day.
LONGEST_PAUSE = timedelta(days=1)


@transaction.atomic
def add_feed(
    *, url: str, by: User | None, name: str = "", publisher: str = "", every_minutes: int = 15
) -> Feed:
    """A feed that is polled from now on; the one that is there already for a known address."""
    source = publisher_for(publisher or url)
    feed, made = Feed.objects.get_or_create(
        url=url.strip(),
        defaults={
            "name": name or source.name,
            "publisher": source,
            "every_minutes": every_minutes,
        },
    )
    if made:
        record(by=by, verb="added", on=feed)
        transaction.on_commit(lambda: ask_to_poll(feed), robust=True)
    return feed


@transaction.atomic
def toggle_feed(*, feed: Feed, by: User) -> Feed:
    """Pauses a feed, or polls it again from now on."""
    locked = Feed.objects.select_for_update().get(pk=feed.pk)
    locked.is_active = not locked.is_active
    locked.next_poll_at = timezone.now()
    locked.save(update_fields=["is_active", "next_poll_at"])
    record(by=by, verb="resumed" if locked.is_active else "paused", on=locked)
    return locked


def ask_to_poll(feed: Feed) -> None:
    """Makes a feed due and asks the worker for it. Only a hint: the sweep finds whatever is due."""
    Feed.objects.filter(pk=feed.pk).update(next_poll_at=timezone.now())
    current_app.send_task("sources.tasks.poll_feed", args=[feed.pk])


def poll_feed(*, feed: Feed, at: datetime | None = None) -> Received:
    """Asks a feed that is due for what is new, and stores it; nothing where it is not due any more.

    What goes wrong is written on the feed, in words, and the next poll is put off.
    """
    now = at or timezone.now()
    # Taken before asking, so that whoever comes next leaves this feed to us.
    taken = Feed.objects.filter(pk=feed.pk, next_poll_at__lte=now).update(
        next_poll_at=now + timedelta(minutes=feed.every_minutes)
    )
    if not taken:
        return Received()
    try:
        answer = fetch(
            feed.url,
            etag=feed.etag,
            last_modified=feed.last_modified,
            allow_private=settings.FETCH_ALLOW_PRIVATE,
        )
        received = _receive(feed, answer)
    except (FetchError, ImportFileError) as error:
        _put_off(feed, str(error), now)
        return Received()
    _note_success(feed, answer, received, now)
    return received


def _receive(feed: Feed, answer: Fetched) -> Received:
    if answer.not_modified:
        return Received()
    parsed = parse_feed(answer.data, content_type=answer.content_type)
    return receive_items(
        [*parsed.problems, *parsed.items],
        by=None,
        origin=Document.Origin.FEED,
        feed=feed,
        publisher=feed.publisher,
    )


def _note_success(feed: Feed, answer: Fetched, received: Received, now: datetime) -> None:
    feed.failures = 0
    feed.last_error = "; ".join(str(problem) for problem in received.problems[:5])
    feed.last_success_at = now
    if not answer.not_modified:
        feed.etag, feed.last_modified = answer.etag[:500], answer.last_modified[:100]
    feed.save(update_fields=["failures", "last_error", "last_success_at", "etag", "last_modified"])


def _put_off(feed: Feed, words: str, now: datetime) -> None:
    feed.failures += 1
    feed.last_error = words
    pause = timedelta(minutes=feed.every_minutes) * 2 ** min(feed.failures, 12)
    feed.next_poll_at = now + min(pause, LONGEST_PAUSE)
    feed.save(update_fields=["failures", "last_error", "next_poll_at"])
