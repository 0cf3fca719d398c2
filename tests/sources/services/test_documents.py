"""A text is captured once; other words from the same address are a new version."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import connections

from accounts.models import AuditEntry, User
from sources.capture import Captured
from sources.models import Document
from sources.services import capture_document

pytestmark = pytest.mark.django_db
ARTICLE = Captured(text="Trade will grow.", title="Outlook", author="I. Orlov", language="en")
URL = "https://www.harbour.example/outlook?utm_source=mail"


def capture(captured: Captured = ARTICLE, **fields: object) -> Document:
    return capture_document(
        captured=captured, **({"origin": Document.Origin.PASTE, "by": None} | fields)
    )


def test_everything_known_is_kept(analyst: User) -> None:
    document = capture(by=analyst, url=URL, published_on=date(2023, 3, 21))

    document.refresh_from_db()
    assert (document.title, document.text, document.author) == (
        "Outlook",
        "Trade will grow.",
        "I. Orlov",
    )
    assert document.url_key == "harbour.example/outlook"
    assert document.published_at == datetime(2023, 3, 21, tzinfo=UTC)
    assert len(document.content_hash) == 64
    assert AuditEntry.objects.get().verb == "captured"


def test_what_is_given_goes_before_what_was_found() -> None:
    document = capture(title="My title", author="The desk")

    assert (document.title, document.author) == ("My title", "The desk")


def test_the_same_text_again_is_the_same_document(analyst: User, colleague: User) -> None:
    first = capture(by=analyst)

    assert capture(by=colleague) == first
    assert AuditEntry.objects.filter(verb="captured").count() == 1


def test_other_words_from_the_same_address_are_a_new_version() -> None:
    first = capture(url=URL)
    changed = capture(Captured(text="Trade will shrink.", title="Outlook"), url=URL)
    again = capture(Captured(text="Trade will stall.", title="Outlook"), url=URL)

    assert (changed.previous, again.previous) == (first, changed)


def test_the_same_words_elsewhere_are_another_document() -> None:
    assert capture(url=URL) != capture(url="https://other.example/copy")


@pytest.mark.django_db(transaction=True)
def test_versions_captured_at_once_follow_each_other() -> None:
    capture(url=URL)
    together = Barrier(4)

    def run(number: int) -> None:
        together.wait()
        try:
            capture(Captured(text=f"Version {number}."), url=URL)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))

    assert Document.objects.count() == 5
    assert Document.objects.filter(previous=None).count() == 1
