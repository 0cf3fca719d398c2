"""Notices of people: an event or a document is retracted or corrected; and taking such a mark back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import record
from sources.models import Document, Event, Notice
from sources.services.findings import event_of_page


class NoticeProblem(Exception):
    """Something cannot be marked; the message says why."""


@transaction.atomic
def mark_event(
    *, event: Event, kind: str, words: str, by: User, url: str = "", at: datetime | None = None
) -> Notice:
    """Marks an event as retracted or corrected, with the reason and the address of the notice.

    Marking it again with the same words changes nothing. Raises NoticeProblem.
    """
    locked = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    return _mark(Notice(event=locked), kind, words, url, by, at)


@transaction.atomic
def mark_document(
    *,
    document: Document,
    kind: str,
    words: str,
    by: User | None,
    url: str = "",
    at: datetime | None = None,
) -> Notice:
    """Marks a text, in all its versions so far, as retracted or corrected; and the event that it alone
    reports. Else as `mark_event`.
    """
    newest = Document.objects.versions_of(document).select_for_update(no_key=True, of=("self",))
    locked = list(newest.defer("text"))[-1]
    return _mark(Notice(document=locked, event=event_of_page(locked)), kind, words, url, by, at)


def _mark(
    notice: Notice, kind: str, words: str, url: str, by: User | None, at: datetime | None
) -> Notice:
    if kind not in Notice.MARKED:
        raise NoticeProblem("Choose whether it is retracted or corrected.")
    if not words.strip():
        raise NoticeProblem("Say why: whoever leaned on it will read it.")
    notice.kind, notice.words, notice.url = kind, words.strip(), url.strip()
    notice.by, notice.at = by, at or timezone.now()
    same = Notice.objects.standing().filter(
        kind=kind, words=notice.words, url=notice.url, by=by, is_suggestion=False
    )
    if known := same.filter(document=notice.document, event=notice.event).first():
        return known
    notice.save(force_insert=True)
    on = notice.document or notice.event
    if on:
        record(by=by, verb=f"marked {kind}", on=on, words=notice.words, url=notice.url)
    return notice


@transaction.atomic
def take_back_notice(*, notice: Notice, words: str, by: User, at: datetime | None = None) -> Notice:
    """Takes a mark back by a further row, which says why. Taking it back again changes nothing.

    Raises NoticeProblem for what was found rather than marked, and without a reason.
    """
    locked = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if known := Notice.objects.filter(takes_back=locked).first():
        return known
    if locked.kind not in Notice.MARKED or locked.takes_back_id:
        raise NoticeProblem("Only what was marked as retracted or corrected is taken back.")
    if not words.strip():
        raise NoticeProblem("Say why it is taken back.")
    taken = Notice.objects.create(
        kind=locked.kind,
        document=locked.document,
        event=locked.event,
        source=locked.source,
        words=words.strip(),
        is_suggestion=locked.is_suggestion,
        takes_back=locked,
        by=by,
        at=at or timezone.now(),
    )
    record(by=by, verb="took back", on=locked, kind=locked.kind, words=taken.words)
    return taken
