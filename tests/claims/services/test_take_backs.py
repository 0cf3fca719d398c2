"""An import of events is taken back: what nothing leans on goes as if it had never come, the rest stays."""

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import AuditEntry, User
from claims.models import Evidence, Matching
from claims.services import (
    accept_evidence,
    match_waiting_events,
    take_back_event_imports,
    undo_evidence,
)
from claims.tasks import take_back_event_imports as task
from sources.importing import Item
from sources.models import Document, Event, EventImport, EventReport, Notice, Regathering
from sources.services import (
    ImportProblem,
    ask_to_take_back,
    begin_event_import,
    cancel_event_import,
    keep_apart,
    merge_events,
    receive_items,
    run_event_import,
    start_event_import,
)
from sources.services.regathering import join_events
from tests.factories.claims import EvidenceFactory
from tests.factories.sources import DocumentFactory, EventFactory, QuoteFactory

pytestmark = pytest.mark.django_db
COLUMNS = {"title": "what", "published": "when", "url": "where", "summary": "text"}
SYLLABLES = ("ba", "ko", "mi", "ru", "te", "lo", "na", "sa", "vi", "du")


def row(number: int, **fields: str) -> dict[str, str]:
    """A row that shares no word with any other."""
    stem = "".join(SYLLABLES[int(digit)] for digit in f"{number:02}")
    words = " ".join(f"{stem}{end}" for end in SYLLABLES[:6])
    return {"what": words.capitalize(), "when": "2026-03-20"} | fields


def imported(*rows: dict[str, str], by: User | None = None) -> EventImport:
    """An import of these rows that has run."""
    data = "\n".join(map(json.dumps, rows)).encode()
    begun = begin_event_import(file=io.BytesIO(data), name="a.jsonl", size=len(data), by=by)
    start_event_import(event_import=begun, by=by, columns=COLUMNS)
    run_event_import(event_import=begun, seconds=60)
    begun.refresh_from_db()
    return begun


def taken_back(event_import: EventImport, by: User) -> EventImport:
    ask_to_take_back(event_import=event_import, by=by)
    take_back_event_imports(seconds=60)
    event_import.refresh_from_db()
    return event_import


def state(event_import: EventImport) -> tuple[str, int, dict[int, str]]:
    """The status, how many reports went, and which documents stay and why."""
    kept: dict[str, str] = {}
    for batch in event_import.batches.all():
        kept |= batch.kept
    return event_import.status, event_import.removed, {int(pk): why for pk, why in kept.items()}


def test_import_goes_as_if_it_had_never_come_and_may_come_again(analyst: User) -> None:
    stays = EventFactory()
    event_import = imported(*map(row, range(20)))
    match_waiting_events()
    assert (event_import.stored, Event.objects.count()) == (20, 21)

    assert state(taken_back(event_import, analyst)) == ("gone", 20, {})

    assert list(Event.objects.all()) == [stays]
    assert EventReport.objects.count() == Document.objects.count() == 1
    assert not event_import.batches.exists()
    assert set(Matching.objects.values_list("event", flat=True)) == {stays.pk}
    verbs = AuditEntry.objects.filter(object_type="sources.eventimport", by=analyst)
    assert [one.verb for one in verbs.order_by("pk")] == ["let take back", "removed", "took back"]

    again = imported(*map(row, range(20)))
    assert (again.stored, again.known, again.events) == (20, 0, 20)


def test_taking_back_goes_on_where_it_stopped_and_twice_is_once(
    analyst: User, monkeypatch: Any
) -> None:
    monkeypatch.setattr("sources.services.event_imports.BATCH", 5)
    event_import = imported(*map(row, range(20)))
    ask_to_take_back(event_import=event_import, by=analyst)
    ask_to_take_back(event_import=event_import, by=analyst)

    take_back_event_imports(seconds=-1)
    assert Document.objects.count() == 15
    take_back_event_imports(seconds=-1)
    assert Document.objects.count() == 10
    task()
    task()

    event_import.refresh_from_db()
    assert state(ask_to_take_back(event_import=event_import, by=analyst)) == ("gone", 20, {})
    assert not Document.objects.exists()
    asked = AuditEntry.objects.filter(object_type="sources.eventimport", verb="let take back")
    assert asked.count() == 1


