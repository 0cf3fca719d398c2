"""Feeds: added, changed, paused, muted, removed. How they are polled stands in polling."""

from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import record
from sources.models import Feed, FeedDay, FeedPoll
from sources.services.publishers import publisher_for


class FeedProblem(Exception):
    """A feed cannot be changed in this way; the message says why."""


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
def edit_feed(
    *, feed: Feed, by: User, url: str, name: str, publisher: str, every_minutes: int
) -> Feed:
    """Gives a feed another name, address, publisher or interval; what changed stands in the audit.

    Raises FeedProblem where another feed has the address.
    """
    locked = _locked(feed)
    source = publisher_for(publisher or url)
    wanted = {"url": url.strip(), "name": name or source.name, "every_minutes": every_minutes}
    changed = {key: value for key, value in wanted.items() if getattr(locked, key) != value}
    if source != locked.publisher:
        changed["publisher"] = source
    if not changed:
        return locked
    told = {key: [str(getattr(locked, key)), str(value)] for key, value in changed.items()}
    _change(locked, changed)
    record(by=by, verb="changed", on=locked, **told)
    if "url" in changed:
        transaction.on_commit(lambda: ask_to_poll(locked), robust=True)
    return locked


def _change(feed: Feed, changed: dict[str, Any]) -> None:
    for key, value in changed.items():
        setattr(feed, key, value)
    if "url" in changed:
        # What is known of the old address does not hold for the new one, nor does an answer that
        # is still under way: it lost its lease.
        feed.etag = feed.last_modified = feed.last_error = feed.moved_to = ""
        feed.failures = feed.moved_seen = 0
        feed.leased_until = None
    if "every_minutes" in changed:
        soonest = timezone.now() + timedelta(minutes=feed.every_minutes)
        feed.next_poll_at = min(feed.next_poll_at, soonest)
    try:
        with transaction.atomic():
            feed.save()
    except IntegrityError as error:
        raise FeedProblem("Another feed has this address.") from error


@transaction.atomic
def pause_feed(*, feed: Feed, by: User) -> Feed:
    """Asks a feed no more until it is resumed. Nothing happens to one that is paused."""
    locked = _locked(feed)
    if locked.is_active:
        locked.is_active = False
        locked.save(update_fields=["is_active"])
        record(by=by, verb="paused", on=locked)
    return locked


@transaction.atomic
def resume_feed(*, feed: Feed, by: User, at: datetime | None = None) -> Feed:
    """Polls a paused feed again from now on; how it was when it was last asked holds until it answers.

    Nothing happens to one that is polled.
    """
    locked = _locked(feed)
    if not locked.is_active:
        locked.is_active, locked.paused_because = True, ""
        # Nobody listened meanwhile: how long it was silent is counted anew.
        locked.next_poll_at, locked.quiet_since = at or timezone.now(), None
        locked.save()
        record(by=by, verb="resumed", on=locked)
        transaction.on_commit(lambda: ask_to_poll(locked), robust=True)
    return locked


@transaction.atomic
def mute_feed(*, feed: Feed, by: User, muted: bool) -> Feed:
    """Lets a feed raise no alarm, however it is, or raise them again. It is polled all the same."""
    locked = _locked(feed)
    if locked.is_muted != muted:
        locked.is_muted = muted
        locked.save(update_fields=["is_muted"])
        record(by=by, verb="muted" if muted else "unmuted", on=locked)
    return locked


@transaction.atomic
def delete_feed(*, feed: Feed, by: User) -> None:
    """Removes a feed that brought nothing. Raises FeedProblem where it did: what it brought names it."""
    locked = _locked(feed)
    if locked.documents.exists() or locked.pruned_reports.exists():
        raise FeedProblem(f"{locked} brought documents, which name it: pause it instead.")
    record(by=by, verb="removed", on=locked, url=locked.url, name=locked.name)
    FeedPoll.objects.filter(feed=locked).delete()
    FeedDay.objects.filter(feed=locked).delete()
    locked.delete()


def ask_to_poll(feed: Feed) -> None:
    """Makes a feed due and asks the worker for it. Only a hint: the sweep finds whatever is due."""
    Feed.objects.filter(pk=feed.pk).update(next_poll_at=timezone.now())
    current_app.send_task("sources.tasks.poll_feed", args=[feed.pk])


def _locked(feed: Feed) -> Feed:
    return Feed.objects.select_for_update(of=("self",)).select_related("publisher").get(pk=feed.pk)
