"""Whole lists of feeds: many added at once, and all of them told."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import record_all
from sources.importing import Problem
from sources.models import Feed
from sources.opml import Outline
from sources.services.publishers import publishers_for

# What is added together is first asked over this time, so that it does not come due together ever after.
FIRST_ASKED_WITHIN = timedelta(minutes=15)


@dataclass
class AddedFeeds:
    """What became of a list of feeds."""

    added: list[Feed] = field(default_factory=list)
    known: int = 0
    problems: list[Problem] = field(default_factory=list)


@transaction.atomic
def add_feeds(
    *, rows: Iterable[Outline | Problem], by: User | None, at: datetime | None = None
) -> AddedFeeds:
    """Adds the feeds of a list in a few statements; known addresses are passed over, also within it."""
    rows = list(rows)
    outlines = {row.url: row for row in reversed(rows) if isinstance(row, Outline)}
    known = set(Feed.objects.filter(url__in=outlines).values_list("url", flat=True))
    fresh = [one for one in reversed(outlines.values()) if one.url not in known]
    sources = publishers_for({one.publisher or one.url for one in fresh})
    made = [
        Feed(
            url=one.url,
            name=one.name or sources[one.publisher or one.url].name,
            publisher=sources[one.publisher or one.url],
            every_minutes=one.every_minutes,
            is_active=not one.is_paused,
            next_poll_at=_first_asked(at or timezone.now(), one.every_minutes),
        )
        for one in fresh
    ]
    # Somebody else may add one of them just now: theirs stands.
    Feed.objects.bulk_create(made, ignore_conflicts=True, batch_size=1000)
    added = list(Feed.objects.filter(url__in=[one.url for one in made]).select_related("publisher"))
    record_all(by=by, verb="added", on=added)
    told = sum(isinstance(row, Outline) for row in rows)
    problems = [row for row in rows if isinstance(row, Problem)]
    return AddedFeeds(added, told - len(added), problems)


def listed_feeds() -> Iterator[Outline]:
    """Every feed as it stands in a list, by publisher and name."""
    feeds = Feed.objects.select_related("publisher").order_by("publisher__name", "name", "pk")
    for feed in feeds.iterator():
        yield Outline(
            url=feed.url,
            name=feed.name,
            publisher=feed.publisher.name,
            every_minutes=feed.every_minutes,
            is_paused=not feed.is_active,
        )


def _first_asked(now: datetime, every_minutes: int) -> datetime:
    within = min(FIRST_ASKED_WITHIN, timedelta(minutes=every_minutes))
    return now + within * random.random()  # noqa: S311 - no secret
