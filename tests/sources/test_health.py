"""How feeds are, as the database tells it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sources.health import State
from sources.models import Feed, FeedDay
from sources.queries import feeds_by_state, feeds_with_health, items_by_day, unwell_feeds
from tests.factories.sources import FeedFactory, PublisherFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
WELL: dict[str, Any] = {"last_success_at": NOW, "next_poll_at": NOW + HOUR}
SILENT = WELL | {"quiet_since": NOW - 10 * HOUR, "silent_after": 9 * HOUR}
CASES: list[tuple[str, dict[str, Any], State]] = [
    ("a", {"is_active": False, "paused_because": "Gone.", "failures": 1}, State.GONE),
    ("b", WELL | {"failures": 1, "last_error": "It answered 500."}, State.FAILING),
    ("c", WELL | {"next_poll_at": NOW - HOUR}, State.LATE),
    ("d", SILENT, State.SILENT),
    ("e", WELL | {"last_error": "row 3, date: missing"}, State.PARTLY),
    ("f", {"next_poll_at": NOW}, State.NEW),
    ("g", WELL, State.WELL),
    ("h", SILENT | {"silent_after": 11 * HOUR}, State.WELL),
    ("i", SILENT | {"silent_after": None}, State.WELL),
    ("j", WELL | {"next_poll_at": NOW - HOUR, "leased_until": NOW + HOUR}, State.WELL),
    ("k", WELL | {"failures": 9, "is_muted": True}, State.MUTED),
    ("l", WELL | {"failures": 9, "is_active": False}, State.PAUSED),
    ("m", {"is_active": False, "paused_because": "Gone.", "is_muted": True}, State.PAUSED),
]


def test_each_feed_has_one_state_and_what_needs_attention_comes_first() -> None:
    for name, fields, _ in reversed(CASES):
        FeedFactory(name=name, **fields)

    assert [(feed.name, feed.state) for feed in feeds_with_health(at=NOW)] == [
        (name, state) for name, _, state in CASES
    ]
    assert feeds_by_state(at=NOW) == {
        **dict.fromkeys(State, 1),
        State.WELL: 4,
        State.PAUSED: 2,
    }
    assert {feed.name for feed in unwell_feeds(at=NOW)} == set("abcd")


def test_feeds_are_found_by_state_and_by_words_of_name_address_or_publisher() -> None:
    FeedFactory(name="Harbour", **WELL)
    FeedFactory(name="Wire", url="https://harbour.example/rss", **WELL)
    FeedFactory(name="Third", publisher=PublisherFactory(name="HARBOUR Review"), failures=1)
    FeedFactory(name="Fourth")

    def names(**asked: str) -> list[str]:
        return [feed.name for feed in feeds_with_health(at=NOW, **asked)]

    assert names(words="harbour") == ["Third", "Harbour", "Wire"]
    assert names(words="harbour", state="well") == ["Harbour", "Wire"]
    assert feeds_by_state(at=NOW, words="harbour") == {"failing": 1, "well": 2}
    assert len(names(state="no such state")) == 4


def test_items_a_day_are_those_of_days_on_which_it_answered_without_today() -> None:
    feed, quiet = FeedFactory(name="a"), FeedFactory(name="b")
    for day, answers, items in (
        (0, 1, 100),
        (1, 3, 5),
        (2, 1, 0),
        (3, 0, 0),
        (28, 1, 1),
        (29, 1, 70),
    ):
        FeedDay.objects.create(
            feed=feed, day=date(2026, 4, 1) - timedelta(days=day), answers=answers, items=items
        )

    means = {one.name: one.items_a_day for one in feeds_with_health(at=NOW)}

    assert means == {"a": 2.0, "b": None}
    shown = items_by_day([feed, quiet], until=date(2026, 4, 1))
    assert shown == {feed.pk: [0] * 25 + [0, 5, 100], quiet.pk: [0] * 28}


def test_the_host_of_a_feed_is_read_from_its_address() -> None:
    addresses = ["https://Www.Harbour.example/a?b", "http://127.0.0.1:81/", "http://x.example#y"]
    for address in addresses:
        FeedFactory(url=address)

    assert list(Feed.objects.order_by("pk").values_list("host", flat=True)) == [
        "www.harbour.example",
        "127.0.0.1:81",
        "x.example",
    ]
