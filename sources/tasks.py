"""What the worker does for sources. Each task looks in the database for what is to be done."""

import logging
from time import monotonic

from celery import shared_task

from sources import services
from sources.models import EventImport, Feed, PageWatch

# A sweep comes every 5 seconds; a longer one would only hold a worker from other work.
LONGEST_SWEEP = 40

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


@shared_task
def forget_fingerprints() -> None:
    """Removes what only reports of the last days are compared with."""
    forgotten = services.forget_fingerprints()
    if forgotten:
        logger.info("%s reports of the past are no longer compared", forgotten)


@shared_task
def run_waiting_event_imports() -> None:
    """Goes on with every file of events that is being imported."""
    until = monotonic() + LONGEST_SWEEP
    for event_import in EventImport.objects.at_work():
        try:
            services.run_event_import(
                event_import=event_import, seconds=max(until - monotonic(), 0)
            )
        except Exception:  # one file that breaks must not hold up the others
            logger.exception("Import %s could not be worked on", event_import.pk)


@shared_task
def run_event_import(import_id: int) -> None:
    """Goes on with one file of events."""
    services.run_event_import(
        event_import=EventImport.objects.get(pk=import_id), seconds=LONGEST_SWEEP
    )


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
        try:
            services.lay_retraction(document=document)
        except Exception:  # one that breaks must not hold up the others
            logger.exception("Retraction %s could not be laid", document.pk)


def _check(watch: PageWatch) -> None:
    try:
        services.check_page(watch=watch)
    except Exception:  # one broken page must not hold up the others
        logger.exception("Page %s could not be looked at", watch.pk)
