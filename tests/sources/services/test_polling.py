"""When feeds are polled, by whom, and what is written down of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.http import http_date

from accounts.models import AuditEntry
from sources.models import Document, Feed, FeedDay, FeedPoll
from sources.services import feed_answers, feed_counts, poll_feed, polling, take_feed
from tests.factories.sources import FeedFactory
from tests.sources.services.feed_server import FeedServer, rss

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def feed(server: FeedServer) -> Feed:
    server.body = rss("one")
    return FeedFactory(url=server.url, every_minutes=15, next_poll_at=NOW)


def polled(feed: Feed, at: datetime = NOW) -> Feed:
    """The feed after it was polled at a moment, due by then or made so."""
    Feed.objects.filter(pk=feed.pk).update(next_poll_at=at)
    poll_feed(feed=feed, at=at)
    feed.refresh_from_db()
    return feed


def test_a_taken_feed_is_nobody_elses_until_its_lease_runs_out(feed: Feed) -> None:
    first = take_feed(pk=feed.pk, at=NOW)

    assert first is not None
    assert take_feed(pk=feed.pk, at=NOW + polling.LEASE - timedelta(seconds=1)) is None
    # A killed worker never gives it back.
    assert take_feed(pk=feed.pk, at=NOW + polling.LEASE) is not None


def test_an_answer_that_comes_after_the_lease_has_run_out_is_dropped(feed: Feed) -> None:
    late = take_feed(pk=feed.pk, at=NOW)
    assert late is not None
    answer = polling.ask(late)
    take_feed(pk=feed.pk, at=NOW + polling.LEASE)

    received = polling.settle(feed=late, answer=answer, at=NOW + polling.LEASE)

    assert (received.stored, Document.objects.count(), FeedPoll.objects.count()) == (0, 0, 0)
    feed.refresh_from_db()
    assert feed.leased_until == NOW + 2 * polling.LEASE


def test_what_cannot_be_stored_is_told_and_the_feed_put_off(feed: Feed) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE sources_feedpoll ADD CHECK (new = 0)")

    polled(feed)

    assert (feed.failures, feed.last_error, feed.leased_until) == (1, polling.BROKE_DOWN, None)
    assert feed.next_poll_at == NOW + timedelta(minutes=30)
    assert not Document.objects.exists()  # with its counts or not at all


def test_what_nobody_foresaw_in_reading_it_is_told_and_the_feed_put_off(
    feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(feed_answers, "parse_feed", broken)

    polled(feed)

    assert (feed.failures, feed.last_error, feed.leased_until) == (1, polling.BROKE_DOWN, None)


@pytest.mark.parametrize(
    ("status", "retry_after", "pause"),
    [
        (429, "3600", timedelta(hours=1)),
        (503, http_date((NOW + timedelta(hours=2)).timestamp()), timedelta(hours=2)),
        (429, "60", timedelta(minutes=15)),
        (503, "99999999", DAY),
        (503, "soon", timedelta(minutes=30)),
        (404, "7200", timedelta(hours=2)),
        (200, "5400", timedelta(minutes=90)),
    ],
)
def test_a_server_that_says_when_to_come_again_is_heard(
    server: FeedServer, feed: Feed, status: int, retry_after: str, pause: timedelta
) -> None:
    server.status, server.headers = status, {"Retry-After": retry_after}

    polled(feed)

    assert feed.next_poll_at == NOW + pause


def test_too_many_requests_spare_the_other_feeds_of_the_host_for_minutes(
    server: FeedServer, feed: Feed
) -> None:
    other = FeedFactory(url=f"{server.url}own-other", next_poll_at=NOW)
    server.status, server.headers = 429, {"Retry-After": "36000"}

    polled(feed)

    assert take_feed(pk=other.pk, at=NOW + timedelta(seconds=299)) is None
    assert take_feed(pk=other.pk, at=NOW + timedelta(seconds=300)) is not None


def test_a_host_is_given_its_pause_and_few_ask_it_at_once(
    server: FeedServer, settings: Any
) -> None:
    settings.FEEDS_HOST_PAUSE, settings.FEEDS_PER_HOST = 3, 2
    feeds = [FeedFactory(url=f"{server.url}own-{n}", next_poll_at=NOW) for n in range(3)]
    elsewhere = FeedFactory(url="https://elsewhere.example/feed", next_poll_at=NOW)

    def takes(feed: Feed, seconds: int) -> bool:
        return take_feed(pk=feed.pk, at=NOW + timedelta(seconds=seconds)) is not None

    assert takes(feeds[0], 0)
    assert (takes(feeds[1], 2), takes(elsewhere, 2), takes(feeds[1], 3)) == (False, True, True)
    assert not takes(feeds[2], 60)
    Feed.objects.filter(pk=feeds[0].pk).update(leased_until=None)
    assert takes(feeds[2], 60)


def test_feeds_polled_together_come_back_spread_out(server: FeedServer, settings: Any) -> None:
    settings.FEEDS_JITTER = 0.1
    server.body = rss("one")

    times = {
        polled(FeedFactory(url=f"{server.url}own-{n}", every_minutes=100)).next_poll_at - NOW
        for n in range(8)
    }

    assert len(times) == 8
    assert all(timedelta(minutes=90) <= time <= timedelta(minutes=110) for time in times)


def test_a_feed_that_is_gone_for_good_is_paused_and_says_so(server: FeedServer, feed: Feed) -> None:
    server.status = 410

    polled(feed)

    assert (feed.is_active, "gone for good" in feed.paused_because) == (False, True)
    entry = AuditEntry.objects.get(verb="paused")
    assert (entry.object_id, entry.by) == (feed.pk, None)


@pytest.mark.parametrize("kind", ["301", "308"])
def test_a_feed_that_moved_for_good_gets_its_new_address_the_third_time(
    server: FeedServer, kind: str
) -> None:
    feed = FeedFactory(url=f"{server.url}{kind}-own-new", every_minutes=15)
    old, new = feed.url, f"{server.url}own-new"

    assert [polled(feed, NOW + DAY * n).url for n in range(3)] == [old, old, new]
    assert AuditEntry.objects.get(verb="moved").detail == {"url": [old, new]}
    assert polled(feed, NOW + DAY * 3).moved_to == ""


def test_a_feed_that_moved_where_another_reads_keeps_its_address_and_says_so(
    server: FeedServer,
) -> None:
    other = FeedFactory(url=f"{server.url}own-new", name="Harbour news")
    feed = FeedFactory(url=f"{server.url}301-own-new")

    for n in range(4):
        polled(feed, NOW + DAY * n)

    assert feed.url == f"{server.url}301-own-new"
    assert feed.last_error == (
        f"It moved to {other.url}, which Harbour news reads already: pause one of them."
    )


@pytest.mark.parametrize("path", ["302-own-new", "302-301-own-new", "301-page"])
def test_a_feed_that_is_elsewhere_for_now_or_leads_to_no_feed_keeps_its_address(
    server: FeedServer, path: str
) -> None:
    feed = FeedFactory(url=f"{server.url}{path}")

    for n in range(4):
        polled(feed, NOW + DAY * n)

    assert (feed.url, feed.moved_to) == (f"{server.url}{path}", "")


def test_each_poll_stands_in_the_log(server: FeedServer, feed: Feed) -> None:
    polled(feed)
    polled(feed, NOW + timedelta(hours=1))
    server.etag, server.body = '"two"', rss("one", "two")
    polled(feed, NOW + timedelta(hours=2))
    server.etag, server.status = '"three"', 500
    polled(feed, NOW + timedelta(hours=3))

    rows = FeedPoll.objects.order_by("pk").values_list(
        "status", "size", "new", "known", "failed", "problem"
    )
    assert list(rows) == [
        (200, len(rss("one")), 1, 0, False, ""),
        (304, 0, 0, 0, False, ""),
        (200, len(rss("one", "two")), 1, 1, False, ""),
        (500, 0, 0, 0, True, f"{server.url} answered with status 500."),
    ]


def test_a_poll_is_never_rewritten_and_old_ones_go(
    feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_counts, "KEPT_POLLS", 3)
    for n in range(5):
        polled(feed, NOW + timedelta(hours=n))

    assert [poll.at.hour for poll in FeedPoll.objects.all()] == [13, 12, 11]
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        FeedPoll.objects.update(new=9)


def test_days_are_counted_as_their_items_are_stored(
    server: FeedServer, feed: Feed, settings: Any
) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"  # 9 in London is the evening there
    polled(feed, NOW)
    server.etag, server.body = '"two"', rss("one", "two")
    polled(feed, NOW + timedelta(hours=5))
    server.etag, server.status = '"three"', 500
    polled(feed, NOW + timedelta(hours=7))  # the next day of the desk
    server.status, server.body = 200, rss("three", "four")
    polled(feed, NOW + timedelta(hours=8))

    rows = FeedDay.objects.values_list("day", "answers", "failures", "items", "continues")
    assert [(f"{day:%d}", *rest) for day, *rest in rows] == [
        ("01", 2, 0, 2, False),
        ("02", 1, 1, 2, True),
    ]
    # Five hours without news on the first day; on the second it was not listened to all the while.
    assert list(FeedDay.objects.values_list("longest_gap", flat=True)) == [
        timedelta(hours=5),
        None,
    ]


def test_a_day_after_a_day_without_an_answer_does_not_continue_it(feed: Feed) -> None:
    for day in (0, 1, 3, 4):
        polled(feed, NOW + DAY * day)

    assert list(FeedDay.objects.values_list("continues", flat=True)) == [False, True, False, True]


def test_what_is_usual_is_learned_from_days_with_news(server: FeedServer, feed: Feed) -> None:
    def news(number: int, hours: int) -> timedelta | None:
        server.etag, server.body = f'"{number}"', rss(str(number))
        return polled(feed, NOW + timedelta(hours=hours)).silent_after

    learned = [news(n, hours) for n, hours in enumerate((0, 24, 48, 72, 142, 166))]

    # Four gaps of a day and one of 70 hours: five days with a gap, the second longest counts.
    assert learned == [None] * 5 + [timedelta(hours=36)]
    assert (feed.quiet_since, feed.last_new_at) == (feed.last_success_at, feed.last_success_at)
