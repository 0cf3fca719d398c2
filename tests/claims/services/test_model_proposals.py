"""What the language model adds to a document that the rules have read: once, by the worker."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import AuditEntry, User
from claims import tasks
from claims.models import Claim, Extraction, Lexicon, ModelExtraction
from claims.services import ask_model_next, drop_proposals, load_lexicons, propose_claims
from sources.models import Document
from tests.claims.extraction.model_server import (
    Handler,
    ModelServer,
    claims,
    message,
    plain,
    serving,
)
from tests.factories.sources import ClaimantFactory, DocumentFactory

pytestmark = pytest.mark.django_db

RULE = "trade between the two ports is likely to grow in the coming years"
# What the rules read as a question.
MISSED = "Is a strike by the end of 2025 very unlikely, as Marsh says?"
TEXT = f"Orlov argues that {RULE}. {MISSED}"
STRIKE = {
    "quote": MISSED,
    "class": "forecast",
    "speaker": "Marsh",
    "hedge": "very unlikely",
    "horizon": "by the end of 2025",
    "kind": "event",
    "statement": "A strike by the end of 2025 is very unlikely.",
}
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
FAILURE = "The language model tiny failed: it answered with status 500."


@pytest.fixture
def server(settings: Settings) -> Iterator[ModelServer]:
    """A language model that is set, and answers without claims."""
    load_lexicons()
    with serving() as running:
        settings.EXTRACTOR = {"url": running.url, "model": "tiny", "key": "", "seconds": 5}
        yield running


def document_read(text: str = TEXT, **given: Any) -> Document:
    """A document that the rules have read, and that waits for the model since."""
    document = DocumentFactory(text=text, **given)
    propose_claims(document=document)
    ModelExtraction.objects.filter(document=document).update(due_at=NOW)
    return document


def of_model() -> list[Claim]:
    return list(Claim.objects.filter(reason__contains="language model"))


def test_without_a_model_nobody_waits_and_nothing_is_asked(
    server: ModelServer, settings: Settings
) -> None:
    settings.EXTRACTOR = None

    document = DocumentFactory(text=TEXT)
    propose_claims(document=document)

    assert not ModelExtraction.objects.exists()
    assert ask_model_next() is False
    assert server.requests == []
    assert of_model() == []


def test_rules_answer_before_the_model_is_asked(server: ModelServer, analyst: User) -> None:
    document = DocumentFactory(text=TEXT)

    found = propose_claims(document=document, by=analyst)

    assert [claim.speaker for claim in found] == ["Orlov"]
    assert Extraction.objects.get(document=document).proposed == 1
    assert ModelExtraction.objects.get().document == document
    assert server.requests == []


def test_model_adds_what_the_rules_missed(server: ModelServer) -> None:
    marsh = ClaimantFactory(name="Marsh")
    document = document_read()
    server.answers = [claims(STRIKE)]
    assert Claim.objects.get().quote.exact == f"Orlov argues that {RULE}."

    assert ask_model_next(at=NOW) is True

    (claim,) = of_model()
    assert Claim.objects.count() == 2
    assert claim.status == Claim.Status.PROPOSED
    assert claim.quote.exact == document.text[claim.quote.start : claim.quote.end] == MISSED
    assert (claim.speaker, claim.claimant, claim.created_by) == ("Marsh", marsh, None)
    assert (claim.hedge, claim.probability_source) == ("very unlikely", "lexicon")
    assert (claim.probability_low, claim.probability_high) == (Decimal("0.05"), Decimal("0.20"))
    assert claim.lexicon == Lexicon.objects.active()
    assert (claim.said_on, claim.due_on) == (date(2023, 3, 21), date(2025, 12, 31))
    assert list(claim.checkpoints.values_list("due_on", "is_final")) == [(date(2025, 12, 31), True)]
    assert claim.reason == "found by the language model tiny"
    assert server.texts == [document.text]


def test_what_the_rules_found_stands_and_is_not_doubled(server: ModelServer) -> None:
    document_read()
    before = list(Claim.objects.values_list("pk", "reason", "rank"))
    server.answers = [claims({"quote": RULE, "class": "forecast", "speaker": "Orlov"})]

    ask_model_next(at=NOW)

    assert list(Claim.objects.values_list("pk", "reason", "rank")) == before
    entry = AuditEntry.objects.get(verb="read by a language model")
    assert entry.detail == {"model": "tiny", "proposed": 0, "known": 1}


def test_same_words_of_the_other_class_are_another_claim(server: ModelServer) -> None:
    document_read()
    server.answers = [claims({"quote": RULE, "class": "assessment"})]

    ask_model_next(at=NOW)

    assert [claim.kind for claim in of_model()] == ["assessment"]


def test_proposal_that_was_dropped_does_not_come_back(server: ModelServer, analyst: User) -> None:
    document = document_read()
    drop_proposals(document=document, by=analyst)
    server.answers = [claims({"quote": RULE, "class": "forecast"})]

    ask_model_next(at=NOW)

    assert of_model() == []


def test_model_s_proposals_come_after_the_rules(server: ModelServer) -> None:
    document = document_read(f"The harbour is in poor health. {TEXT}")
    server.answers = [claims(STRIKE)]

    ask_model_next(at=NOW)

    found = propose_claims(document=document)
    assert ["language model" in claim.reason for claim in found if claim.is_scored] == [False, True]


def test_document_is_sent_once(server: ModelServer) -> None:
    document = document_read()
    server.answers = [claims({"quote": RULE, "class": "assessment"})]
    ask_model_next(at=NOW)

    propose_claims(document=document)
    tasks.extract_waiting_documents()

    assert ask_model_next(at=NOW + timedelta(days=30)) is False
    assert (len(server.requests), len(of_model())) == (1, 1)
    reading = ModelExtraction.objects.get()
    assert (reading.proposed, reading.attempts, reading.finished_at) == (1, 1, NOW)
    assert (reading.taken_until, reading.last_error) == (None, "")


def test_document_read_while_no_model_was_set_is_not_sent_later(
    server: ModelServer, settings: Settings
) -> None:
    set_to = settings.EXTRACTOR
    settings.EXTRACTOR = None
    propose_claims(document=DocumentFactory())

    settings.EXTRACTOR = set_to

    assert ask_model_next() is False
    assert server.requests == []


def test_documents_wait_while_the_model_is_switched_off(
    server: ModelServer, settings: Settings
) -> None:
    document_read()
    set_to = settings.EXTRACTOR
    settings.EXTRACTOR = None
    assert ask_model_next(at=NOW) is False

    settings.EXTRACTOR = set_to

    assert ask_model_next(at=NOW) is True
    assert len(server.requests) == 1


def test_no_transaction_and_no_lock_is_held_while_the_model_is_asked(
    server: ModelServer, transactional_db: None
) -> None:
    document = document_read()
    seen: list[Any] = []

    def look(handler: Handler) -> None:
        # On a connection of the server's own thread.
        try:
            with transaction.atomic():
                seen.append(Document.objects.select_for_update(nowait=True).get(pk=document.pk))
                seen.append(ModelExtraction.objects.select_for_update(nowait=True).get())
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                    "AND state LIKE 'idle in transaction%%'"
                )
                seen.append(cursor.fetchone())
        finally:
            connection.close()
            claims()(handler)

    server.answers = [look]
    ask_model_next(at=NOW)

    assert seen == [document, ModelExtraction.objects.get(), (0,)]


def test_model_that_is_down_is_asked_again_later_and_later(server: ModelServer) -> None:
    document_read()
    server.answers = [plain(b"", status=500)]
    before = Claim.objects.count()
    now = NOW

    for minutes in (1, 4, 16, 64):
        assert ask_model_next(at=now) is True
        reading = ModelExtraction.objects.get()
        assert (reading.due_at, reading.taken_until) == (now + timedelta(minutes=minutes), None)
        assert (reading.last_error, reading.finished_at) == (FAILURE, None)
        assert ask_model_next(at=reading.due_at - timedelta(seconds=1)) is False
        now = reading.due_at

    server.answers = [claims({"quote": RULE, "class": "assessment"})]
    ask_model_next(at=now)
    reading.refresh_from_db()
    assert (reading.proposed, reading.attempts, reading.last_error) == (1, 5, "")
    assert Claim.objects.count() == before + 1


def test_model_that_stays_down_is_given_up_after_five_times(
    server: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    document = document_read()
    server.answers = [plain(b"", status=500)]

    for day in range(8):
        ask_model_next(at=NOW + timedelta(days=day))

    assert len(server.requests) == 5
    reading = ModelExtraction.objects.get()
    assert (reading.finished_at, reading.proposed) == (NOW + timedelta(days=4), None)
    assert reading.last_error == FAILURE
    entry = AuditEntry.objects.get(verb="not read by a language model")
    assert (entry.object_id, entry.by, entry.detail) == (document.pk, None, {"reason": FAILURE})
    assert f"Document {document.pk} is not asked about any more: {FAILURE}" in caplog.messages
    assert Claim.objects.exclude(reason__contains="language model").exists()


def test_answer_that_is_no_answer_is_a_failure(server: ModelServer) -> None:
    document_read()
    server.answers = [message("I am only a model.")]

    ask_model_next(at=NOW)

    assert ModelExtraction.objects.get().last_error == (
        "The language model tiny failed: its message is not JSON."
    )


def test_worker_that_died_while_it_asked_leaves_the_text_to_the_next(server: ModelServer) -> None:
    document_read()
    until = NOW + timedelta(seconds=65)
    ModelExtraction.objects.update(taken_until=until, attempts=1)

    assert ask_model_next(at=until - timedelta(seconds=1)) is False
    assert ask_model_next(at=until) is True

    reading = ModelExtraction.objects.get()
    assert (reading.attempts, reading.proposed, len(server.requests)) == (2, 0, 1)


def test_text_at_which_workers_died_five_times_is_given_up(server: ModelServer) -> None:
    document_read()
    ModelExtraction.objects.update(taken_until=NOW, attempts=5)

    assert ask_model_next(at=NOW) is True

    reading = ModelExtraction.objects.get()
    assert (reading.last_error, reading.finished_at) == (
        "The worker was ended each time it asked.",
        NOW,
    )
    assert server.requests == []


@pytest.mark.parametrize(
    "late",
    [claims({"quote": RULE, "class": "assessment"}), plain(b"", status=500)],
    ids=["answer", "failure"],
)
def test_answer_that_comes_after_the_next_worker_took_the_text_is_left_out(
    server: ModelServer, late: Any, transactional_db: None
) -> None:
    document_read()

    def overtaken(handler: Handler) -> None:
        ModelExtraction.objects.update(attempts=2, taken_until=NOW + timedelta(hours=1))
        connection.close()
        late(handler)

    server.answers = [overtaken]
    ask_model_next(at=NOW)

    reading = ModelExtraction.objects.get()
    assert (reading.taken_until, reading.due_at) == (NOW + timedelta(hours=1), NOW)
    assert (reading.finished_at, reading.last_error, of_model()) == (None, "", [])


def test_one_text_at_a_time_is_with_the_model(server: ModelServer) -> None:
    document_read()
    other = document_read()
    ModelExtraction.objects.filter(document=other).update(taken_until=NOW + timedelta(minutes=1))

    assert ask_model_next(at=NOW) is False
    assert server.requests == []


def test_texts_are_asked_about_in_turn(server: ModelServer) -> None:
    first, second = (document_read(f"{TEXT} {words}") for words in ("One.", "Two."))
    ModelExtraction.objects.filter(document=second).update(due_at=NOW - timedelta(minutes=1))

    assert [ask_model_next(at=NOW) for _ in range(3)] == [True, True, False]
    assert server.texts == [second.text, first.text]


def test_document_without_text_is_read_without_a_request(server: ModelServer) -> None:
    document_read(text="")

    ask_model_next(at=NOW)

    assert (ModelExtraction.objects.get().proposed, server.requests) == (0, [])


def test_model_s_words_cannot_break_the_store(server: ModelServer) -> None:
    document_read()
    server.answers = [
        claims(
            {
                "quote": RULE,
                "class": "assessment",
                "statement": "No\x00thing \ud83d",
                "kind": "\x00",
            },
            {"quote": "Orlov\x00 argues that", "class": "assessment"},
            {"quote": "Orlov argues that", "class": "forecast\x00"},
        )
    ]

    ask_model_next(at=NOW)

    assert [claim.quote.exact for claim in of_model()] == [RULE]


@pytest.mark.parametrize(
    "broken",
    [
        {"finished_at": NOW},
        {"proposed": 1},
        {"finished_at": NOW, "proposed": 1, "last_error": "it failed"},
    ],
)
def test_reading_ends_either_with_proposals_or_with_an_error(
    server: ModelServer, broken: dict[str, Any]
) -> None:
    document_read()

    with pytest.raises(IntegrityError, match="model_extraction_ends_in_one_way"):
        ModelExtraction.objects.update(**broken)


def test_intake_page_shows_the_rules_at_once_and_later_the_model_s(
    server: ModelServer, analyst: User, sign_in: Callable[[User], Client]
) -> None:
    browser = sign_in(analyst)
    server.answers = [claims(STRIKE)]

    page = browser.post("/intake/", {"text": TEXT}, follow=True)

    assert page.text.count('class="help">found by the language model tiny<') == 0
    assert server.requests == []
    tasks.ask_language_model()
    page = browser.get(Document.objects.get().get_absolute_url())
    assert page.text.count('class="help">found by the language model tiny<') == 1
