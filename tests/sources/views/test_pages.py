"""Pages of feeds and publishers: who may, what they show, what they refuse."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from sources.models import Feed
from sources.services import grade_publisher
from tests.factories.sources import DocumentFactory, FeedFactory, PublisherFactory

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
PAGES = ["sources:feeds", "sources:feed_add", "sources:publishers"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["analyst", "colleague", "lead", "administrator"])
def test_who_manages_sources_sees_them(
    sign_in: SignIn, request: pytest.FixtureRequest, who: str, page: str
) -> None:
    assert sign_in(request.getfixturevalue(who)).get(reverse(page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["reviewer", "reader", "stranger"])
def test_others_do_not(
    sign_in: SignIn, request: pytest.FixtureRequest, who: str, page: str
) -> None:
    assert sign_in(request.getfixturevalue(who)).get(reverse(page)).status_code == 403


def test_a_feed_is_added_with_its_publisher(sign_in: SignIn, analyst: User) -> None:
    answer = sign_in(analyst).post(
        reverse("sources:feed_add"),
        {"url": "https://harbour.example/feed.xml", "every_minutes": "30"},
        follow=True,
    )

    feed = Feed.objects.get()
    assert (feed.publisher.domain, feed.every_minutes) == ("harbour.example", 30)
    assert "harbour.example is polled from now on." in answer.text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"url": "", "every_minutes": "15"}, "This field is required"),
        ({"url": "file:///etc/passwd", "every_minutes": "15"}, "Enter a valid URL"),
        ({"url": "https://a.example/f", "every_minutes": "0"}, "greater than or equal to 1"),
    ],
)
def test_a_feed_that_cannot_be_polled_is_refused_in_words(
    sign_in: SignIn, analyst: User, values: dict[str, str], words: str
) -> None:
    answer = sign_in(analyst).post(reverse("sources:feed_add"), values)

    assert answer.status_code == 422
    assert words in answer.text
    assert not Feed.objects.exists()


def test_a_feed_in_trouble_says_why(sign_in: SignIn, analyst: User) -> None:
    FeedFactory(failures=2, last_error="It answered 503.")

    page = sign_in(analyst).get(reverse("sources:feeds")).text

    assert "failed 2 times" in page
    assert "It answered 503." in page


def test_polling_now_asks_the_worker(sign_in: SignIn, analyst: User) -> None:
    feed = FeedFactory()

    answer = sign_in(analyst).post(reverse("sources:feed_poll", args=[feed.pk]), follow=True)

    assert "is being asked" in answer.text


def test_a_feed_is_paused_and_resumed(sign_in: SignIn, analyst: User) -> None:
    feed = FeedFactory()
    client = sign_in(analyst)

    paused = client.post(reverse("sources:feed_toggle", args=[feed.pk]), follow=True)
    assert "is paused" in paused.text
    assert not Feed.objects.due().exists()
    resumed = client.post(reverse("sources:feed_toggle", args=[feed.pk]), follow=True)
    assert "is polled again" in resumed.text
    assert Feed.objects.due().exists()


def test_three_feeds_cost_no_more_queries_than_one(
    sign_in: SignIn, analyst: User, django_assert_num_queries
) -> None:
    client = sign_in(analyst)
    FeedFactory()
    with django_assert_num_queries(4):
        client.get(reverse("sources:feeds"))
    FeedFactory()
    FeedFactory()
    with django_assert_num_queries(4):
        client.get(reverse("sources:feeds"))


def test_three_publishers_cost_no_more_queries_than_one(
    sign_in: SignIn, analyst: User, django_assert_num_queries
) -> None:
    client = sign_in(analyst)
    PublisherFactory()
    with django_assert_num_queries(5):
        client.get(reverse("sources:publishers"))
    PublisherFactory()
    PublisherFactory()
    with django_assert_num_queries(5):
        client.get(reverse("sources:publishers"))


def test_publishers_are_found_by_name(sign_in: SignIn, analyst: User) -> None:
    PublisherFactory(name="Harbour Review")
    PublisherFactory(name="The Wire")

    page = sign_in(analyst).get(reverse("sources:publishers"), {"q": "harb"}).text

    assert "Harbour Review" in page
    assert "The Wire" not in page


def test_a_grade_is_given_with_its_reason(sign_in: SignIn, lead: User) -> None:
    publisher = PublisherFactory()
    DocumentFactory(publisher=publisher)

    answer = sign_in(lead).post(
        reverse("publisher_grade", args=[publisher.pk]),
        {"reliability": "B", "reason": "Corrects in public."},
        follow=True,
    )

    assert "B · usually reliable" in answer.text
    assert "Corrects in public." in answer.text
    assert "1 document" in answer.text


def test_a_grade_without_reason_comes_back_with_the_history(sign_in: SignIn, lead: User) -> None:
    publisher = PublisherFactory()
    grade_publisher(publisher=publisher, reliability="D", reason="Two errors stood.", by=lead)

    answer = sign_in(lead).post(
        reverse("publisher_grade", args=[publisher.pk]), {"reliability": "A"}
    )

    assert answer.status_code == 422
    assert "Two errors stood." in answer.text
    publisher.refresh_from_db()
    assert publisher.reliability == "D"
