"""Pages of feeds: what they show, what one click does, what is refused."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, User
from sources.models import Document, Feed, FeedDay, FeedPoll
from tests.factories.sources import DocumentFactory, EventFactory, FeedFactory

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
ACTS = ["poll", "pause", "resume", "mute", "unmute", "delete"]


@pytest.fixture
def client(sign_in: SignIn, analyst: User) -> Client:
    return sign_in(analyst)


def act(client: Client, feed: Feed, what: str, **options: object):
    return client.post(reverse(f"sources:feed_{what}", args=[feed.pk]), follow=True, **options)


@pytest.mark.parametrize("what", [*ACTS, "edit", ""])
def test_others_neither_see_nor_touch_a_feed(sign_in: SignIn, reader: User, what: str) -> None:
    feed = FeedFactory()
    name = f"sources:feed_{what}" if what else "sources:feed"
    ask = sign_in(reader).post if what in ACTS else sign_in(reader).get

    assert ask(reverse(name, args=[feed.pk])).status_code == 403
    assert Feed.objects.filter(is_active=True, is_muted=False).exists()


@pytest.mark.parametrize("what", ACTS)
def test_nothing_is_done_by_following_a_link(client: Client, what: str) -> None:
    feed = FeedFactory()

    assert client.get(reverse(f"sources:feed_{what}", args=[feed.pk])).status_code == 405


def test_a_feed_is_added_with_its_publisher(client: Client) -> None:
    answer = client.post(
        reverse("sources:feed_add"),
        {"url": " feed://harbour.example/feed.xml ", "every_minutes": "30"},
        follow=True,
    )

    feed = Feed.objects.get()
    assert (feed.url, feed.publisher.domain, feed.every_minutes) == (
        "http://harbour.example/feed.xml",
        "harbour.example",
        30,
    )
    assert "harbour.example is polled from now on." in answer.text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"url": "", "every_minutes": "15"}, "This field is required"),
        ({"url": "file:///etc/passwd", "every_minutes": "15"}, "is not an http or https address"),
        ({"url": "https://a..example/f", "every_minutes": "15"}, "Enter a valid URL"),
        ({"url": "http://10.0.0.5/f", "every_minutes": "15"}, "10.0.0.5 is a private address"),
        ({"url": "http://0x7f.1/f", "every_minutes": "15"}, "private address (127.0.0.1)"),
        ({"url": "http://localhost/f", "every_minutes": "15"}, "inside a private network"),
        ({"url": "https://me:word@a.example/f", "every_minutes": "15"}, "user name or password"),
        ({"url": "https://a.example/f", "every_minutes": "0"}, "greater than or equal to 1"),
        ({"url": "https://known.example/f", "every_minutes": "15"}, "polled already, as Harbour"),
    ],
)
def test_a_feed_that_cannot_be_polled_is_refused_in_words(
    client: Client, values: dict[str, str], words: str
) -> None:
    FeedFactory(name="Harbour", url="https://known.example/f")

    answer = client.post(reverse("sources:feed_add"), values)

    assert answer.status_code == 422
    assert words in answer.text
    assert Feed.objects.count() == 1


def test_a_feed_is_changed_and_forgets_what_it_knew_of_the_old_address(
    client: Client, analyst: User
) -> None:
    feed = FeedFactory(
        name="Old", etag='"1"', failures=3, last_error="404", url="https://a.example/f"
    )
    values = {"url": "https://b.example/f", "name": "New", "publisher": "The Wire"}

    answer = client.post(
        reverse("sources:feed_edit", args=[feed.pk]), values | {"every_minutes": "60"}, follow=True
    )

    assert "New is changed." in answer.text
    feed.refresh_from_db()
    assert (feed.name, feed.url, feed.publisher.name, feed.every_minutes) == (
        *("New", "https://b.example/f", "The Wire", 60),
    )
    assert (feed.etag, feed.failures, feed.last_error) == ("", 0, "")
    entry = AuditEntry.objects.get(verb="changed", by=analyst)
    assert entry.detail["url"] == ["https://a.example/f", "https://b.example/f"]
    assert entry.detail["every_minutes"] == ["15", "60"]


def test_a_feed_does_not_take_the_address_of_another(client: Client) -> None:
    FeedFactory(name="Harbour", url="https://known.example/f")
    feed = FeedFactory()
    values = {"url": "https://known.example/f", "name": "x", "publisher": "", "every_minutes": "5"}

    answer = client.post(reverse("sources:feed_edit", args=[feed.pk]), values)

    assert (answer.status_code, "polled already, as Harbour" in answer.text) == (422, True)


def test_one_click_each_pauses_resumes_mutes_and_asks(client: Client) -> None:
    feed = FeedFactory(name="Harbour")

    def states() -> tuple[bool, bool]:
        feed.refresh_from_db()
        return feed.is_active, feed.is_muted

    assert "Harbour is paused." in act(client, feed, "pause").text
    assert "Harbour is paused: resume it first." in act(client, feed, "poll").text
    assert states() == (False, False)
    assert "Harbour is polled again." in act(client, feed, "resume").text
    assert "Harbour is muted" in act(client, feed, "mute").text
    assert states() == (True, True)
    assert "Harbour is no longer muted." in act(client, feed, "unmute").text
    assert "Harbour is being asked" in act(client, feed, "poll").text
    assert states() == (True, False)
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")] == [
        *("paused", "resumed", "muted", "unmuted"),
    ]


def test_a_second_click_on_an_old_page_changes_nothing(client: Client) -> None:
    feed = FeedFactory()

    act(client, feed, "pause")
    act(client, feed, "pause")

    feed.refresh_from_db()
    assert not feed.is_active
    assert AuditEntry.objects.filter(verb="paused").count() == 1


def test_a_resumed_feed_is_asked_again_and_keeps_what_is_known_of_it(client: Client) -> None:
    feed = FeedFactory(
        is_active=False,
        paused_because="Gone for good.",
        failures=1,
        last_error="It answered 410.",
        next_poll_at=timezone.now() + timedelta(days=1),
    )
    FeedPoll.objects.create(feed=feed, at=timezone.now(), milliseconds=7, size=0, failed=True)
    assert "Gone for good." in client.get(reverse("sources:feeds")).text

    page = act(client, feed, "resume").text

    feed.refresh_from_db()
    assert (feed.is_active, feed.paused_because) == (True, "")
    assert feed.next_poll_at <= timezone.now()
    assert ("It failed once. It answered 410." in page, "not asked yet" in page) == (True, False)
    assert f"<dd>{feed.next_poll_at:%-d %b %Y %H:%M}</dd>" in page


def test_with_htmx_a_click_draws_its_row_anew(client: Client) -> None:
    feed = FeedFactory(name="Harbour")

    answer = act(client, feed, "pause", headers={"HX-Request": "true"})

    assert answer.text.startswith(f'\n    <tr id="feed-{feed.pk}">') or "<tr" in answer.text[:80]
    assert "<html" not in answer.text
    assert "Resume Harbour" in answer.text
    assert 'id="notices" role="status" hx-swap-oob="true"><p class="notice success">' in answer.text


@pytest.mark.parametrize(
    ("back", "landed"),
    [("/sources/feeds/?state=new", "/sources/feeds/"), ("https://evil.example/", None)],
)
def test_a_click_leads_back_to_a_page_of_ours(
    client: Client, back: str, landed: str | None
) -> None:
    feed = FeedFactory()

    answer = client.post(reverse("sources:feed_pause", args=[feed.pk]), {"back": back}, follow=True)

    assert answer.request["PATH_INFO"] == (landed or feed.get_absolute_url())


def test_only_a_feed_that_brought_nothing_is_removed(client: Client, analyst: User) -> None:
    empty, full = FeedFactory(name="Empty"), FeedFactory(name="Full")
    FeedDay.objects.create(feed=empty, day="2026-04-01", answers=1)
    FeedPoll.objects.create(feed=empty, at=timezone.now(), milliseconds=1, size=1)
    DocumentFactory(feed=full, origin=Document.Origin.FEED)

    assert (
        "Full brought documents, which name it: pause it instead."
        in act(client, full, "delete").text
    )
    assert "Empty is removed." in act(client, empty, "delete").text
    assert list(Feed.objects.all()) == [full]
    assert AuditEntry.objects.get(verb="removed", by=analyst).detail == {
        "url": empty.url,
        "name": "Empty",
    }


def test_the_list_says_how_each_feed_is(client: Client) -> None:
    FeedFactory(name="Down", failures=2, last_error="It answered 503.")
    feed = FeedFactory(
        name="Quiet",
        last_success_at=timezone.now(),
        next_poll_at=timezone.now() + timedelta(hours=1),
        quiet_since=datetime(2026, 4, 1, 9, tzinfo=UTC),
        silent_after=timedelta(hours=9),
    )
    FeedDay.objects.create(feed=feed, day=timezone.localdate(), answers=1, items=4)

    page = client.get(reverse("sources:feeds")).text

    assert page.index("Down") < page.index("Quiet")
    assert "It failed 2 times. It answered 503." in page
    assert "nothing new since 1 Apr 09:00; for this feed 9 hours is longer than usual." in page
    assert (
        "today last: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4."
        in page
    )
    assert '<path d="M81,20v-20h2v20z"/>' in page


def test_the_list_is_narrowed_by_state_and_words(client: Client) -> None:
    FeedFactory(name="Down", failures=1)
    FeedFactory(name="Fresh")

    def shown(**asked: str) -> tuple[bool, bool]:
        page = client.get(reverse("sources:feeds"), asked).text
        return ">Down</a>" in page, ">Fresh</a>" in page

    assert shown() == (True, True)
    assert shown(state="failing") == (True, False)
    assert shown(q="fre\0sh") == (False, True)
    assert "No feed like that" in client.get(reverse("sources:feeds"), {"q": "none"}).text


def test_more_feeds_cost_no_more_queries(client: Client, django_assert_num_queries) -> None:
    FeedFactory()
    with django_assert_num_queries(9):
        client.get(reverse("sources:feeds"))
    for _ in range(2):
        FeedFactory()
    with django_assert_num_queries(9):
        client.get(reverse("sources:feeds"))


def test_a_feed_has_a_page_with_its_polls_and_items(
    client: Client, django_assert_num_queries
) -> None:
    feed = FeedFactory(name="Harbour")
    for n in range(2):
        document = DocumentFactory(feed=feed, origin=Document.Origin.FEED, title=f"Story {n}")
        EventFactory(title=f"Event {n}", report=document)
        FeedPoll.objects.create(
            feed=feed,
            at=timezone.now(),
            milliseconds=7,
            size=1,
            status=500 + n,
            problem=f"It answered 50{n}.",
            failed=True,
        )

    with django_assert_num_queries(7):
        page = client.get(feed.get_absolute_url()).text

    assert page.index("It answered 501.") < page.index("It answered 500.")
    assert page.index("Story 1") < page.index("Story 0")
    assert "Remove it" not in page


def test_a_list_is_imported_and_says_what_became_of_it(client: Client) -> None:
    FeedFactory(url="https://known.example/f")
    rows = "".join(
        f'<outline text="{name}" xmlUrl="{url}"/>'
        for name, url in (
            *(("Harbour", "https://h.example/f"), ("Known", "https://known.example/f")),
            *(("Broken", "gopher://x"), ("Router", "http://192.168.1.1/rss")),
        )
    )
    file = SimpleUploadedFile("list.opml", f"<opml><body>{rows}</body></opml>".encode())

    page = client.post(reverse("sources:feeds_import"), {"file": file}).text

    assert "<b>1 added</b>, 1 known already." in page
    assert "Broken: gopher://x is left out." in page
    assert "192.168.1.1 is a private address, which is never fetched." in page
    assert Feed.objects.filter(name="Harbour").exists()


def test_a_file_that_is_no_list_is_refused_in_words(client: Client) -> None:
    file = SimpleUploadedFile("list.opml", b"<html></html>")

    answer = client.post(reverse("sources:feeds_import"), {"file": file})

    assert (answer.status_code, "no OPML list of feeds" in answer.text) == (422, True)


def test_the_feeds_are_exported_as_a_list(client: Client) -> None:
    FeedFactory(url="https://h.example/f?a=1&b=2")

    answer = client.get(reverse("sources:feeds_export"))

    assert answer["Content-Disposition"] == 'attachment; filename="feeds.opml"'
    assert 'xmlUrl="https://h.example/f?a=1&amp;b=2"' in answer.text
