"""An event's day against the window of a claim, and the warning where it lies outside."""

from collections.abc import Callable
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from claims.models import Claim, Evidence
from claims.windows import outside_window, within_window
from tests.factories.claims import ClaimFactory, EvidenceFactory, RegisteredClaimFactory
from tests.factories.sources import EventFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

WINDOW = "21 Mar 2023 to 21 Mar 2026"


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2023, 3, 20), "20 Mar 2023, lies before the window of claim {}, " + WINDOW + "."),
        (date(2023, 3, 21), ""),
        (date(2026, 3, 21), ""),
        (
            date(2026, 3, 22),
            "22 Mar 2026, lies after the window of claim {}, "
            + WINDOW
            + ": no reviewer of the claim is shown it.",
        ),
    ],
)
def test_day_is_said_against_the_window(day: date, words: str) -> None:
    claim = ClaimFactory()

    said = f"This event’s day, {words.format(claim.pk)}" if words else ""
    assert outside_window(claim, day) == said


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2023, 3, 20), False),
        (date(2023, 3, 21), True),
        (date(2026, 3, 21), True),
        (date(2026, 3, 22), False),
    ],
)
def test_day_is_said_to_lie_in_the_window(day: date, inside: bool) -> None:
    assert within_window(ClaimFactory(), day) == (f"in the window, {WINDOW}" if inside else "")


@pytest.mark.parametrize(
    "fields",
    [
        {"due_on": None, "due_earliest": None, "due_latest": None},
        {"kind": Claim.Kind.ASSESSMENT},
    ],
)
def test_no_day_lies_in_a_window_that_is_none(fields: dict[str, object]) -> None:
    assert within_window(ClaimFactory(**fields), date(2024, 1, 1)) == ""


def test_claim_without_a_due_date_or_not_scored_has_no_window() -> None:
    late = date(2099, 1, 1)

    assert outside_window(ClaimFactory(due_on=None, due_earliest=None, due_latest=None), late) == ""
    assert outside_window(ClaimFactory(kind=Claim.Kind.ASSESSMENT), late) == ""


def test_linking_long_after_the_due_date_is_allowed_and_told(browser: Client) -> None:
    claim, event = RegisteredClaimFactory(), EventFactory(occurred_on=date(2031, 2, 3))

    response = browser.post(
        f"/events/{event.pk}/link/", {"claim": claim.pk, "stance": "1"}, follow=True
    )

    outside = (
        f"This event’s day, 3 Feb 2031, lies after the window of claim {claim.pk}, {WINDOW}: "
        "no reviewer of the claim is shown it."
    )
    page = text_of(response)
    assert Evidence.objects.get().status == "accepted"
    assert f"{outside} If that is a mistake, undo the link in the inbox." in page
    assert f"<b>{outside}</b>" in page


def test_linking_within_the_window_warns_of_nothing(browser: Client) -> None:
    claim, event = RegisteredClaimFactory(), EventFactory()

    response = browser.post(
        f"/events/{event.pk}/link/", {"claim": claim.pk, "stance": "1"}, follow=True
    )

    assert "the window of claim" not in text_of(response)


def test_inbox_tells_before_and_after_a_suggestion_is_accepted(browser: Client) -> None:
    evidence = EvidenceFactory(event=EventFactory(occurred_on=date(2027, 2, 3)))
    outside = f"3 Feb 2027, lies after the window of claim {evidence.claim_id}, {WINDOW}"
    assert outside in text_of(browser.get("/inbox/"))

    accepted = f"/inbox/{evidence.pk}/accept/"
    row = text_of(browser.post(accepted, {"stance": "1"}, headers={"HX-Request": "true"}))
    plain = text_of(browser.post(accepted, {"stance": "1"}, follow=True))

    assert outside in row
    assert outside in plain
    assert outside in text_of(browser.get("/inbox/?tab=accepted"))
