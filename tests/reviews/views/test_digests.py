"""Choosing mail, and the link in it that ends it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, User
from accounts.services import set_mail
from reviews.digests import signed

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
PAGE = "/reviews/mail/"


def test_a_choice_is_stored(sign_in: SignIn, reviewer: User) -> None:
    client = sign_in(reviewer)
    assert "an administrator enters it" in client.get(PAGE).text

    assert client.post(PAGE, {"rhythm": "weekly", "hour": "17"}).status_code == 302

    reviewer.refresh_from_db()
    assert (reviewer.mail_rhythm, reviewer.mail_hour) == ("weekly", 17)
    assert AuditEntry.objects.get(by=reviewer).detail == {"rhythm": "weekly", "hour": 17}


@pytest.mark.parametrize(
    "values", [{"rhythm": "daily", "hour": "24"}, {"rhythm": "hourly", "hour": "1"}, {}]
)
def test_a_wrong_choice_comes_back(values: dict[str, str], sign_in: SignIn, reviewer: User) -> None:
    sign_in(reviewer).post(PAGE, values)

    reviewer.refresh_from_db()
    assert (reviewer.mail_rhythm, reviewer.mail_hour) == ("never", 8)


@pytest.mark.parametrize("who", ["analyst", "reader", "administrator", "stranger"])
def test_nobody_else_chooses(who: str, request: pytest.FixtureRequest, sign_in: SignIn) -> None:
    client = sign_in(request.getfixturevalue(who))

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"rhythm": "daily", "hour": "1"}).status_code == 403


def test_the_link_ends_mail_without_signing_in(reviewer: User) -> None:
    set_mail(rhythm="daily", hour=8, by=reviewer)
    client = Client(enforce_csrf_checks=True)
    link = reverse("reviews:mail_stop", args=[signed(reviewer)])

    assert "Send me no more" in client.get(link).text
    reviewer.refresh_from_db()
    assert reviewer.mail_rhythm == "daily"
    for _ in range(2):
        assert "No more mail is sent" in client.post(link).text

    reviewer.refresh_from_db()
    assert reviewer.mail_rhythm == "never"
    assert AuditEntry.objects.filter(verb="stopped mail").count() == 1


def test_an_unsigned_link_ends_nothing(reviewer: User, lead: User, client: Client) -> None:
    set_mail(rhythm="daily", hour=8, by=reviewer)
    signature = signed(lead).partition(":")[2]

    for wrong in (str(reviewer.pk), f"{reviewer.pk}:{signature}", "x:y"):
        assert client.post(f"{PAGE}stop/{wrong}/").status_code == 404
    reviewer.refresh_from_db()
    assert reviewer.mail_rhythm == "daily"
