"""What the worker does for sources. Each task looks in the database for what is to be done."""

import logging
from time import monotonic

from celery import shared_task

from sources import services
from sources.models import Feed, PageWatch

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


def _poll(feed: Feed) -> None:
    try:
        received = services.poll_feed(feed=feed)
    except Exception:  # one broken feed must not hold up the others
        logger.exception("Feed %s could not be polled", feed.pk)
    else:
        logger.info("Feed %s: %s new, %s known", feed.pk, received.stored, received.known)


@shared_task
def check_due_pages() -> None:
    """Looks at the watched pages whose time has come, one of each host."""
    until = monotonic() + LONGEST_SWEEP
    for watch in services.due_watches():
        if monotonic() < until:
            _check(watch)


@shared_task
def check_page(watch_id: int) -> None:
    """Looks at one watched page now."""
    _check(PageWatch.objects.get(pk=watch_id))


@shared_task
def lay_retractions() -> None:
    """Lays arrived retractions and corrections to the reports they name."""
    for document in services.waiting_retractions()[:200]:
        services.lay_retraction(document=document)


def _check(watch: PageWatch) -> None:
    try:
        services.check_page(watch=watch)
    except Exception:  # one broken page must not hold up the others
        logger.exception("Page %s could not be looked at", watch.pk)
