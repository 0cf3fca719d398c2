"""Pages of feeds and publishers: who may, what they show, what they refuse."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from sources.models import Publisher
from sources.services import grade_publisher
from tests.factories.sources import DocumentFactory, FeedFactory, PublisherFactory

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
PAGES = [
    "sources:feeds",
    "sources:feed_add",
    "sources:feeds_import",
    "sources:feeds_export",
    "sources:publishers",
]


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


def test_three_publishers_cost_no_more_queries_than_one(
    sign_in: SignIn, analyst: User, django_assert_num_queries
) -> None:
    client = sign_in(analyst)
    DocumentFactory()
    with django_assert_num_queries(8):
        client.get(reverse("sources:publishers"))
    PublisherFactory(merged_into=DocumentFactory().publisher)
    DocumentFactory()
    with django_assert_num_queries(8):
        client.get(reverse("sources:publishers"))


def test_publishers_are_found_by_name(sign_in: SignIn, analyst: User) -> None:
    PublisherFactory(name="Harbour Review")
    PublisherFactory(name="The Wire")

    page = sign_in(analyst).get(reverse("sources:publishers"), {"q": "harb"}).text

    assert "Harbour Review" in page
    assert "The Wire" not in page


@pytest.fixture
def publishers() -> dict[str, Publisher]:
    """A graded one with two documents, one with an older one under its other name, one unused."""
    graded = PublisherFactory(name="Wire", domain="wire.example")
    other = PublisherFactory(name="Harbour Review", domain="harbour.example")
    unused = PublisherFactory(name="Slip", domain="slip.example")
    name = PublisherFactory(name="Harbor Revue", domain="revue.example", merged_into=other)
    grade_publisher(publisher=graded, reliability="B", reason="Corrects in public.", by=None)
    DocumentFactory(publisher=graded, captured_at=datetime(2026, 4, 2, 9, tzinfo=UTC))
    DocumentFactory(publisher=graded, captured_at=datetime(2026, 4, 1, 9, tzinfo=UTC))
    DocumentFactory(publisher=name, captured_at=datetime(2026, 4, 3, 9, tzinfo=UTC))
    return {"graded": graded, "other": other, "unused": unused, "name": name}


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["Harbour Review", "Slip", "Wire"]),
        ({"order": "documents"}, ["Wire", "Harbour Review", "Slip"]),
        ({"order": "last"}, ["Harbour Review", "Wire", "Slip"]),
        ({"order": "grade"}, ["Wire", "Harbour Review", "Slip"]),
        ({"show": "graded"}, ["Wire"]),
        ({"show": "ungraded"}, ["Harbour Review", "Slip"]),
        ({"show": "unused"}, ["Slip"]),
        ({"q": "revue"}, ["Harbour Review"]),
        ({"q": "WIRE.ex"}, ["Wire"]),
        ({"q": "example", "show": "ungraded", "order": "last"}, ["Harbour Review", "Slip"]),
        ({"show": "odd", "order": "no", "q": "a\0b"}, ["Harbour Review", "Slip", "Wire"]),
    ],
)
def test_publishers_are_searched_narrowed_and_ordered(
    sign_in: SignIn,
    analyst: User,
    publishers: dict[str, Publisher],
    asked: dict[str, str],
    names: list[str],
) -> None:
    answer = sign_in(analyst).get(reverse("sources:publishers"), asked)

    assert [one.name for one in answer.context["page_obj"]] == names
    assert ("Not everything asked could be read" in answer.text) == ("odd" in asked.values())


def test_a_publisher_is_told_with_what_came_under_all_its_names(
    sign_in: SignIn, analyst: User, publishers: dict[str, Publisher]
) -> None:
    answer = sign_in(analyst).get(reverse("sources:publishers"), {"q": "harbour"})

    [row] = answer.context["page_obj"]
    assert (row.document_count, row.last_captured_at) == (
        *(1, datetime(2026, 4, 3, 9, tzinfo=UTC)),
    )
    assert "also Harbor Revue</span>" in answer.text


def test_what_is_unused_is_removed_from_its_list(
    sign_in: SignIn, analyst: User, publishers: dict[str, Publisher]
) -> None:
    client = sign_in(analyst)
    address = reverse("sources:publishers_remove")
    assert "Remove all that are found" not in client.get(reverse("sources:publishers")).text

    unread = client.post(f"{address}?show=odd", follow=True).text
    assert "nothing is removed" in unread
    nothing = client.post(f"{address}?show=unused&q=wire", follow=True).text
    assert "0 publishers are removed." in nothing
    page = client.post(f"{address}?show=unused", follow=True).text

    assert "1 publisher is removed." in page
    assert "No publisher like that" in page
    assert set(Publisher.objects.all()) == set(publishers.values()) - {publishers["unused"]}


def test_a_publisher_is_removed_on_its_page_where_nothing_leans_on_it(
    sign_in: SignIn, analyst: User, publishers: dict[str, Publisher]
) -> None:
    client = sign_in(analyst)

    def remove(publisher: Publisher) -> str:
        address = reverse("sources:publisher_remove", args=[publisher.pk])
        return client.post(address, follow=True).text

    assert "Remove it" in client.get(publishers["unused"].get_absolute_url()).text
    assert "Remove it" not in client.get(publishers["graded"].get_absolute_url()).text
    assert "Wire stays: documents, feeds" in remove(publishers["graded"])
    assert "Slip is removed." in remove(publishers["unused"])
    assert Publisher.objects.count() == 3


def test_others_remove_no_publisher(sign_in: SignIn, reader: User) -> None:
    publisher = PublisherFactory()
    addresses = [
        reverse("sources:publishers_remove"),
        reverse("sources:publisher_remove", args=[publisher.pk]),
    ]

    assert [sign_in(reader).post(one).status_code for one in addresses] == [403, 403]
    assert [sign_in(reader).get(one).status_code for one in addresses] == [405, 405]
    assert Publisher.objects.get() == publisher


@pytest.mark.parametrize("page", ["sources:feeds", "sources:publishers"])
def test_figures_on_the_tabs_do_not_follow_a_search(
    sign_in: SignIn, analyst: User, publishers: dict[str, Publisher], page: str
) -> None:
    FeedFactory(name="Harbour", publisher=publishers["graded"])
    client = sign_in(analyst)

    for asked in ({}, {"q": "harbour"}, {"q": "nothing like it"}):
        tabs = client.get(reverse(page), asked).context["tabs"]
        assert [(tab.label, tab.count) for tab in tabs] == [
            *(("Feeds", "1"), ("Publishers", "3"), ("Counts by period", "")),
        ]


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
