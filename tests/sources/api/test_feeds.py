"""Feeds over the API: how they are, added, changed, and switched."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from sources.models import Feed
from tests.factories.sources import FeedFactory
from tests.scripts import Script, assert_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def script(analyst: User) -> Script:
    return Script(analyst)


def test_feeds_tell_how_they_are(script: Script) -> None:
    now = timezone.now()
    well = FeedFactory(last_success_at=now)
    failing = FeedFactory(failures=2, last_error="It answered 503.", last_success_at=now)
    silent = FeedFactory(
        last_success_at=now, quiet_since=now - timedelta(days=3), silent_after=timedelta(days=1)
    )

    rows = script.get("feeds/").json()["results"]

    assert [(row["id"], row["state"], row["last_error"]) for row in rows] == [
        (silent.pk, "silent", ""),
        (failing.pk, "failing", "It answered 503."),
        (well.pk, "well", ""),
    ]
    assert {"last_success_at", "next_poll_at", "items_a_day"} <= set(rows[0])
    narrowed = script.get("feeds/", state="failing").json()["results"]
    assert [row["id"] for row in narrowed] == [failing.pk]
    assert [row["id"] for row in script.get("feeds/", words=well.name).json()["results"]] == [
        well.pk
    ]
    assert_problem(script.get("feeds/", state="odd"), 400, "state")


def test_a_feed_is_added_once(script: Script) -> None:
    body = {"url": "https://harbour.example/feed.xml", "every_minutes": 30}

    first, again = script.post("feeds/", body), script.post("feeds/", body)

    feed = Feed.objects.get()
    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.json()["id"], first.json()["state"]) == (feed.pk, "new")
    assert (feed.every_minutes, feed.publisher.domain) == (30, "harbour.example")


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ({}, "url", "required"),
        ({"url": "file:///etc/passwd"}, "url", "not an http or https address"),
        ({"url": "http://2130706433/f"}, "url", "2130706433 is a private address (127.0.0.1)"),
        (
            {"url": "http://nas.internal/f"},
            "url",
            "nas.internal is a name inside a private network",
        ),
        ({"url": "https://ann:secret@a.example/f"}, "url", "password"),
        ({"url": "https://a.example/f", "every_minutes": 0}, "every_minutes", "greater than"),
        ({"url": "https://a.example/f", "name": "a\0b"}, "name", "Null characters"),
    ],
)
def test_a_feed_that_cannot_be_polled_is_refused_in_words(
    script: Script, body: dict[str, object], field: str, words: str
) -> None:
    problem = assert_problem(script.post("feeds/", body), 400, words)

    assert [one["field"] for one in problem["errors"]] == [field]
    assert not Feed.objects.exists()


def test_what_a_change_does_not_name_stays(script: Script) -> None:
    feed, other = FeedFactory(every_minutes=15), FeedFactory()

    changed = script.patch(f"feeds/{feed.pk}/", {"every_minutes": 60})

    assert (changed.status_code, changed.json()["every_minutes"]) == (200, 60)
    assert (changed.json()["name"], changed.json()["url"]) == (feed.name, feed.url)
    taken = script.patch(f"feeds/{feed.pk}/", {"url": other.url})
    assert_problem(taken, 400, "Another feed has this address")


@pytest.mark.parametrize(
    ("switches", "state", "verbs"),
    [
        (["pause", "pause"], "paused", ["paused"]),
        (["pause", "resume", "resume"], "well", ["resumed", "paused"]),
        (["mute", "mute"], "muted", ["muted"]),
        (["mute", "unmute"], "well", ["unmuted", "muted"]),
        (["retry"], "well", []),
    ],
)
def test_switches_can_be_thrown_twice_and_are_noted_once(
    script: Script, switches: list[str], state: str, verbs: list[str]
) -> None:
    feed = FeedFactory(last_success_at=timezone.now())

    answers = [script.post(f"feeds/{feed.pk}/{switch}/") for switch in switches]

    assert [answer.status_code for answer in answers] == [200] * len(switches)
    assert answers[-1].json()["state"] == state
    noted = AuditEntry.objects.filter(object_type="sources.feed", object_id=feed.pk)
    assert [entry.verb for entry in noted] == verbs


def test_a_reader_neither_sees_nor_switches_feeds(reader: User) -> None:
    feed, script = FeedFactory(), Script(reader)

    for path in ("feeds/", f"feeds/{feed.pk}/"):
        assert_problem(script.get(path), 403)
    assert_problem(script.post(f"feeds/{feed.pk}/pause/"), 403)
    feed.refresh_from_db()
    assert feed.is_active
