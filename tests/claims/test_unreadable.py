"""A text that cannot be read holds up no other; it is tried again, and in the end its page says why not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from claims import tasks
from claims.models import Claim, Extraction, ExtractionProgress, Lexicon
from claims.queries import unread_articles
from claims.services import (
    begin_reading,
    correct_article,
    load_lexicons,
    make_claim,
    propose_claims,
    put_off_reading,
)
from sources.models import Document
from tests.factories.sources import DocumentFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
BROKEN = RecursionError("of no concern to readers")
WHY = "Reading it broke off with RecursionError; the worker's log says more."
MARK = "Unreadable."
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _reader_that_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any text with the mark breaks whoever reads it."""
    load_lexicons()

    def propose(*, document: Document, **who: Any) -> list[Claim]:
        if MARK in document.text:
            raise BROKEN
        return propose_claims(document=document, **who)

    monkeypatch.setattr(tasks.services, "propose_claims", propose)


def unreadable(**given: Any) -> Document:
    return DocumentFactory(text=f"{MARK} Trade will probably grow.", **given)


def given_up() -> Document:
    document = unreadable()
    ExtractionProgress.objects.create(
        document=document, due_at=NOW, attempts=5, last_error=WHY, given_up_at=NOW
    )
    return document


def try_again(document: Document, at: datetime) -> bool:
    """One try that fails, where the text may be taken."""
    taken = begin_reading(document=document, at=at)
    if taken:
        put_off_reading(document=document, error=BROKEN, at=at)
    return taken


def test_hundred_texts_that_cannot_be_read_do_not_hold_up_the_next() -> None:
    bad = [unreadable(title=f"Bad {number}") for number in range(100)]
    good = DocumentFactory()
    tasks.extract_waiting_documents()
    assert ExtractionProgress.objects.filter(attempts=1, last_error=WHY).count() == len(bad)

    tasks.extract_waiting_documents()

    assert Extraction.objects.get().document == good
    assert set(ExtractionProgress.objects.values_list("attempts", flat=True)) == {1}


def test_texts_that_failed_come_behind_the_others_when_their_time_has_come() -> None:
    twice, once, fresh = unreadable(), unreadable(), unreadable()
    for document, attempts in ((twice, 2), (once, 1)):
        ExtractionProgress.objects.create(document=document, due_at=NOW, attempts=attempts)

    assert list(unread_articles(at=NOW)) == [fresh, once, twice]
    assert list(unread_articles(at=NOW - timedelta(seconds=1))) == [fresh]


def test_text_that_is_being_read_is_left_out_of_the_sweep() -> None:
    document = DocumentFactory()
    begin_reading(document=document)

    assert list(unread_articles()) == []
    assert list(unread_articles(at=timezone.now() + timedelta(seconds=31))) == [document]


def test_text_is_tried_again_later_and_later_and_given_up_after_five_times(
    caplog: pytest.LogCaptureFixture,
) -> None:
    document = unreadable()
    now = NOW

    for minutes in (1, 4, 16, 64):
        assert try_again(document, now)
        row = ExtractionProgress.objects.get()
        assert (row.due_at, row.last_error) == (now + timedelta(minutes=minutes), WHY)
        assert not try_again(document, row.due_at - timedelta(seconds=1))
        now = row.due_at
    assert not AuditEntry.objects.filter(verb="not read for claims").exists()

    assert try_again(document, now)

    row.refresh_from_db()
    assert (row.attempts, row.given_up_at, row.last_error) == (5, now, WHY)
    assert not try_again(document, now + timedelta(days=365))
    assert list(unread_articles(at=now + timedelta(days=365))) == []
    entry = AuditEntry.objects.get(verb="not read for claims")
    assert (entry.object_id, entry.by, entry.detail) == (document.pk, None, {"reason": WHY})
    assert f"Document {document.pk} is not read for claims any more: {WHY}" in caplog.messages


def test_text_at_which_workers_died_five_times_is_given_up() -> None:
    document = unreadable()
    now = NOW
    for _ in range(5):
        assert begin_reading(document=document, at=now)
        now += timedelta(seconds=30)

    assert not begin_reading(document=document, at=now)

    row = ExtractionProgress.objects.get()
    assert (row.given_up_at, row.last_error) == (
        now,
        "The worker that read it last was ended, or silent for too long.",
    )
    assert AuditEntry.objects.filter(verb="not read for claims").count() == 1


def test_text_that_somebody_read_meanwhile_is_not_put_off() -> None:
    document = DocumentFactory()
    propose_claims(document=document)

    put_off_reading(document=document, error=BROKEN)

    assert not ExtractionProgress.objects.exists()


def test_missing_lexicon_is_not_held_against_a_text() -> None:
    DocumentFactory()
    Lexicon.objects.update(is_active=False)

    with pytest.raises(Lexicon.DoesNotExist):
        tasks.extract_waiting_documents()

    assert not ExtractionProgress.objects.exists()


def test_nothing_is_given_up_without_a_reason() -> None:
    row = ExtractionProgress(document=unreadable(), due_at=NOW, given_up_at=NOW)

    with pytest.raises(IntegrityError, match="extraction_given_up_for_a_reason"):
        row.save()


def test_page_says_that_it_is_tried_again(analyst: User, sign_in: SignIn) -> None:
    document = unreadable()
    try_again(document, datetime(2024, 5, 1, 12, 3, tzinfo=UTC))
    address = f"/documents/{document.pk}/progress/"

    part = sign_in(analyst).get(address, headers=HTMX).text

    assert (
        "This text could not be read for claims yet. Reading it broke off with RecursionError; "
        "the worker&#x27;s log says more. It is tried again at 12:04." in part
    )


def test_page_of_a_text_that_was_given_up_says_why_and_takes_claims_by_hand(
    analyst: User, reader: User, sign_in: SignIn
) -> None:
    document = given_up()
    notice = "This text could not be read for claims.</b> Reading it broke off with RecursionError;"

    browser = sign_in(analyst)
    page = browser.get(document.get_absolute_url()).text
    assert notice in page
    assert 'Claims can still be made of it <a href="#by-hand">by hand</a>.' in page
    assert "Waiting to be read" not in page
    progress = browser.get(f"/documents/{document.pk}/progress/", headers=HTMX)
    assert progress.headers["HX-Refresh"] == "true"
    page = sign_in(reader).get(document.get_absolute_url()).text
    assert notice in page
    assert "by hand" not in page

    claim = make_claim(document=document, exact="Trade will probably grow", by=analyst)
    assert claim.status == Claim.Status.DRAFT


def test_correction_has_a_text_read_again_that_was_given_up(analyst: User) -> None:
    document = given_up()

    correct_article(
        document=document,
        by=analyst,
        title=document.title,
        author="Vera Orlova",
        publisher=None,
        published_on=document.published_at.date(),
    )

    assert list(unread_articles()) == [document]


def test_text_that_breaks_at_intake_is_kept_and_left_to_the_worker(
    analyst: User, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    page = sign_in(analyst).post("/intake/", {"text": f"{MARK} Trade grows."}, follow=True).text

    assert "This text could not be read for claims at once; the worker tries again." in page
    assert "Waiting to be read for claims." in page
    document = Document.objects.get()
    assert list(unread_articles()) == [document]
    assert f"Document {document.pk} could not be read for claims" in caplog.messages
