"""Arrived items that take a story back or correct it: found by their heads, and laid to that story.

Conservative: where the same publisher's earlier report is known, that report is marked; where it is
only likely, the notice is a suggestion for somebody to look at; else it stands by itself.
"""

import re
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.services import record
from sources.models import Document, EventReport, Notice
from sources.retractions import Told, told_by
from sources.services.findings import event_of_page

# How long after a story its correction is looked for, and among how many of the publisher's reports.
LOOKED_BACK = timedelta(days=30)
MOST_REPORTS = 5_000
SAME_STORY = 0.6


def waiting_retractions() -> QuerySet[Document]:
    """Items that say that they take a story back or correct it, and were not laid to it yet."""
    laid = Notice.objects.filter(source=OuterRef("pk"))
    reported = EventReport.objects.filter(document=OuterRef("pk"))
    waiting = Document.objects.retracting().filter(Exists(reported), ~Exists(laid))
    return waiting.order_by("pk")


@transaction.atomic
def lay_retraction(*, document: Document, at: datetime | None = None) -> Notice:
    """The notice that an arrived item is: of the report or event that it names, or by itself."""
    told = told_by(document.title) or Told(retracts=False, story="")
    notice = _named_by(document) or _likely_named_by(document, told)
    notice.kind = Notice.Kind.RETRACTED if told.retracts else Notice.Kind.CORRECTED
    notice.source, notice.words = document, document.title
    # What arrives may call anything an address.
    notice.url = document.url if document.url.startswith(("http://", "https://")) else ""
    notice.at = at or timezone.now()
    # Somebody else may have just done it.
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    stored = Notice.objects.get(source=document, takes_back=None)
    record(by=None, verb="noticed", on=stored, kind=stored.kind, suggestion=stored.is_suggestion)
    return stored


def _named_by(document: Document) -> Notice | None:
    """A notice of the event that the item was gathered into, where others reported it before."""
    report = EventReport.objects.select_related("event").get(document=document)
    others = Document.objects.filter(event_report__event=report.event, pk__lt=document.pk)
    if not others.exists():
        return None
    own = others.filter(publisher=document.publisher_id).exclude(publisher=None).last()
    if own is None:
        return Notice(event=report.event, is_suggestion=True)
    by_others = EventReport.objects.filter(event=report.event).exclude(
        document__publisher=document.publisher_id
    )
    return Notice(document=own, event=None if by_others.exists() else report.event)


def _likely_named_by(document: Document, told: Told) -> Notice:
    """A suggestion of the one report by the same publisher that tells this story, or of none."""
    if own := _report_of(document, told):
        return Notice(document=own, event=event_of_page(own), is_suggestion=True)
    return Notice(is_suggestion=True)


def _report_of(document: Document, told: Told) -> Document | None:
    wanted = _words(told.story)
    if len(wanted) < 3:
        return None
    reports = Document.objects.filter(
        publisher=document.publisher_id,
        publisher__isnull=False,
        captured_at__range=(document.captured_at - LOOKED_BACK, document.captured_at),
        pk__lt=document.pk,
    ).order_by("-pk")
    titles = reports.values_list("pk", "title")[:MOST_REPORTS]
    alike = {pk: _alike(wanted, _words(title)) for pk, title in titles if not told_by(title)}
    best = sorted((share, pk) for pk, share in alike.items() if share >= SAME_STORY)[-2:]
    # Two that are as near as each other are not named.
    if not best or (len(best) == 2 and best[0][0] == best[1][0]):
        return None
    return Document.objects.defer("text").get(pk=best[-1][1])


def _words(title: str) -> set[str]:
    return set(re.findall(r"\w+", title.casefold()))


def _alike(one: set[str], other: set[str]) -> float:
    return len(one & other) / (len(one | other) or 1)
