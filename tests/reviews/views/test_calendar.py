"""The secret address of a calendar: made, shown once, renewed, ended; and what is read there."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.services import make_calendar_address
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.sources import ClaimantFactory

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
PAGE = "/reviews/calendar/"


def made(client: Client) -> str:
    """Makes an address and gives its path."""
    return urlsplit(client.post(PAGE).context["address"]).path


def test_an_address_is_shown_once_and_kept_as_a_digest(
    sign_in: SignIn, reviewer: User, client: Client
) -> None:
    signed_in = sign_in(reviewer)
    assert "no address yet" in signed_in.get(PAGE).text

    path = made(signed_in)

    secret = path.removeprefix(PAGE).removesuffix(".ics")
    reviewer.refresh_from_db()
    assert reviewer.calendar_digest == sha256(secret.encode()).hexdigest()
    assert secret not in signed_in.get(PAGE).text
    assert secret not in str(AuditEntry.objects.values_list("verb", "detail"))
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (
        200,
        "text/calendar; charset=utf-8",
    )


def test_a_new_address_ends_the_old(sign_in: SignIn, reviewer: User, client: Client) -> None:
    old = made(sign_in(reviewer))
    new = made(sign_in(reviewer))

    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_an_ended_address_opens_nothing(sign_in: SignIn, reviewer: User, client: Client) -> None:
    path = made(sign_in(reviewer))
    for _ in range(2):
        sign_in(reviewer).post(f"{PAGE}end/")

    assert client.get(path).status_code == 404
    verbs = AuditEntry.objects.filter(by=reviewer).values_list("verb", flat=True)
    assert list(verbs) == ["ended the calendar address", "made a calendar address"]


@pytest.mark.parametrize("change", [{"is_active": False}, {"roles": ["reader"]}])
def test_whoever_left_has_no_calendar(
    change: dict[str, object], reviewer: User, client: Client
) -> None:
    secret = make_calendar_address(by=reviewer)
    User.objects.filter(pk=reviewer.pk).update(**change)

    assert client.get(reverse("reviews:calendar_feed", args=[secret])).status_code == 404


@pytest.mark.parametrize("secret", ["x", "None", "%00", "ü" * 300])
def test_a_wrong_address_opens_nothing(secret: str, reviewer: User, client: Client) -> None:
    assert client.get(f"{PAGE}{secret}.ics").status_code == 404


def test_the_same_calendar_is_not_sent_twice(reviewer: User, client: Client) -> None:
    path = reverse("reviews:calendar_feed", args=[make_calendar_address(by=reviewer)])
    tag = client.get(path).headers["etag"]

    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    day = timezone.localdate() + timedelta(days=9)
    RegisteredClaimFactory(due_on=day, due_latest=day)
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_a_calendar_tells_neither_words_nor_names(reviewer: User, client: Client) -> None:
    day = timezone.localdate() + timedelta(days=9)
    RegisteredClaimFactory(
        claimant=ClaimantFactory(name="Zebulon Quirk"),
        statement="Herring double.",
        due_on=day,
        due_latest=day,
    )
    path = reverse("reviews:calendar_feed", args=[make_calendar_address(by=reviewer)])

    body = client.get(path).text

    assert "SUMMARY:1 checkpoint due" in body
    assert [word for word in ("Quirk", "Herring", "claims/") if word in body] == []


@pytest.mark.parametrize("who", ["analyst", "reader", "administrator", "stranger"])
def test_nobody_else_has_one(who: str, request: pytest.FixtureRequest, sign_in: SignIn) -> None:
    client = sign_in(request.getfixturevalue(who))

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE).status_code == 403
    assert client.post(f"{PAGE}end/").status_code == 403
    assert not User.objects.exclude(calendar_digest=None).exists()
