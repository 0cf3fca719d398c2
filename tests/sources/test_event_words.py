"""Events found by their words."""

from datetime import UTC, date, datetime

import pytest

from accounts.paging import MOST
from sources.models import Event
from tests.factories.sources import DocumentFactory, EventFactory

pytestmark = pytest.mark.django_db


def found(words: str) -> set[str]:
    return set(Event.objects.with_words(words).values_list("title", flat=True))


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("ports", {"Port of Omar opens", "Two ports sign"}),
        ("PORT opened", {"Port of Omar opens"}),
        ("freight", {"Two ports sign"}),
        ('"ports sign"', {"Two ports sign"}),
        ('"sign ports"', set()),
        ("omar or freight", {"Port of Omar opens", "Two ports sign"}),
        ("port -freight", {"Port of Omar opens"}),
        ("bridge", set()),
        ("' & ! <-> (", set()),
    ],
)
def test_events_are_found_by_all_of_the_words_in_any_form(words: str, titles: set[str]) -> None:
    EventFactory(title="Two ports sign", summary="An agreement on freight.")
    EventFactory(title="Port of Omar opens", summary="")

    assert found(words) == titles


def test_words_that_more_events_have_than_are_fetched_by_key_find_them_all() -> None:
    Event.objects.bulk_create(
        Event(
            title=f"Ferry {number}",
            occurred_on=date(2024, 1, 12),
            first_reported_at=datetime(2024, 1, 12, 8, tzinfo=UTC),
        )
        for number in range(MOST + 2)
    )
    EventFactory(title="Bridge")

    assert len(found("ferry")) == MOST + 2


def test_a_text_of_more_words_than_a_row_may_have_is_stored_and_found_by_the_first() -> None:
    words = " ".join(f"word{number}" for number in range(200_000))

    EventFactory(title="Endless", summary=words, report=DocumentFactory())

    assert (found("word7"), found("word199999")) == ({"Endless"}, set())
