"""Pages that something leans on are watched: which they are, and which are to be looked at."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from sources.models import Document, PageWatch

# What was fetched just now need not be looked at again at once.
FIRST_LOOK = timedelta(days=1)


def watch_page(*, document: Document, at: datetime | None = None) -> PageWatch | None:
    """Looks after the page of a document from now on; None for one without an address on the web.

    A page that was never fetched is fetched at once. Watching it again changes nothing.
    """
    scheme, host = _scheme_and_host(document.url)
    if not settings.WATCH_PAGES or not document.url_key or scheme not in {"http", "https"}:
        return None
    now = at or timezone.now()
    if watch := PageWatch.objects.of(document).first():
        if not watch.is_active:
            PageWatch.objects.filter(pk=watch.pk).update(is_active=True, next_check_at=now)
        return watch
    fetched = _newest_fetched(document)
    watch, made = PageWatch.objects.get_or_create(
        url_key=document.url_key,
        defaults={
            "url": document.asked_url or document.url,
            "host": host[:255],
            "document": fetched,
            "next_check_at": now + FIRST_LOOK if fetched else now,
            "steady_since": now,
        },
    )
    if made and fetched is None:
        # Only a hint: the sweep finds whatever is due.
        transaction.on_commit(lambda: _ask_to_check(watch.pk), robust=True)
    return watch


def _scheme_and_host(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.scheme, parts.hostname or ""


def _newest_fetched(document: Document) -> Document | None:
    versions = Document.objects.versions_of(document).defer("text")
    return versions.filter(origin__in=Document.FETCHED_ORIGINS).last()


def _ask_to_check(watch_id: int) -> None:
    current_app.send_task("sources.tasks.check_page", args=[watch_id])


def unwatched(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Those of the documents whose pages nobody looks after; one for each address."""
    active = PageWatch.objects.filter(url_key=OuterRef("url_key"), is_active=True)
    web = documents.filter(url__istartswith="http").exclude(url_key="").filter(~Exists(active))
    return web.order_by("url_key", "-pk").distinct("url_key")


def rest_watches(*, leaned_on: QuerySet[Document]) -> int:
    """Looks no more after pages on which nothing leans; how many those were."""
    still = leaned_on.filter(url_key=OuterRef("url_key"))
    return PageWatch.objects.filter(~Exists(still), is_active=True).update(is_active=False)


def due_watches(*, at: datetime | None = None) -> QuerySet[PageWatch]:
    """One page of each host that may be asked now, the longest due first."""
    if not settings.WATCH_PAGES:
        return PageWatch.objects.none()
    due = PageWatch.objects.due(at=at).order_by("host", "next_check_at").distinct("host")
    return PageWatch.objects.filter(pk__in=due.values("pk")).order_by("next_check_at")
