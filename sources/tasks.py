"""What the worker does for sources. Each task looks in the database for what is to be done."""

import logging
from time import monotonic

from celery import shared_task

from sources import services
from sources.models import Feed

# A sweep comes every 15 seconds; a longer one would only hold a worker from other work.
LONGEST_SWEEP = 40

logger = logging.getLogger(__name__)


@shared_task
def poll_due_feeds() -> None:
    """Polls the feeds whose time has come, the longest due first."""
    until = monotonic() + LONGEST_SWEEP
    for feed in Feed.objects.due().select_related("publisher").order_by("next_poll_at")[:50]:
        if monotonic() < until:
            _poll(feed)


@shared_task
def poll_feed(feed_id: int) -> None:
    """Polls one feed now."""
    _poll(Feed.objects.select_related("publisher").get(pk=feed_id))


@shared_task
def forget_fingerprints() -> None:
    """Removes what only reports of the last days are compared with."""
    forgotten = services.forget_fingerprints()
    if forgotten:
        logger.info("%s reports of the past are no longer compared", forgotten)


def _poll(feed: Feed) -> None:
    try:
        received = services.poll_feed(feed=feed)
    except Exception:  # one broken feed must not hold up the others
        logger.exception("Feed %s could not be polled", feed.pk)
    else:
        logger.info("Feed %s: %s new, %s known", feed.pk, received.stored, received.known)
