"""An article is corrected while the language model reads it, or while its proposals are stored."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from accounts.models import User
from claims.models import Claim, ModelExtraction
from claims.services import ask_model_next, correct_article, load_lexicons, propose_claims
from sources.models import Document
from tests.claims.extraction.model_server import Handler, ModelServer, claims, serving
from tests.factories.sources import DocumentFactory

pytestmark = pytest.mark.usefixtures("transactional_db")

# What the rules read as a question.
TEXT = "Is a strike by the end of 2025 very unlikely?"
FOUND = claims({"quote": TEXT, "class": "forecast"})
MARCH = datetime(2024, 3, 1, tzinfo=UTC)
PATIENCE = 30
WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@pytest.fixture
def server(settings: Settings) -> Iterator[ModelServer]:
    load_lexicons()
    with serving() as running:
        settings.EXTRACTOR = {"url": running.url, "model": "tiny", "key": "", "seconds": PATIENCE}
        running.answers = [FOUND]
        yield running


@pytest.fixture
def document(server: ModelServer) -> Document:
    """An article that the rules have read, without finding a claim in it."""
    document = DocumentFactory(text=TEXT, author="Ada Desk")
    assert propose_claims(document=document) == []
    return document


def correct(document: Document, by: User) -> None:
    correct_article(
        document=document,
        by=by,
        title=document.title,
        author="Vera Orlova",
        publisher=None,
        published_on=MARCH.date(),
    )


def found() -> list[tuple[str, Any]]:
    return list(Claim.objects.values_list("speaker", "said_on"))


def ask() -> bool:
    try:
        return ask_model_next()
    finally:
        connection.close()


def wait_for_a_lock() -> None:
    """Waits until somebody stands behind a lock of ours; other tests have databases of their own."""
    until = monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while monotonic() < until:
            # Else a transaction sees what was so when it first asked.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,):
                return
            sleep(0.02)
    pytest.fail("Nobody waited.")


def test_article_corrected_while_proposals_are_stored_is_no_deadlock(
    document: Document, analyst: User
) -> None:
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Document.objects.select_for_update().get(pk=document.pk)
            asking = pool.submit(ask)
            wait_for_a_lock()
            correct(document, analyst)
        assert asking.result(timeout=PATIENCE) is True

    assert found() == []
    assert not ModelExtraction.objects.exists()

    propose_claims(document=document)
    ask()
    assert found() == [("Vera Orlova", MARCH.date())]


def test_article_corrected_while_the_model_reads_it_is_read_anew(
    server: ModelServer, document: Document, analyst: User
) -> None:
    def meanwhile(handler: Handler) -> None:
        correct(document, analyst)
        propose_claims(document=document)
        connection.close()
        FOUND(handler)

    server.answers = [meanwhile, FOUND]
    ask()
    assert found() == []

    ask()
    assert found() == [("Vera Orlova", MARCH.date())]
    assert ModelExtraction.objects.get().attempts == 1


@pytest.mark.parametrize("changed", [{"author": "Vera Orlova"}, {"published_at": MARCH}])
def test_proposals_of_an_old_author_or_day_are_not_stored_and_the_text_waits(
    server: ModelServer, document: Document, changed: dict[str, Any]
) -> None:
    def meanwhile(handler: Handler) -> None:
        Document.objects.filter(pk=document.pk).update(**changed)
        connection.close()
        FOUND(handler)

    server.answers = [meanwhile, FOUND]
    assert ask() is True
    reading = ModelExtraction.objects.get()
    assert (reading.taken_until, reading.finished_at, reading.attempts) == (None, None, 0)
    assert found() == []

    ask()
    now = Document.objects.get(pk=document.pk)
    assert now.published_at is not None
    assert found() == [(now.author, now.published_at.date())]
    assert ModelExtraction.objects.get().proposed == 1
