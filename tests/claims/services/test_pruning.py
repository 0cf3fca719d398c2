"""Old texts of streams go when nothing leans on them; what is leaned on stays, whoever is at work."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from claims.models import Evidence
from claims.queries import events_with_counts
from claims.services import accept_evidence, prune_old_documents, reject_evidence, undo_evidence
from claims.tasks import prune_old_documents as task
from sources.importing import Item
from sources.models import Document, Event, EventReport, Notice, PrunedReport
from sources.services import pruning, receive_items
from tests.factories.claims import EvidenceFactory
from tests.factories.sources import DocumentFactory, EventFactory, FeedFactory, QuoteFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
AGE = timedelta(days=90)
OLD = NOW - timedelta(days=100)


def reported(**fields: object) -> Document:
    """An old report of an event of its own."""
    wanted = {"origin": "feed", "captured_at": OLD, "published_at": OLD, **fields}
    document = DocumentFactory(**wanted)
    EventFactory(title=f"Event {document.pk}", report=document)
    return document


def left() -> set[Document]:
    prune_old_documents(older_than=AGE, at=NOW)
    return set(Document.objects.all())


def test_old_text_of_a_stream_goes_and_its_event_stays_with_its_counts() -> None:
    feed = FeedFactory()
    document = reported(feed=feed, publisher=feed.publisher)
    event = document.event_report.event
    reported_at = event.first_reported_at

    assert left() == set()

    stays = PrunedReport.objects.get()
    assert (stays.event, stays.feed, stays.publisher) == (event, feed, feed.publisher)
    assert (stays.document_number, stays.content_hash) == (document.pk, document.content_hash)
    assert events_with_counts().get().report_count == 1
    assert Event.objects.get().first_reported_at == reported_at


@pytest.mark.parametrize("origin", ["paste", "upload", "page", "hand", "capture", "excerpt"])
def test_what_somebody_brought_or_captured_stays(origin: str) -> None:
    document = reported(origin=origin)

    assert left() == {document}


def test_what_is_young_stays() -> None:
    document = reported(captured_at=NOW - timedelta(days=89))

    assert left() == {document}


def test_what_is_quoted_noticed_or_evidence_stays(analyst: User) -> None:
    quoted, noticed, accepted, rejected, undone = (reported() for _ in range(5))
    QuoteFactory(document=quoted)
    Notice.objects.create(kind="corrected", document=noticed)
    links = [
        EvidenceFactory(event=one.event_report.event, document=one)
        for one in (accepted, rejected, undone)
    ]
    accept_evidence(evidence=links[0], stance=1, by=analyst)
    reject_evidence(evidence=links[1], by=analyst)
    accept_evidence(evidence=links[2], stance=1, by=analyst)
    undo_evidence(evidence=links[2], by=analyst)

    assert left() == {quoted, noticed, accepted, rejected, undone} | set(
        Document.objects.filter(origin="paste")
    )


def test_suggestion_that_nobody_decided_on_goes_with_its_text() -> None:
    document = reported()
    EvidenceFactory(event=document.event_report.event, document=document)

    assert document not in left()
    assert not Evidence.objects.exists()


def test_versions_go_from_the_newest_on_unless_one_of_them_is_leaned_on() -> None:
    def versions(key: str) -> list[Document]:
        first = reported(url_key=key)
        return [first, reported(url_key=key, previous=first)]

    versions("a.example/loose")
    kept, young = versions("a.example/kept"), versions("a.example/young")
    QuoteFactory(document=kept[0])
    recent = reported(url_key="a.example/young", previous=young[1], captured_at=NOW)

    assert left() == {*kept, *young, recent}


def test_what_was_pruned_is_known_when_it_arrives_again() -> None:
    item = Item(
        row=1, title="The ports open", summary="", published_at=OLD, url="https://a.example/1"
    )
    receive_items([item], by=None)
    prune_old_documents(older_than=timedelta(0), at=NOW + timedelta(days=400))
    assert not Document.objects.exists()

    received = receive_items([item], by=None)

    assert (received.stored, received.known) == (0, 1)
    assert Event.objects.count() == 1


def test_batches_are_bounded_and_go_on_where_the_last_ended(monkeypatch: Any) -> None:
    monkeypatch.setattr(pruning, "BATCH", 2)
    for _ in range(5):
        reported()

    first = prune_old_documents(older_than=AGE, at=NOW, batches=1)
    assert (first.documents, first.batches) == (2, 1)
    rest = prune_old_documents(older_than=AGE, at=NOW)
    assert (rest.documents, rest.batches) == (3, 2)
    assert EventReport.objects.count() == 0


def test_command_counts_first_and_prunes_then() -> None:
    reported()
    out = StringIO()

    call_command("prune_documents", older_than=90, dry_run=True, stdout=out)
    assert Document.objects.count() == 1
    call_command("prune_documents", "--older-than", "30", stdout=out)

    assert out.getvalue().splitlines() == [
        "1 documents older than 90 days may be pruned.",
        "1 documents pruned in 1 batches.",
    ]


def test_command_wants_an_age() -> None:
    with pytest.raises(CommandError, match="Say how old"):
        call_command("prune_documents")


def test_nothing_is_pruned_unless_the_install_is_set_to(settings: Any) -> None:
    reported()

    task()
    assert Document.objects.count() == 1
    settings.PRUNE_AFTER_DAYS = 30
    task()
    assert Document.objects.count() == 0
