"""Rows stored by COPY are those that INSERT would have stored."""

from datetime import UTC, datetime
from itertools import count

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.models import Document, Event
from sources.services.storing import number, store

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
FRESH = count()


def document(title: str = "A title", **changes: object) -> Document:
    hashed = f"{next(FRESH):064x}"
    return Document(origin="file", title=title, content_hash=hashed, captured_at=AT, **changes)


def test_numbers_are_those_that_the_sequence_gives() -> None:
    before = Event.objects.create(title="Before", occurred_on=AT, first_reported_at=AT).pk
    rows = [Event(title=f"Event {n}", occurred_on=AT, first_reported_at=AT) for n in range(3)]
    number(rows)
    store(rows)
    after = Event.objects.create(title="After", occurred_on=AT, first_reported_at=AT).pk

    assert [row.pk for row in rows] == [before + 1, before + 2, before + 3]
    assert after == before + 4
    assert list(Event.objects.order_by("pk").values_list("title", flat=True)) == [
        "Before",
        *(f"Event {n}" for n in range(3)),
        "After",
    ]


def test_what_the_database_fills_in_is_left_to_it() -> None:
    rows = [Event(title="Event", occurred_on=AT.date(), first_reported_at=AT)]
    number(rows)
    store(rows)

    assert Event.objects.get().created_at is not None


def test_what_the_database_makes_of_a_row_is_left_to_it() -> None:
    rows = [Event(title=title, occurred_on=AT, first_reported_at=AT) for title in ("Rain", "Ports")]
    number(rows)
    store(rows)

    assert [one.title for one in Event.objects.with_words("port")] == ["Ports"]


def test_a_later_row_may_refer_to_an_earlier_one() -> None:
    rows = [document("First"), document("Second")]
    number(rows)
    rows[1].previous = rows[0]
    store(rows)

    assert Document.objects.get(title="Second").previous.title == "First"


def test_headers_come_back_as_they_were() -> None:
    rows = [document(headers={"etag": '"é\\n"', "n": 1})]
    number(rows)
    store(rows)

    assert Document.objects.get().headers == {"etag": '"é\\n"', "n": 1}


def test_nothing_to_store_asks_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        number([])
        store([])


def test_a_row_that_may_not_be_is_refused() -> None:
    rows = [document(""), document("A title")]
    number(rows)

    with pytest.raises(IntegrityError, match="document_not_empty"), transaction.atomic():
        store(rows)

    assert not Document.objects.exists()


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=80
    )
)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    rows = [document(text, text=text, author=text)]
    number(rows)
    store(rows)

    kept = Document.objects.get(pk=rows[0].pk)
    assert (kept.title, kept.text, kept.author) == (text, text, text)
