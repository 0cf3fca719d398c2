"""What the worker does for sources. Each task looks in the database for what is to be done."""

import logging

from celery import shared_task

from sources import services
from sources.models import Feed

logger = logging.getLogger(__name__)


@shared_task
def poll_due_feeds() -> None:
    """Polls the feeds whose time has come, the longest due first."""
    services.poll_due_feeds()


@shared_task
def poll_feed(feed_id: int) -> None:
    """Polls one feed now. Where it may not be asked yet, the sweep asks it when it may."""
    feed = Feed.objects.filter(pk=feed_id).first()
    if feed:
        received = services.poll_feed(feed=feed)
        logger.info("Feed %s: %s new, %s known", feed.pk, received.stored, received.known)
