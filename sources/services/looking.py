"""Looks at watched pages, politely: one page of a host at a time, and asking only for what is new."""

from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.locks import Lock, hold
from sources.capture import CaptureError
from sources.fetching import FetchError, HostNotFound, fetch
from sources.models import Notice, PageWatch
from sources.services.documents import captured_from_answer
from sources.services.findings import LONGEST_PAUSE, Finding, note_finding

# A page that a killed worker took is free again after this.
LEASE = timedelta(minutes=10)
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


def check_page(*, watch: PageWatch, at: datetime | None = None) -> Notice | None:
    """Looks at a watched page that is due, and notes what became of it; the notice, where there is one.

    A page that somebody else looks at, or whose host was asked a moment ago, is left alone.
    """
    now = at or timezone.now()
    if not _take(watch, now):
        return None
    watch.refresh_from_db()
    return note_finding(watch=watch, finding=_finding(watch), at=now)


@transaction.atomic
def _take(watch: PageWatch, now: datetime) -> bool:
    # Without the lock two workers could each take a page of the same host.
    hold(Lock.PAGES)
    due = PageWatch.objects.due(at=now).filter(pk=watch.pk)
    return due.update(next_check_at=now + LEASE, asked_at=now) == 1


def _finding(watch: PageWatch) -> Finding:
    try:
        return _look_at(watch)
    except HostNotFound as error:
        return Finding(problem=str(error), is_gone=True, is_host_gone=True)
    except FetchError as error:
        wait = _asked_to_wait(error.headers.get("Retry-After", ""))
        return Finding(problem=str(error), is_gone=error.status in GONE, wait=wait)
    except CaptureError as error:
        return Finding(problem=str(error))


def _look_at(watch: PageWatch) -> Finding:
    # Before a first version is stored, "not modified" would say nothing.
    etag, modified = (watch.etag, watch.last_modified) if watch.document_id else ("", "")
    answer = fetch(
        watch.url, etag=etag, last_modified=modified, allow_loopback=settings.FETCH_ALLOW_LOOPBACK
    )
    if _leads_home(watch.url, answer.url):
        raise FetchError(f"{watch.url} leads to the front page now.", status=HTTPStatus.GONE)
    captured = None if answer.not_modified else captured_from_answer(answer, asked_url=watch.url)
    return Finding(
        captured=captured, url=answer.url, etag=answer.etag, last_modified=answer.last_modified
    )


def _leads_home(asked: str, found: str) -> bool:
    """Whether a page of its own now leads to a front page: so newsrooms take pages away."""
    front = urlsplit(found)
    return bool(urlsplit(asked).path.strip("/")) and not front.path.strip("/") and not front.query


def _asked_to_wait(said: str) -> timedelta:
    seconds = int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else 0
    return min(timedelta(seconds=seconds), LONGEST_PAUSE)
