"""What the worker does for claims: sweeps that find what is left to do, and survive what fails."""

from typing import Any

import pytest
from pytest_django.fixtures import Settings

from claims import tasks
from claims.models import (
    Claim,
    ClaimImport,
    Evidence,
    Extraction,
    Matching,
    ModelExtraction,
)
from claims.services import (
    begin_import,
    load_lexicons,
    match_registered_claim,
    propose_claims,
    store_import,
    unmatched_claims,
)
from sources.models import Document
from tests.claims.events import near
from tests.claims.extraction.model_server import plain, serving
from tests.claims.imports import ROW, as_csv
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.sources import DocumentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def _lexicons() -> None:
    load_lexicons()


@pytest.mark.usefixtures("_lexicons")
def test_waiting_articles_are_read_and_items_of_feeds_are_not() -> None:
    article = DocumentFactory()
    DocumentFactory(origin=Document.Origin.FEED)

    tasks.extract_waiting_documents()

    assert Extraction.objects.get().document == article
    assert Claim.objects.get().status == Claim.Status.PROPOSED


@pytest.mark.usefixtures("_lexicons")
def test_reading_again_changes_nothing() -> None:
    DocumentFactory()
    tasks.extract_waiting_documents()

    tasks.extract_waiting_documents()

    assert (Claim.objects.count(), Extraction.objects.count()) == (1, 1)


@pytest.mark.usefixtures("_lexicons")
def test_article_that_cannot_be_read_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = DocumentFactory(), DocumentFactory()

    def propose(*, document: Document, **who: Any) -> list[Claim]:
        if document == bad:
            raise RuntimeError("unreadable")
        return propose_claims(document=document, **who)

    monkeypatch.setattr(tasks.services, "propose_claims", propose)

    tasks.extract_waiting_documents()

    assert Extraction.objects.get().document == good
    assert f"Document {bad.pk} could not be read for claims" in caplog.text


def test_sweep_compares_waiting_events_and_claims_that_missed_a_message() -> None:
    events = [near(), near()]
    claim = RegisteredClaimFactory()

    tasks.match_waiting_events()

    claim.refresh_from_db()
    assert claim.matched_at is not None
    assert Matching.objects.count() == len(events)
    assert Evidence.objects.filter(claim=claim).count() == len(events)


def test_sweeping_again_changes_nothing() -> None:
    RegisteredClaimFactory()
    near()
    tasks.match_waiting_events()

    tasks.match_waiting_events()

    assert (Matching.objects.count(), Evidence.objects.count()) == (1, 1)


def test_sweep_goes_on_until_no_event_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    left = [200, 200, 7, 0]
    monkeypatch.setattr(tasks.services, "match_waiting_events", lambda: left.pop(0))

    tasks.match_waiting_events()

    assert left == []


def test_sweep_stops_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    near()
    monkeypatch.setattr(tasks, "LONGEST_SWEEP", -1)

    tasks.match_waiting_events()

    assert not Matching.objects.exists()


def test_message_of_a_registration_compares_its_claim() -> None:
    near()
    claim = RegisteredClaimFactory()

    for _ in range(2):
        tasks.match_claim(claim.pk)

    assert Evidence.objects.get().claim == claim


def test_sweep_asks_the_model_about_every_text_that_waits(settings: Settings) -> None:
    load_lexicons()
    with serving() as server:
        settings.EXTRACTOR = {"url": server.url, "model": "tiny", "key": "", "seconds": 5}
        for _ in range(2):
            propose_claims(document=DocumentFactory())

        for _ in range(2):
            tasks.ask_language_model()

    assert len(server.requests) == 2
    assert list(ModelExtraction.objects.values_list("proposed", flat=True)) == [0, 0]


def test_sweep_leaves_a_model_that_is_down_for_later(settings: Settings) -> None:
    load_lexicons()
    with serving() as server:
        settings.EXTRACTOR = {"url": server.url, "model": "tiny", "key": "", "seconds": 5}
        server.answers = [plain(b"", status=503)]
        propose_claims(document=DocumentFactory())

        for _ in range(3):
            tasks.ask_language_model()

    assert len(server.requests) == 1
    assert ModelExtraction.objects.get().finished_at is None
    assert Claim.objects.count() == 1


def test_waiting_tables_are_checked_and_stored_and_one_that_breaks_holds_up_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken, sound = (begin_import(data=as_csv([ROW]), name="t.csv", by=None) for _ in range(2))
    work = tasks.services.work_on_import

    def breaking(*, claim_import: ClaimImport) -> bool:
        if claim_import == broken:
            raise RuntimeError("no such luck")
        return work(claim_import=claim_import)

    monkeypatch.setattr(tasks.services, "work_on_import", breaking)

    tasks.run_waiting_imports()
    sound.refresh_from_db()
    assert sound.status == ClaimImport.Status.CHECKED
    store_import(claim_import=sound, by=None)
    tasks.run_waiting_imports()

    sound.refresh_from_db()
    broken.refresh_from_db()
    assert (sound.status, broken.status) == ("stored", "checking")


def test_one_table_is_worked_on_by_its_number() -> None:
    claim_import = begin_import(data=as_csv([ROW]), name="t.csv", by=None)

    tasks.run_import(claim_import.pk)
    tasks.run_import(claim_import.pk)

    claim_import.refresh_from_db()
    assert claim_import.sound_count == 1


def test_learning_has_claims_compared_again_for_which_older_measures_scored_something() -> None:
    claim = RegisteredClaimFactory()
    match_registered_claim(claim=claim)
    EvidenceFactory(claim=claim, measures=None)

    tasks.learn()

    assert list(unmatched_claims()) == [claim]
