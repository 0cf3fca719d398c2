"""Pages of feeds and publishers: who may, what they show, what they refuse."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from sources.services import grade_publisher
from tests.factories.sources import DocumentFactory, PublisherFactory

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
