"""Feeds polled over real HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import AuditEntry, User
from sources.models import Document, Event, Feed
from sources.services import add_feed, poll_feed
from sources.tasks import poll_due_feeds
from tests.factories.sources import FeedFactory
from tests.sources.services.feed_server import FeedServer

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title>{items}</channel></rss>"""
GOOD = """<item><title>Two ports sign a trade agreement</title><link>https://harbour.example/1</link>
<description>&lt;p&gt;After years of &lt;b&gt;talks&lt;/b&gt;.&lt;/p&gt;</description>
<pubDate>Mon, 20 Mar 2023 08:00:00 GMT</pubDate></item>"""
TITLELESS = "<item><link>https://harbour.example/3</link></item>"
DATELESS = "<item><title>Without a day</title><link>https://harbour.example/2</link></item>"


@pytest.fixture
def feed(server: FeedServer) -> Feed:
    return FeedFactory(url=server.url, every_minutes=15, next_poll_at=NOW)


def test_new_items_become_events(server: FeedServer, feed: Feed) -> None:
    server.body = RSS.format(items=GOOD).encode()

    received = poll_feed(feed=feed, at=NOW)

    assert (received.stored, received.events) == (1, 1)
    document = Document.objects.get()
    assert (document.feed, document.origin, document.text) == (
        feed,
        "feed",
        "After years of talks.",
    )
    assert document.publisher == feed.publisher
    feed.refresh_from_db()
    assert (feed.failures, feed.last_error, feed.last_success_at) == (0, "", NOW)
    assert feed.next_poll_at == NOW + timedelta(minutes=15)


def test_polling_again_sends_the_validators_and_stores_nothing(
    server: FeedServer, feed: Feed
) -> None:
    server.body = RSS.format(items=GOOD).encode()
    poll_feed(feed=feed, at=NOW)

    received = poll_feed(feed=Feed.objects.get(), at=NOW + timedelta(minutes=15))

    assert server.seen[-1]["If-None-Match"] == server.etag
    assert (received.stored, received.known, Event.objects.count()) == (0, 0, 1)


def test_a_feed_that_somebody_polled_meanwhile_is_left_alone(
    server: FeedServer, feed: Feed
) -> None:
    stale = Feed.objects.get()
    poll_feed(feed=feed, at=NOW)

    assert poll_feed(feed=stale, at=NOW).stored == 0
    assert len(server.seen) == 1


def test_an_entry_without_a_title_is_named_and_the_good_ones_kept(
    server: FeedServer, feed: Feed
) -> None:
    server.body = RSS.format(items=TITLELESS + GOOD).encode()

    received = poll_feed(feed=feed, at=NOW)

    assert (received.stored, received.problem_count) == (1, 1)
    feed.refresh_from_db()
    assert feed.failures == 0
    assert "row 1" in feed.last_error


def test_an_entry_without_a_date_is_of_the_moment_it_was_first_seen(
    server: FeedServer, feed: Feed
) -> None:
    server.body = RSS.format(items=DATELESS).encode()

    poll_feed(feed=feed, at=NOW)
    server.etag = '"two"'
    again = poll_feed(feed=feed, at=NOW + timedelta(minutes=15))

    assert (again.stored, again.known) == (0, 1)
    assert Document.objects.get().published_at == NOW


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (200, b"Good morning, this is no feed.", "XML"),
        (200, b"<!doctype html><html><body>Please log in</body></html>", "web page"),
        (200, b"", "empty"),
        (404, b"", "404"),
        (503, b"", "503"),
    ],
)
def test_what_is_no_feed_is_said_in_words_and_put_off(
    server: FeedServer, feed: Feed, status: int, body: bytes, words: str
) -> None:
    server.status, server.body = status, body

    poll_feed(feed=feed, at=NOW)

    feed.refresh_from_db()
    assert words in feed.last_error
    assert (feed.failures, feed.next_poll_at) == (1, NOW + timedelta(minutes=30))
    assert not Document.objects.exists()


def test_a_feed_in_trouble_is_asked_at_least_once_a_day(server: FeedServer, feed: Feed) -> None:
    server.status = 500
    Feed.objects.update(failures=40)

    poll_feed(feed=feed, at=NOW)

    feed.refresh_from_db()
    assert feed.next_poll_at == NOW + timedelta(days=1)


def test_a_feed_that_answers_again_is_out_of_trouble(server: FeedServer, feed: Feed) -> None:
    Feed.objects.update(failures=3, last_error="It answered 503.")
    server.body = RSS.format(items=GOOD).encode()

    poll_feed(feed=feed, at=NOW)

    feed.refresh_from_db()
    assert (feed.failures, feed.last_error) == (0, "")


def test_a_private_address_is_refused_outside_tests(
    server: FeedServer, feed: Feed, settings: Any
) -> None:
    settings.FETCH_ALLOW_LOOPBACK = False

    poll_feed(feed=feed, at=NOW)

    feed.refresh_from_db()
    assert feed.failures == 1
    assert server.seen == []


def test_the_sweep_polls_what_is_due_and_passes_over_what_breaks(server: FeedServer) -> None:
    server.body = RSS.format(items=GOOD).encode()
    broken = FeedFactory(url=server.url + "status-500", next_poll_at=NOW)
    due = FeedFactory(url=server.url, next_poll_at=NOW)
    later = FeedFactory(url=server.url + "later", next_poll_at=datetime(2999, 1, 1, tzinfo=UTC))
    off = FeedFactory(url=server.url + "off", next_poll_at=NOW, is_active=False)

    poll_due_feeds()

    states = {one.pk: (one.failures, bool(one.last_success_at)) for one in Feed.objects.all()}
    assert states == {
        broken.pk: (1, False),
        due.pk: (0, True),
        later.pk: (0, False),
        off.pk: (0, False),
    }


def test_a_feed_is_added_once(analyst: User, colleague: User) -> None:
    feed = add_feed(url="https://harbour.example/feed.xml", by=analyst)

    assert (feed.name, feed.publisher.domain) == ("harbour.example", "harbour.example")
    assert add_feed(url="https://harbour.example/feed.xml", by=colleague, name="Other") == feed
    assert AuditEntry.objects.filter(verb="added").count() == 1