def test_batch_that_breaks_leaves_nothing_half_taken(analyst: User, monkeypatch: Any) -> None:
    event_import = imported(*map(row, range(5)))
    ask_to_take_back(event_import=event_import, by=analyst)

    def stop(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr("sources.services.take_backs._renew", stop)
        with pytest.raises(KeyboardInterrupt):
            task()
    assert Document.objects.count() == Event.objects.count() == 5

    task()
    event_import.refresh_from_db()
    assert state(event_import) == ("gone", 5, {})


def test_what_is_leaned_on_stays_with_the_reason(analyst: User) -> None:
    event_import = imported(row(0, text="Prices fell again."), *map(row, range(1, 7)))
    quoted, noticed, accepted, undone, apart, followed, free = Document.objects.order_by("pk")
    QuoteFactory(document=quoted, exact="Prices fell", start=0)
    Notice.objects.create(kind="corrected", document=noticed)
    links = [
        EvidenceFactory(event=one.event_report.event, document=one) for one in (accepted, undone)
    ]
    accept_evidence(evidence=links[0], stance=1, by=analyst)
    accept_evidence(evidence=links[1], stance=1, by=analyst)
    undo_evidence(evidence=links[1], by=analyst)
    EvidenceFactory(event=free.event_report.event, document=free)
    keep_apart(event=apart.event_report.event, other=EventFactory(), by=analyst)
    DocumentFactory(origin="feed", previous=followed)

    status, removed, kept = state(taken_back(event_import, analyst))

    assert (status, removed) == ("gone", 1)
    assert kept == {
        quoted.pk: "words of it are quoted",
        noticed.pk: "a notice tells of it",
        accepted.pk: "used as evidence",
        undone.pk: "used as evidence",
        apart.pk: "somebody decided what is one event with it",
        followed.pk: "a newer version follows it",
    }
    assert not Document.objects.filter(pk=free.pk).exists()
    assert Evidence.objects.count() == 2


def test_quoted_report_stays_and_goes_when_nothing_quotes_it_any_more(analyst: User) -> None:
    event_import = imported(row(1, text="Prices fell again on the quay."), row(2))
    first, _ = Document.objects.order_by("pk")
    quote = QuoteFactory(document=first, exact="Prices fell", start=0)
    kept = {first.pk: "words of it are quoted"}
    assert state(taken_back(event_import, analyst)) == ("gone", 1, kept)

    assert state(taken_back(event_import, analyst)) == ("gone", 1, kept)
    assert first.event_report.event.report_count == 1
    assert quote.document == first


def test_event_that_is_leaned_on_keeps_all_its_reports(analyst: User) -> None:
    event_import = imported(row(1), row(2))
    one, other = EventReport.objects.order_by("pk")
    event = merge_events(event=other.event, into=one.event, by=analyst)

    _, removed, kept = state(taken_back(event_import, analyst))

    assert (removed, set(kept)) == (0, {one.document_id, other.document_id})
    event.refresh_from_db()
    assert event.report_count == 2


def test_events_that_the_machine_made_one_go_with_both(analyst: User) -> None:
    event_import = imported(row(1), row(2), row(3))
    one, other, _ = Event.objects.order_by("pk")
    join_events(gone=other.pk, into=one.pk, by=None)

    assert state(taken_back(event_import, analyst)) == ("gone", 3, {})
    assert not Event.objects.exists()
    assert not Regathering.objects.exists()


def test_event_that_others_report_too_stays_and_is_called_by_them(analyst: User) -> None:
    story = "Dockers of Omar end their long strike over pay at the old harbour"
    event_import = imported(
        {"what": story, "when": "2026-03-20", "where": "https://a.example/1", "text": "From a."}
    )
    later = Item(
        row=1,
        title=f"{story} gate",
        summary="From b.",
        published_at=datetime(2026, 3, 21, 8, tzinfo=UTC),
        url="https://b.example/1",
    )
    receive_items([later], by=None, origin="feed")
    event = Event.objects.get()
    assert (event.report_count, event.title) == (2, story)
    Matching.objects.create(event=event, suggested=0)

    taken_back(event_import, analyst)

    event.refresh_from_db()
    assert (event.report_count, event.title, event.summary) == (1, f"{story} gate", "From b.")
    assert event.first_reported_at == later.published_at
    assert not Matching.objects.exists()


def test_versions_that_one_import_brought_go_together(analyst: User, monkeypatch: Any) -> None:
    monkeypatch.setattr("sources.services.event_imports.BATCH", 1)
    where = "https://a.example/1"
    event_import = imported(row(1, where=where), row(1, where=where, text="More of it."))
    assert Document.objects.filter(previous__isnull=False).count() == 1

    assert state(taken_back(event_import, analyst)) == ("gone", 2, {})


def test_what_others_brought_stays(analyst: User) -> None:
    receive_items(
        [Item(1, row(1)["what"], "", datetime(2026, 3, 20, tzinfo=UTC))], by=None, origin="feed"
    )
    event_import = imported(row(1), row(2))
    assert (event_import.stored, event_import.known) == (1, 1)

    assert state(taken_back(event_import, analyst)) == ("gone", 1, {})
    assert Document.objects.get().origin == "feed"


def test_only_what_is_over_is_taken_back(analyst: User) -> None:
    data = json.dumps(row(1)).encode()
    waiting = begin_event_import(file=io.BytesIO(data), name="a", size=len(data), by=analyst)
    with pytest.raises(ImportProblem, match="This import is not over: cancel it first"):
        ask_to_take_back(event_import=waiting, by=analyst)
    cancel_event_import(event_import=waiting, by=analyst)
    with pytest.raises(ImportProblem, match="stored nothing that can be taken back"):
        ask_to_take_back(event_import=waiting, by=analyst)


def test_document_of_an_import_is_removed_only_while_that_is_taken_back(analyst: User) -> None:
    event_import = imported(row(1))
    other = EventFactory().reports.get().document
    EventReport.objects.all().delete()

    def remove(document: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM sources_document WHERE id = %s", [document])

    batch = event_import.batches.get()
    with pytest.raises(IntegrityError, match="captured document is never changed"):
        remove(batch.first)
    changed = pytest.raises(IntegrityError, match="What a batch of an import stored is never")
    with changed, transaction.atomic():
        event_import.batches.update(last=other.pk)
    ask_to_take_back(event_import=event_import, by=analyst)
    with pytest.raises(IntegrityError, match="captured document is never changed"):
        remove(other.pk)
    remove(batch.first)


@pytest.mark.parametrize("count", [5, 40])
def test_batch_asks_no_more_for_many(
    analyst: User, count: int, django_assert_num_queries: Any
) -> None:
    event_import = imported(*map(row, range(count)))
    ask_to_take_back(event_import=event_import, by=analyst)

    with django_assert_num_queries(QUERIES):
        task()
    assert not Document.objects.exists()


QUERIES = 63
