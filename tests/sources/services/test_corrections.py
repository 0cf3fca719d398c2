"""What an article says about itself is set right; the text is never touched."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.models import AuditEntry, User
from sources.capture import Captured
from sources.models import Document
from sources.services import DocumentProblem, capture_document, correct_document, publisher_for

pytestmark = pytest.mark.django_db
URL = "https://harbour.example/outlook"


def captured(title: str = "Outlook", url: str = URL, **fields: Any) -> Document:
    found = Captured(text="Trade will grow.", title=title, author="I. Orlov")
    return capture_document(
        captured=found, **({"origin": Document.Origin.PAGE, "by": None, "url": url} | fields)
    )


def correct(document: Document, by: User, **changes: Any) -> Document:
    known = {
        "title": document.title,
        "author": document.author,
        "publisher": document.publisher,
        "published_on": document.published_at and document.published_at.date(),
    }
    return correct_document(document=document, by=by, **(known | changes))


def test_correction_keeps_the_text_and_notes_before_and_after(analyst: User) -> None:
    document = captured(published_on=date(2023, 3, 21))
    text, digest = document.text, document.content_hash

    correct(
        document,
        analyst,
        title="The outlook",
        author="Vera Orlova",
        publisher=publisher_for("Harbour Daily"),
        published_on=date(2023, 3, 20),
    )

    document.refresh_from_db()
    assert (document.title, document.author, document.text) == ("The outlook", "Vera Orlova", text)
    assert str(document.publisher) == "Harbour Daily"
    assert document.published_at == datetime(2023, 3, 20, tzinfo=UTC)
    assert document.content_hash != digest == document.captured_hash
    entry = AuditEntry.objects.get(verb="corrected")
    assert (entry.by, entry.object_id) == (analyst, document.pk)
    assert entry.detail == {
        "before": {
            "title": "Outlook",
            "author": "I. Orlov",
            "publisher": "harbour.example",
            "published_on": "2023-03-21",
        },
        "after": {
            "title": "The outlook",
            "author": "Vera Orlova",
            "publisher": "Harbour Daily",
            "published_on": "2023-03-20",
        },
    }


def test_only_what_changed_is_noted(analyst: User) -> None:
    document = captured()

    correct(document, analyst, author="Vera Orlova")

    assert AuditEntry.objects.get(verb="corrected").detail == {
        "before": {"author": "I. Orlov"},
        "after": {"author": "Vera Orlova"},
    }
    document.refresh_from_db()
    assert document.captured_hash == ""


def test_correction_that_changes_nothing_is_not_noted(analyst: User) -> None:
    correct(captured(published_on=date(2023, 3, 21)), analyst)

    assert not AuditEntry.objects.filter(verb="corrected").exists()


def test_date_and_publisher_may_be_taken_away(analyst: User) -> None:
    document = captured(published_on=date(2023, 3, 21))

    correct(document, analyst, publisher=None, published_on=None)

    document.refresh_from_db()
    assert (document.publisher, document.published_at) == (None, None)


def test_day_stays_the_same_where_the_desk_is_west_of_greenwich(
    analyst: User, settings: Any
) -> None:
    settings.TIME_ZONE = "America/New_York"
    document = captured(published_on=date(2023, 3, 21))
    assert document.published_at == datetime(2023, 3, 21, 4, tzinfo=UTC)

    correct(document, analyst, published_on=date(2023, 3, 20))

    document.refresh_from_db()
    assert document.published_at == datetime(2023, 3, 20, 4, tzinfo=UTC)


def test_same_text_is_known_after_its_title_was_corrected_twice(analyst: User) -> None:
    document = captured()
    for title in ("The outlook", "Outlook of ports"):
        document = correct(document, analyst, title=title)

    assert captured() == document
    assert captured(title="Outlook of ports") == document
    assert Document.objects.count() == 1


def test_two_documents_do_not_become_one_by_a_title(analyst: User) -> None:
    first, second = captured(), captured(title="Outlook, again")

    with pytest.raises(DocumentProblem) as caught:
        correct(second, analyst, title="Outlook")

    assert str(caught.value) == (
        f"Document {first.pk} has this title and this text already: work on that one."
    )
    second.refresh_from_db()
    assert second.title == "Outlook, again"


def test_same_title_and_text_at_another_address_is_no_hindrance(analyst: User) -> None:
    captured()
    elsewhere = captured(title="Copy", url="https://other.example/copy")

    assert correct(elsewhere, analyst, title="Outlook").title == "Outlook"


def test_item_of_a_stream_stays_as_it_came(analyst: User) -> None:
    item = captured(origin=Document.Origin.FEED)

    with pytest.raises(DocumentProblem, match="came with a stream of news"):
        correct(item, analyst, author="Vera Orlova")
