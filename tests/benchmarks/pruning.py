"""Pruning: how fast old texts of streams go, in batches, beside those that are leaned on.

`python -m tests.benchmarks pruning`
"""

import resource
from datetime import date, timedelta
from hashlib import sha256

from django.db import connection
from django.utils import timezone

from claims.models import Evidence
from claims.services import prune_old_documents
from claims.services.notices import watch_leaned_on_pages
from sources.models import Document, Event, EventReport, PageWatch
from sources.services.pruning import BATCH
from tests.benchmarks.database import analyse, rolled_back
from tests.benchmarks.ledger import add_claims
from tests.benchmarks.table import heading, line, once, tell
from tests.factories.accounts import UserFactory

DOCUMENTS = 100_000
# One in so many is accepted evidence, and one in so many a suggestion that nobody decided on.
ACCEPTED, SUGGESTED = 100, 20
AGE = timedelta(days=90)
TEXT = "The ports signed an agreement on trade, and the ministry published its figures. " * 5


def run() -> None:
    """Prints how long counting, pruning and looking for unwatched pages take, and what it needs."""
    heading(f"Pruning of {DOCUMENTS:,} old texts of streams, 1 in {ACCEPTED} of them evidence")
    with rolled_back():
        _fill()
        analyse()
        counted = once(lambda: prune_old_documents(older_than=AGE, dry_run=True))
        line("counting them (--dry-run)", f"{counted:.2f} s")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        took = once(lambda: prune_old_documents(older_than=AGE))
        gone = DOCUMENTS - Document.objects.filter(origin="feed").count()
        line("pruning", f"{took:.1f} s", f"{gone / took:,.0f} a second")
        line(f"a batch of {BATCH:,}", f"{took / (gone / BATCH) * 1000:.0f} ms")
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        line("memory more", f"{grown:.0f} MB")
        line("watching what is leaned on", f"{once(watch_leaned_on_pages):.2f} s")
        line("again, with nothing missed", f"{once(watch_leaned_on_pages):.2f} s")
        tell(f"  {gone:,} gone, {PageWatch.objects.count():,} pages watched")


def _fill() -> None:
    claim = add_claims(1, due_on=date(2026, 3, 21))[0]
    old = timezone.now() - AGE - timedelta(days=1)
    for start in range(0, DOCUMENTS, 10_000):
        numbers = range(start, start + 10_000)
        documents = Document.objects.bulk_create(
            Document(
                origin="feed",
                title=f"Item {number}",
                text=TEXT,
                url=f"https://harbour.example/{number}",
                url_key=f"harbour.example/{number}",
                content_hash=sha256(str(number).encode()).hexdigest(),
                published_at=old,
                captured_at=old,
            )
            for number in numbers
        )
        events = Event.objects.bulk_create(
            Event(title=one.title, occurred_on=old.date(), first_reported_at=old)
            for one in documents
        )
        pairs = list(zip(events, documents, strict=True))
        EventReport.objects.bulk_create(EventReport(event=e, document=d) for e, d in pairs)
        _link(claim, pairs, old)


def _link(claim: object, pairs: list[tuple[Event, Document]], at: object) -> None:
    by = UserFactory(username="ada")
    Evidence.objects.bulk_create(
        Evidence(claim=claim, event=event, document=document)
        for event, document in pairs[1::SUGGESTED]
    )
    Evidence.objects.bulk_create(
        Evidence(
            claim=claim,
            event=event,
            document=document,
            status="accepted",
            stance=1,
            decided_by=by,
            decided_at=at,
        )
        for event, document in pairs[::ACCEPTED]
    )
    with connection.cursor() as cursor:
        # As the end of a transaction would; else each later statement checks them all again.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
