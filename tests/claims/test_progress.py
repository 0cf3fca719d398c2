"""A long text is read by the worker, which shows how far it is, and loses nothing when it dies."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from claims import tasks
from claims.models import Checkpoint, Claim, Extraction, ExtractionProgress
from claims.services import begin_reading, load_lexicons, note_progress, progress, propose_claims
from sources.models import Document, Quote
from tests.factories.sources import DocumentFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

HTMX = {"HX-Request": "true"}
NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
DULL = "The harbour office published the figures of pier {n} on Monday, and nobody asked for them. "
PARAGRAPH = DULL * 4 + "Trade of pier {n} will probably grow by the end of next year."


class Killed(BaseException):
    """What becomes of a worker that is killed."""


def long_text(count: int) -> str:
    """So many paragraphs of five sentences, of which the last one predicts."""
    return "\n\n".join(PARAGRAPH.format(n=n) for n in range(count))


@pytest.fixture
def book() -> Document:
    """Some 400,000 characters: 950 paragraphs, 4,750 sentences, 950 claims."""
    load_lexicons()
    return DocumentFactory(text=long_text(950), author="Ada Desk")


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def elsewhere[T](work: Callable[[], T]) -> T:
    """The work done on a connection of its own, which sees only what is committed."""

    def run() -> T:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def is_stored() -> tuple[int, int, int]:
    return Claim.objects.count(), Extraction.objects.count(), ExtractionProgress.objects.count()


@pytest.mark.django_db(transaction=True)
def test_page_shows_how_far_a_long_text_is_read(
    book: Document, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PAUSE", 0)
    assert 400_000 <= len(book.text) <= 450_000
    address = f"/documents/{book.pk}/progress/"
    heard: list[int] = []
    pages: list[str] = []
    begin_reading(document=book)
    note = note_progress(book)

    def note_and_look(done: int, total: int) -> None:
        assert not connection.in_atomic_block
        note(done, total)
        heard.append(done)
        if heard == [0] or done == 1900:
            pages.append(elsewhere(lambda: browser.get(address, headers=HTMX).text))

    propose_claims(document=book, progress=note_and_look)

    assert heard == [0, *range(4750)]
    first, later = pages
    assert "Being read for claims: 0% of 4750 sentences." in first
    assert "Being read for claims: 40% of 4750 sentences." in later
    assert '<progress value="1900" max="4750"' in later
    assert 'hx-trigger="every 1s"' in later
    assert f'<a href="{book.get_absolute_url()}">Look again</a>' in later
    assert is_stored() == (950, 1, 0)
    assert browser.get(address, headers=HTMX).headers["HX-Refresh"] == "true"
    page = browser.get(book.get_absolute_url()).text
    assert "0 of 950 decided" in page
    assert "Being read for claims" not in page


def test_long_text_waits_for_the_worker_and_is_proposed_by_it(browser: Client) -> None:
    load_lexicons()
    text = long_text(150)
    assert len(text) > 60_000

    page = browser.post("/intake/", {"text": text}, follow=True).text
    assert "This is a long text: the worker reads it now." in page
    assert "Waiting to be read for claims." in page
    assert '<progress aria-label="Read">' in page
    assert is_stored() == (0, 0, 0)

    tasks.extract_waiting_documents()
    assert is_stored() == (150, 1, 0)


def test_many_proposals_are_stored_as_one_would_be() -> None:
    load_lexicons()
    one = "Trade of pier 7 will probably grow by the end of next year."
    alone = propose_claims(document=DocumentFactory(text=one, author="Ada Desk"))[0]

    document = DocumentFactory(text=long_text(20), author="Ada Desk")
    claims = propose_claims(document=document)

    found = next(claim for claim in claims if claim.quote.exact == one)
    for name in ("statement", "speaker", "said_on", "kind", "hedge", "due_on", "reason", "rank"):
        assert getattr(found, name) == getattr(alone, name), name
    assert (found.quote.start, found.quote.prefix) == (
        document.text.index(one),
        document.text[document.text.index(one) - 60 : document.text.index(one)],
    )
    days = Checkpoint.objects.filter(claim=found).values_list("due_on", "is_final")
    assert list(days) == [(found.due_on, True)]
    assert Checkpoint.objects.filter(claim__in=claims, is_final=True).count() == 20


def test_many_proposals_take_no_more_statements_than_few(
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    load_lexicons()

    for count in (2, 200):
        document = DocumentFactory(text=long_text(count), author="Ada Desk")
        with django_assert_max_num_queries(22):
            propose_claims(document=document)


def test_killed_worker_leaves_nothing_behind_and_another_begins_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load_lexicons()
    monkeypatch.setattr(progress, "PAUSE", 0)
    document = DocumentFactory(text=long_text(30), author="Ada Desk")
    begin_reading(document=document)
    note = note_progress(document)

    def die_at_fifty(done: int, total: int) -> None:
        note(done, total)
        if done == 50:
            raise Killed

    with pytest.raises(Killed):
        propose_claims(document=document, progress=die_at_fifty)
    left = ExtractionProgress.objects.get()
    assert (left.done, left.total, left.percent) == (50, 150, 33)
    assert is_stored() == (0, 0, 1)
    assert not Quote.objects.exists()

    tasks.extract_waiting_documents()  # the dead one may still be alive
    assert is_stored() == (0, 0, 1)

    ExtractionProgress.objects.update(due_at=left.due_at - timedelta(seconds=30))
    tasks.extract_waiting_documents()
    assert is_stored() == (30, 1, 0)


def test_document_is_taken_by_one_until_it_falls_silent() -> None:
    document = DocumentFactory()

    assert begin_reading(document=document, at=NOW)
    assert not begin_reading(document=document, at=NOW + timedelta(seconds=29))
    assert begin_reading(document=document, at=NOW + timedelta(seconds=30))
    assert not begin_reading(document=document, at=NOW + timedelta(seconds=31))


def test_very_long_text_may_be_silent_for_longer() -> None:
    document = DocumentFactory(text="Old piers. " * 100_000)

    assert begin_reading(document=document, at=NOW)
    assert not begin_reading(document=document, at=NOW + timedelta(seconds=51))
    assert begin_reading(document=document, at=NOW + timedelta(seconds=52))
    note_progress(document)(0, 1)

    row = ExtractionProgress.objects.get()
    assert timedelta(seconds=51) < row.due_at - timezone.now() <= timedelta(seconds=52)


def test_document_that_was_read_meanwhile_is_not_taken_and_leaves_no_progress() -> None:
    load_lexicons()
    listed = DocumentFactory()
    propose_claims(document=listed)

    assert not begin_reading(document=listed)
    assert is_stored() == (1, 1, 0)


@pytest.mark.django_db(transaction=True)
def test_document_whose_claims_are_just_being_stored_is_not_taken() -> None:
    load_lexicons()
    document = DocumentFactory()
    tried: list[bool] = []

    def begin() -> bool:
        return begin_reading(document=document)

    with transaction.atomic():
        propose_claims(document=document)
        tried.append(elsewhere(begin))
    tried.append(elsewhere(begin))

    assert tried == [False, False]
    assert is_stored() == (1, 1, 0)


@pytest.mark.django_db(transaction=True)
def test_worker_that_begins_before_another_stores_leaves_no_progress() -> None:
    load_lexicons()
    document = DocumentFactory()
    tried: list[bool] = []

    def begin_at_once(_done: int, _total: int) -> None:
        if not tried:
            tried.append(begin_reading(document=document))

    propose_claims(document=document, progress=begin_at_once)

    assert tried == [True]
    assert is_stored() == (1, 1, 0)


def test_progress_is_noted_at_once_and_then_after_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(progress, "monotonic", lambda: clock[0])
    document = DocumentFactory()
    begin_reading(document=document)
    note = note_progress(document)
    noted = []
    for second in (0, 0.5, 0.9, 1, 1.5, 2.5):
        clock[0] = 100 + second
        note(int(second * 10), 100)
        noted.append(ExtractionProgress.objects.get().done)

    assert noted == [0, 0, 0, 10, 10, 25]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_propose_once() -> None:
    load_lexicons()
    DocumentFactory(text=long_text(60), author="Ada Desk")

    def run() -> None:
        try:
            tasks.extract_waiting_documents()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(run) for _ in range(2)]:
            done.result()

    assert is_stored() == (60, 1, 0)
    assert AuditEntry.objects.filter(verb="read for claims").count() == 1


def test_item_of_a_feed_is_not_said_to_wait(browser: Client) -> None:
    item = DocumentFactory(origin="feed")

    assert "to be read for claims" not in browser.get(item.get_absolute_url()).text


def test_progress_without_htmx_is_the_page_itself(browser: Client) -> None:
    document = DocumentFactory()

    page = browser.get(f"/documents/{document.pk}/progress/").text

    assert f"<h1>{document.title}</h1>" in page
    assert "Waiting to be read for claims." in page
