"""Verdicts beside what the reviewers say together, for leads alone."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reviews.consensus import furthest_apart
from reviews.models import Verdict
from tests.factories.reviews import AssignmentFactory
from tests.reviews.votes import judged

pytestmark = pytest.mark.django_db
PAGE = "reviews:consensus"
# The session and its person, and the verdicts.
QUERIES = 3
type SignIn = Callable[[User], Client]


@pytest.mark.parametrize("who", ["analyst", "reviewer", "reader", "administrator", "stranger"])
def test_nobody_else_sees_it(who: str, request: pytest.FixtureRequest, sign_in: SignIn) -> None:
    assert sign_in(request.getfixturevalue(who)).get(reverse(PAGE)).status_code == 403


def test_whoever_leads_found_right_weighs_more(reviewer: User, second_reviewer: User) -> None:
    for mine, theirs in [("failed", "mixed"), ("held", "mixed"), ("mixed", "held")] * 4:
        judged(
            {reviewer: mine, second_reviewer: theirs},
            verdict=mine,
            basis=Verdict.Basis.ADJUDICATION,
        )
    judged({reviewer: "mixed", second_reviewer: "mixed"}, verdict="mixed")
    checkpoint = judged({reviewer: "failed", second_reviewer: "mixed"}, verdict="mostly_failed")

    first, other = furthest_apart(30)

    assert (first.verdict.checkpoint, first.votes, first.grade) == (checkpoint, 2, "failed")
    assert first.probability > 0.5
    assert first.value < 0.25
    # What leads settled is known, and not shown.
    assert (other.grade, other.verdict.outcome) == ("mixed", "mixed")


def test_one_reviewer_alone_and_claims_that_wait_again_are_left_out(
    reviewer: User, second_reviewer: User
) -> None:
    judged({reviewer: "held"}, basis=Verdict.Basis.ALONE)
    waits = judged({reviewer: "held", second_reviewer: "held"}, earlier=[date(2025, 3, 21)])
    AssignmentFactory(checkpoint=waits.claim.checkpoints.get(is_final=False))

    assert furthest_apart(30) == []


def test_three_verdicts_cost_no_more_queries_than_one(
    sign_in: SignIn, lead: User, reviewer: User, second_reviewer: User, django_assert_num_queries
) -> None:
    client = sign_in(lead)
    assert "Nothing to weigh" in client.get(reverse(PAGE)).text
    for number in (1, 2):
        for _ in range(number):
            judged({reviewer: "held", second_reviewer: "mostly_held"}, verdict="mostly_held")
        with django_assert_num_queries(QUERIES):
            assert len(client.get(reverse(PAGE)).context["rows"]) == 2 * number - 1
