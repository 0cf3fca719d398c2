"""Where reviews stand: who sees which line, what is counted, and the list behind it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.services import record
from claims.models import Claim
from reviews import board as boards
from reviews.board import Line, Standing, board, standing
from reviews.models import Assignment
from reviews.services import declare_conflict, lease_next, postpone
from sources.models import Claimant
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory, ReviewFactory
from tests.factories.sources import ClaimantFactory

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
NAME = "Zebulon Quirk"


def open_claim(**fields: object) -> Claim:
    """A claim with one open seat."""
    claimant = Claimant.objects.filter(name=NAME).first() or ClaimantFactory(name=NAME)
    given = {"claimant": claimant, "speaker": NAME, "statement": "Herring double."}
    claim = RegisteredClaimFactory(**given | fields)
    AssignmentFactory(checkpoint=claim.checkpoints.get())
    return claim


def judged_once(claim: Claim, by: User) -> None:
    seat = AssignmentFactory(checkpoint=claim.checkpoints.get(), reviewer=by, state="done")
    ReviewFactory(assignment=seat)


def claims_of(one: Standing) -> list[int]:
    return [row.checkpoint.claim_id for row in one.rows]


def test_a_reviewer_counts_what_they_may_judge(reviewer: User, second_reviewer: User) -> None:
    mine, half = open_claim(), open_claim()
    judged_once(half, second_reviewer)
    open_claim(topics=["tulips"])
    declare_conflict(user=reviewer, by=reviewer, reason="x", topic="tulips")
    soon = RegisteredClaimFactory(
        due_on=timezone.localdate() + timedelta(days=3),
        due_latest=timezone.localdate() + timedelta(days=3),
    )

    found = {one.line: claims_of(one) for one in board(reviewer)}

    assert found == {Line.MINE: [mine.pk, half.pk], Line.SOON: [soon.pk], Line.SECOND: [half.pk]}
    assert standing(Line.SOON, reviewer).age == "the first in 3 days"
    assert claims_of(standing(Line.SECOND, second_reviewer)) == []


def test_a_lead_counts_what_everybody_may(lead: User, reviewer: User) -> None:
    half = open_claim()
    judged_once(half, reviewer)
    differing = RegisteredClaimFactory()
    AssignmentFactory(
        checkpoint=differing.checkpoints.get(), role=Assignment.Role.ADJUDICATION, seat=1
    )

    found = {one.line: claims_of(one) for one in board(lead)}

    # Nobody is left to judge the first: who judged it was the only reviewer.
    assert found == {
        Line.MINE: [differing.pk],
        Line.SOON: [],
        Line.SECOND: [half.pk],
        Line.SETTLE: [differing.pk],
        Line.STUCK: [half.pk],
    }


def test_two_seats_of_a_checkpoint_are_one_row(lead: User, reviewer: User) -> None:
    claim = open_claim()
    AssignmentFactory(checkpoint=claim.checkpoints.get())

    assert claims_of(standing(Line.MINE, reviewer)) == [claim.pk]


def test_what_is_stuck_says_why(lead: User, reviewer: User) -> None:
    now = timezone.now()
    put_off = open_claim()
    seat = lease_next(by=reviewer)
    assert seat is not None
    postpone(assignment=seat, by=reviewer, until=timezone.localdate() + timedelta(days=2))
    returned, old, moving = open_claim(), open_claim(), open_claim()
    for _ in range(3):
        record(by=None, verb="returned", on=Assignment.objects.get(checkpoint__claim=returned))
    for _ in range(2):
        record(by=None, verb="returned", on=Assignment.objects.get(checkpoint__claim=moving))
    Assignment.objects.filter(checkpoint__claim=old).update(opened_at=now - timedelta(days=31))

    stuck = standing(Line.STUCK, lead, at=now)

    assert {row.checkpoint.claim_id: row.why for row in stuck.rows} == {
        put_off.pk: "put off by everybody who may judge it",
        returned.pk: "its lease ran out 3 times",
        old.pk: "open for more than 30 days",
    }


def test_age_is_in_days(lead: User, reviewer: User) -> None:
    open_claim()
    assert standing(Line.MINE, reviewer).age == "since today"
    Assignment.objects.update(opened_at=timezone.now() - timedelta(days=1))
    open_claim()

    assert standing(Line.MINE, reviewer).age == "the oldest for 1 day"
    assert standing(Line.SETTLE, lead).age == ""


def test_a_long_line_is_counted_so_far(reviewer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boards, "MOST_COUNTED", 2)
    for _ in range(4):
        open_claim()

    assert standing(Line.MINE, reviewer).counted == "2+"


@pytest.mark.parametrize(
    ("who", "lines"),
    [
        ("reviewer", {"mine", "soon", "second"}),
        ("lead", {"mine", "soon", "second", "settle", "stuck"}),
    ],
)
def test_each_line_leads_to_its_list(
    who: str, lines: set[str], request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    client = sign_in(request.getfixturevalue(who))

    answers = {
        one.value: client.get(reverse("reviews:line", args=[one])).status_code for one in Line
    }

    assert {line for line, status in answers.items() if status == 200} == lines
    assert {status for line, status in answers.items() if line not in lines} <= {404}
    assert client.get("/reviews/board/nothing/").status_code == 404


@pytest.mark.parametrize("who", ["analyst", "reader", "administrator", "stranger"])
def test_nobody_else_sees_the_board(
    who: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    client = sign_in(request.getfixturevalue(who))

    assert client.get(reverse("reviews:board")).status_code == 403
    assert client.get(reverse("reviews:line", args=["mine"])).status_code in {403, 404}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("reviewer", 4), ("lead", 18)])
def test_the_board_asks_the_same_of_one_and_three(
    count: int,
    who: str,
    queries: int,
    request: pytest.FixtureRequest,
    second_reviewer: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = request.getfixturevalue(who)
    for _ in range(count):
        judged_once(open_claim(), second_reviewer)
    AssignmentFactory(checkpoint=RegisteredClaimFactory().checkpoints.get(), role="adjudication")

    with django_assert_num_queries(queries):
        assert len(board(user)) == (3 if who == "reviewer" else 5)


def test_a_reviewer_reads_neither_words_nor_names_nor_numbers(
    sign_in: SignIn, reviewer: User
) -> None:
    claim = open_claim()
    client = sign_in(reviewer)

    page = client.get(reverse("reviews:line", args=["mine"])).text

    due_on: date = claim.checkpoints.get().due_on
    assert f"As of {due_on.day} {due_on:%B %Y}" in page
    assert f"Claim {claim.pk}" not in page
    assert "Herring" not in page
    assert NAME not in page
