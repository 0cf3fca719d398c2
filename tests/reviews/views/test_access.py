"""Who may open which address of this room without signing in, and as whom."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reviews.urls import pages

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]

# Each opens by a secret in the address itself.
WITHOUT_SIGNING_IN = {"calendar_feed", "mail_stop"}
JUDGES = {"feedback", "board", "calendar", "calendar_end", "mail", "conflicts"}
LEADS = {
    *(
        "policy",
        "missing",
        "conflict_end",
        "agreement",
        "consensus",
        "appeals",
        "appeal_decide",
        "appeal_take",
        "judge_again",
    ),
}
# These ask for a seat, a draft or a line of one's own: their tests say whose.
OWN = {
    *(
        "appeal",
        "line",
        "judge",
        "draft",
        "report",
        "skip",
        "postpone",
        "hand_back",
        "draft_forget",
    ),
}


def address(name: str) -> str:
    """The address of a page, with numbers and words that name nothing."""
    (route,) = [str(one.pattern) for one in pages if one.name == name]
    parts = re.findall(r"<(int|str):(\w+)>", route)
    given = {name: 1 if kind == "int" else "nothing" for kind, name in parts}
    return reverse(f"reviews:{name}", kwargs=given)


def test_every_page_has_its_place_in_the_table() -> None:
    named = [one.name for one in pages]

    assert sorted(named) == sorted(WITHOUT_SIGNING_IN | JUDGES | LEADS | OWN)


@pytest.mark.parametrize("name", [one.name for one in pages])
def test_whoever_is_not_signed_in_is_led_there(name: str, client: Client) -> None:
    answers = [client.get(address(name)), client.post(address(name))]

    if name in WITHOUT_SIGNING_IN:
        assert {one.status_code for one in answers} <= {404, 405}
    else:
        assert {one.headers["location"].partition("?")[0] for one in answers} == {"/sign-in/"}


@pytest.mark.parametrize("who", ["analyst", "reader", "administrator", "stranger", "reviewer"])
@pytest.mark.parametrize("name", sorted(JUDGES | LEADS))
def test_pages_are_for_judges_and_leads(
    name: str, who: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    client = sign_in(request.getfixturevalue(who))

    statuses = {client.get(address(name)).status_code, client.post(address(name)).status_code}

    may = who == "reviewer" and name in JUDGES
    assert (403 in statuses) != may
    assert may or statuses <= {403, 405}
