"""Many feeds polled at a time: the bad ones end in time and words, and delay no other."""

import threading
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from sources.models import Document, Event, Feed, FeedDay, FeedPoll
from sources.services import poll_due_feeds, poll_feed
from tests.factories.sources import FeedFactory
from tests.sources.services.feed_server import FeedServer, bomb, rss

DUE = datetime(2026, 4, 1, 9, tzinfo=UTC)
BAD = {
    "status-500": "answered with status 500",
    "status-429": "answered with status 429",
    "page": "web page",
    "loop": "redirects more than 5 times",
    "301-302-308-301-302-308-own-far": "redirects more than 5 times",
    "bomb": "larger than 10 MB",
    "short": "broke off",
    "silent": "timed out",
    "trickling": "timed out",
    "endless": "larger than 10 MB",
}


@pytest.mark.django_db
def test_bad_feeds_end_in_words_and_are_bounded_in_time_and_memory(
    server: FeedServer, settings: Any
) -> None:
    settings.FEEDS_PER_HOST = settings.FEEDS_AT_ONCE = len(BAD)
    settings.FEEDS_SECONDS = 1.5
    for path in BAD:
        FeedFactory(url=server.url + path, next_poll_at=DUE)
    bomb()  # packed before the clock runs
    tracemalloc.start()
    start = time.monotonic()

    poll_due_feeds(seconds=5)

    took, most = time.monotonic() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    errors = {feed.url: feed.last_error for feed in Feed.objects.filter(failures=1)}
    missing = {path for path, words in BAD.items() if words not in errors[server.url + path]}
    assert missing == set()
    assert took < 5  # of which the slowest may take one and a half
    assert most < 100 * 2**20  # the bomb alone unpacks to 64, the endless one to any number


@pytest.mark.django_db
def test_good_feeds_are_polled_while_slow_ones_are_still_awaited(
    server: FeedServer, settings: Any
) -> None:
    settings.FEEDS_PER_HOST = settings.FEEDS_AT_ONCE = 4
    slow = [FeedFactory(url=f"{server.url}held-{n}", next_poll_at=DUE) for n in range(3)]
    later = DUE + timedelta(minutes=1)
    names = [*(f"own-{n}" for n in range(8)), "301-302-308-own-near", "mislabelled-picture"]
    good = [FeedFactory(url=server.url + name, next_poll_at=later) for name in names]
    # The slow ones answer only after every good one was asked.
    server.hold_until = {f"/{name}" for name in names}

    assert poll_due_feeds(seconds=5) == len(slow) + len(good)

    assert Feed.objects.filter(failures=0, last_error="", leased_until=None).count() == 13
    order = list(FeedPoll.objects.order_by("pk").values_list("feed", flat=True))
    assert set(order[:9]) <= {feed.pk for feed in good}


@pytest.mark.django_db
def test_a_sweep_waits_for_the_pause_of_a_host(server: FeedServer, settings: Any) -> None:
    settings.FEEDS_HOST_PAUSE = 0.1
    for n in range(3):
        FeedFactory(url=f"{server.url}own-{n}", next_poll_at=DUE)
    start = time.monotonic()

    assert poll_due_feeds(seconds=3) == 3
    assert time.monotonic() - start >= 0.2
    assert server.most_at_once == 1


@pytest.mark.django_db
def test_a_sweep_takes_on_nothing_after_its_time(server: FeedServer) -> None:
    FeedFactory(url=f"{server.url}own-1", next_poll_at=DUE)

    assert poll_due_feeds(seconds=0) == 0
    assert server.paths == []


def in_a_worker_of_its_own[T](work: Any) -> T:
    """Runs in a thread with a connection of its own, closed at the end."""
    try:
        return work()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_poll_one_feed_at_once_nor_store_or_count_it_twice(
    server: FeedServer,
) -> None:
    feed = FeedFactory(url=f"{server.url}held-story", next_poll_at=DUE)
    ready = threading.Barrier(4)

    def poll() -> int:
        ready.wait()
        return poll_feed(feed=feed).stored

    def let_go_when_asked() -> None:
        # The other three are done before the one that asks gets its answer.
        while not (server.paths and sum(one.done() for one in polls) >= 3):
            time.sleep(0.005)
        server.let_go.set()

    with ThreadPoolExecutor(4) as pool:
        polls = [pool.submit(in_a_worker_of_its_own, poll) for _ in range(4)]
        let_go_when_asked()
        stored = [one.result() for one in polls]

    assert sorted(stored) == [0, 0, 0, 1]
    assert server.paths == ["/held-story"]
    day = FeedDay.objects.get()
    assert (day.answers, day.items, Event.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_share_the_feeds_and_keep_to_the_bound_of_a_host(
    server: FeedServer, settings: Any
) -> None:
    settings.FEEDS_PER_HOST = 3
    for n in range(12):
        FeedFactory(url=f"{server.url}own-{n}", next_poll_at=DUE)

    with ThreadPoolExecutor(2) as pool:
        sweeps = [
            pool.submit(in_a_worker_of_its_own, lambda: poll_due_feeds(seconds=5)) for _ in range(2)
        ]
        asked = [sweep.result() for sweep in sweeps]

    assert sum(asked) == 12
    assert sorted(server.paths) == sorted(f"/own-{n}" for n in range(12))
    assert server.most_at_once <= 3
    assert Document.objects.count() == 12


@pytest.mark.django_db
def test_the_same_batch_twice_is_stored_and_counted_once(server: FeedServer) -> None:
    server.etag, server.body = "", rss("one", "two")
    feed = FeedFactory(url=server.url, next_poll_at=DUE)

    for _ in range(2):
        Feed.objects.update(next_poll_at=DUE)
        poll_feed(feed=feed)

    assert list(FeedPoll.objects.order_by("pk").values_list("new", "known")) == [(2, 0), (0, 2)]
    assert FeedDay.objects.get().items == Document.objects.count() == 2
