"""Excerpts of texts that are not at hand."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from sources.capture import captured_from_text
from sources.models import Document, Publisher
from sources.services import Excerpts, capture_document, capture_excerpts
from tests.factories.sources import PublisherFactory

pytestmark = pytest.mark.django_db

WHOLE = Excerpts(
    url="https://ports.example/a",
    title="On ports",
    author="Desk",
    publisher="Port Review",
    published_on=date(2023, 3, 20),
    text="Trade will grow.",
)


def test_excerpts_keep_what_is_told_of_their_source(analyst: User) -> None:
    (document,) = capture_excerpts(excerpts=[WHOLE], by=analyst)

    document.refresh_from_db()
    assert (document.origin, document.title, document.text, document.author) == (
        "excerpt",
        "On ports",
        "Trade will grow.",
        "Desk",
    )
    assert (document.url, document.url_key, document.previous) == (WHOLE.url, "", None)
    assert (document.publisher.name, document.published_at) == (
        "Port Review",
        datetime(2023, 3, 20, tzinfo=UTC),
    )
    assert (document.captured_by, document.media_type) == (analyst, "text/plain")
    assert AuditEntry.objects.get(verb="captured").object_id == document.pk


def test_the_same_excerpts_are_one_document_and_those_of_another_source_are_not() -> None:
    other = Excerpts(text=WHOLE.text)

    first = capture_excerpts(excerpts=[WHOLE, other, WHOLE], by=None)
    again = capture_excerpts(excerpts=[other, WHOLE], by=None)

    assert first[0] == first[2]
    assert first[0] != first[1]
    assert again == [first[1], first[0]]
    assert Document.objects.count() == 2


def test_excerpts_are_no_version_of_their_page() -> None:
    page = capture_document(
        captured=captured_from_text("The whole page."),
        origin=Document.Origin.PAGE,
        by=None,
        url=WHOLE.url,
    )
    capture_excerpts(excerpts=[WHOLE], by=None)

    newer = capture_document(
        captured=captured_from_text("The page, changed."),
        origin=Document.Origin.PAGE,
        by=None,
        url=WHOLE.url,
    )

    assert newer.previous == page


def test_excerpts_with_the_words_of_a_pasted_text_are_a_document_of_their_own() -> None:
    pasted = capture_document(
        captured=captured_from_text(WHOLE.text), origin=Document.Origin.PASTE, by=None
    )

    assert capture_excerpts(excerpts=[Excerpts(text=WHOLE.text)], by=None) != [pasted]


def test_known_publisher_is_used() -> None:
    known = PublisherFactory(name="Port Review")

    (document,) = capture_excerpts(excerpts=[WHOLE], by=None)

    assert document.publisher == known
    assert Publisher.objects.count() == 1


def test_many_excerpts_ask_no_more_than_one() -> None:
    counts = []
    for number in (1, 50):
        excerpts = [Excerpts(text=f"{number}.{one}") for one in range(number)]
        with CaptureQueriesContext(connection) as queries:
            capture_excerpts(excerpts=excerpts, by=None)
        counts.append(len(queries))

    assert counts[0] == counts[1]
