"""What is found at a watched page, and what follows from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from accounts.locks import Lock, hold
from sources.capture import Captured
from sources.models import Document, Event, Notice, PageWatch
from sources.retractions import Told, told_by
from sources.services.documents import capture_version, newest_versions, same_words

FIRST_PAUSE = timedelta(hours=1)
LONGEST_PAUSE = timedelta(days=7)
# How long a page has stood as it is, up to, and the time between looks.
SPACING = (
    (timedelta(days=7), timedelta(days=1)),
    (timedelta(days=30), timedelta(days=3)),
    (timedelta(days=180), timedelta(days=7)),
)
RAREST = timedelta(days=30)
# A page has vanished when it was gone so often, for so long: servers err, and name servers longer.
GONE_TIMES = 3
GONE_FOR = timedelta(days=2)
HOST_GONE_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Finding:
    """One look at a page: its text, None where it is as it was; or what stood in the way."""

    captured: Captured | None = None
    url: str = ""
    etag: str = ""
    last_modified: str = ""
    problem: str = ""
    is_gone: bool = False
    is_host_gone: bool = False
    wait: timedelta = timedelta()


@transaction.atomic
def note_finding(*, watch: PageWatch, finding: Finding, at: datetime) -> Notice | None:
    """Notes what a look at a page found, stores its new version, and sets the time of the next look.

    The notice of it, where the page changed, vanished or came back.
    """
    if finding.captured:
        hold(Lock.DOCUMENTS)
    locked = PageWatch.objects.select_for_update().get(pk=watch.pk)
    if finding.problem:
        notice = _note_trouble(locked, finding, at)
    else:
        notice = _note_answer(locked, finding, at)
    locked.next_check_at = at + max(_pause(locked, at), finding.wait)
    locked.save()
    return notice


def _pause(watch: PageWatch, at: datetime) -> timedelta:
    """The time to the next look: by how often it failed, or how long the page stands as it is."""
    if watch.failures:
        return min(FIRST_PAUSE * 2 ** min(watch.failures - 1, 10), LONGEST_PAUSE)
    age = at - watch.steady_since
    return next((pause for longest, pause in SPACING if age < longest), RAREST)


def _note_trouble(watch: PageWatch, finding: Finding, at: datetime) -> Notice | None:
    watch.failures += 1
    watch.last_error = finding.problem
    if not finding.is_gone:
        return None
    watch.gone_since = watch.gone_since or at
    watch.gone_times += 1
    patience = HOST_GONE_FOR if finding.is_host_gone else GONE_FOR
    if watch.status == PageWatch.Status.VANISHED or watch.gone_times < GONE_TIMES:
        return None
    if at - watch.gone_since < patience:
        return None
    watch.status = PageWatch.Status.VANISHED
    return _notice(Notice.Kind.VANISHED, _last_of(watch), at, words=finding.problem)


def _note_answer(watch: PageWatch, finding: Finding, at: datetime) -> Notice | None:
    was_vanished = watch.status == PageWatch.Status.VANISHED
    watch.status, watch.gone_since, watch.gone_times = PageWatch.Status.STANDING, None, 0
    watch.failures, watch.last_error, watch.last_checked_at = 0, "", at
    watch.etag, watch.last_modified = finding.etag[:500], finding.last_modified[:100]
    before = _last_of(watch)
    notice = _compare(watch, finding.captured, finding.url, at) if finding.captured else None
    if was_vanished:
        back = _notice(Notice.Kind.BACK, before, at, newer=watch.document)
        return notice or back
    return notice


def _compare(watch: PageWatch, captured: Captured, url: str, at: datetime) -> Notice | None:
    """The page's version and, where another stood there before, the notice of the change."""
    before, title = watch.document, watch.title
    watch.title = captured.title
    if before is None:
        watch.document = _first_version(watch, captured, url, at)
        return None
    is_same = same_words(before.text, captured.text)
    # Under what title it was captured somebody may have chosen; only what the page said counts.
    if is_same and title in {"", captured.title}:
        return None
    watch.document = capture_version(captured=captured, key=watch.url_key, url=url, at=at)
    watch.steady_since = at
    if watch.document == before:
        return None
    if told := _newly_told(before, watch.document):
        kind = Notice.Kind.RETRACTED if told.retracts else Notice.Kind.CORRECTED
        head = watch.document.title or watch.document.text[:200]
        event = event_of_page(before)
        return _notice(kind, before, at, newer=watch.document, words=head, event=event)
    words = "Only its title is another." if is_same else ""
    return _notice(Notice.Kind.CHANGED, before, at, newer=watch.document, words=words)


def _first_version(watch: PageWatch, captured: Captured, url: str, at: datetime) -> Document:
    """What is compared with from now on: what somebody brought in, where the page says the same."""
    known = _last_of(watch)
    if known and same_words(known.text, captured.text):
        return known
    return capture_version(captured=captured, key=watch.url_key, url=url, at=at)


def _last_of(watch: PageWatch) -> Document | None:
    return watch.document or newest_versions([watch.url_key]).get(watch.url_key)


def _newly_told(before: Document, after: Document) -> Told | None:
    """What a new version says of its earlier wording in its title or first line."""
    if any(map(told_by, _heads(before))):
        return None
    return next(filter(None, map(told_by, _heads(after))), None)


def _heads(document: Document) -> tuple[str, str]:
    return document.title, document.text[:300].partition("\n")[0]


def event_of_page(document: Document) -> Event | None:
    """The event that a page's versions report, where no other page reports it."""
    versions = Document.objects.versions_of(document).order_by().values("pk")
    event = Event.objects.filter(reports__document__in=versions).first()
    if event is None or event.reports.exclude(document__in=versions).exists():
        return None
    return event


def _notice(
    kind: Notice.Kind,
    document: Document | None,
    at: datetime,
    *,
    newer: Document | None = None,
    event: Event | None = None,
    words: str = "",
) -> Notice | None:
    if document is None:
        return None
    return Notice.objects.create(
        kind=kind, document=document, newer=newer, event=event, words=words, at=at
    )
