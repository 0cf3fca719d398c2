"""The lead reads how far reviewers agree; nobody else does."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reviews.figures import figure
from reviews.models import Assignment
from reviews.votes import (
    KINDS,
    Tally,
    midnight,
    tallies_by_pair,
    tallies_by_period,
    tallies_by_topic,
)
from tests.factories.reviews import JUDGED, ReviewFactory
from tests.reviews.votes import judged

pytestmark = pytest.mark.django_db
# The session and its person; periods, topics, pairs and their names.
QUERIES = 6
type SignIn = Callable[[User], Client]

PAGE = "reviews:agreement"
SINCE = midnight(date(2026, 1, 1))
ALIKE, APART = (2, 0, 0, 0, 0), (1, 0, 0, 0, 1)


@pytest.mark.parametrize("who", ["analyst", "reviewer", "reader", "administrator", "stranger"])
def test_nobody_else_sees_it(who: str, request: pytest.FixtureRequest, sign_in: SignIn) -> None:
    assert sign_in(request.getfixturevalue(who)).get(reverse(PAGE)).status_code == 403


def test_before_anything_was_graded_twice_it_says_so(sign_in: SignIn, lead: User) -> None:
    assert "Nothing was graded twice" in sign_in(lead).get(reverse(PAGE)).text


def test_votes_are_counted_as_they_were_before_the_adjudication(
    reviewer: User, second_reviewer: User, lead: User
) -> None:
    checkpoint = judged({reviewer: "held", second_reviewer: "failed"}, topics=["trade", "ships"])
    ReviewFactory(
        assignment__checkpoint=checkpoint,
        assignment__reviewer=lead,
        assignment__role=Assignment.Role.ADJUDICATION,
        assignment__state=Assignment.State.DONE,
    )
    judged({reviewer: "held", second_reviewer: "held"}, topics=[])

    assert tallies_by_period(KINDS["quarter"], since=SINCE) == {
        date(2026, 4, 1): {APART: 1, ALIKE: 1}
    }
    assert tallies_by_topic(since=SINCE) == {
        "trade": {APART: 1}, "ships": {APART: 1}, "no topic": {ALIKE: 1},
    }  # fmt: skip
    pair = tuple(sorted((reviewer.pk, second_reviewer.pk)))
    assert tallies_by_pair(since=SINCE) == {pair: {APART: 1, ALIKE: 1}}


def test_open_checkpoints_dispositions_and_what_follows_a_verdict_do_not_count(
    reviewer: User, second_reviewer: User, lead: User
) -> None:
    judged({reviewer: "held", second_reviewer: "failed"}, verdict="")
    judged({reviewer: "too_vague", second_reviewer: "too_vague"}, verdict="too_vague")
    judged({reviewer: "held", second_reviewer: "held"}, at=SINCE - timedelta(seconds=1))
    reopened = judged({reviewer: "held", second_reviewer: "held"})
    ReviewFactory(
        assignment__checkpoint=reopened,
        assignment__reviewer=lead,
        assignment__state=Assignment.State.DONE,
        outcome="failed",
        at=JUDGED + timedelta(seconds=1),
    )

    found = tallies_by_period(KINDS["month"], since=SINCE)

    assert found == {date(2026, 4, 1): {ALIKE: 1}}


def test_periods_are_whole_and_the_last_is_today_s() -> None:
    quarters = KINDS["quarter"].starts(date(2026, 11, 24))
    months = KINDS["month"].starts(date(2026, 1, 31))

    assert (quarters[0], quarters[-1], len(quarters)) == (date(2024, 1, 1), date(2026, 10, 1), 12)
    assert (months[0], months[-1], len(months)) == (date(2024, 2, 1), date(2026, 1, 1), 24)


@pytest.mark.parametrize(
    ("tally", "sentence"),
    [
        ({(1, 0, 0, 0, 0): 9}, "Nothing was graded twice."),
        ({ALIKE: 3}, "Not enough to tell: 3 checkpoints, and 5 are needed."),
        ({(1, 0, 0, 0, 0): 9, ALIKE: 1}, "Not enough to tell: 1 checkpoint, and 5 are needed."),
        (
            {ALIKE: 6},
            "At 6 checkpoints, everybody gave one and the same grade, so agreement cannot be told from habit.",
        ),
        (
            {ALIKE: 20, (0, 0, 0, 0, 2): 20},
            "At 40 checkpoints, the reviewers of each always gave the same grade.",
        ),
        (
            {ALIKE: 60, (0, 0, 0, 0, 2): 60, (1, 1, 0, 0, 0): 4},
            "At 124 checkpoints, reviewers agree well enough for firm conclusions.",
        ),
        (
            {ALIKE: 10, APART: 20, (0, 0, 0, 0, 2): 10},
            "At 40 checkpoints, reviewers agree too little to conclude anything from their grades.",
        ),
        (
            {ALIKE: 6, APART: 1, (0, 0, 0, 0, 2): 5},
            "At 12 checkpoints, it cannot be told yet whether reviewers agree well enough: the figure is too unsure.",
        ),
        (
            {ALIKE: 150, (1, 1, 0, 0, 0): 12},
            (
                "At 162 checkpoints, reviewers agree too little to conclude anything from their grades; "
                "nearly all grades are alike, which pulls α down and leaves AC2 high."
            ),
        ),
    ],
)
def test_each_figure_has_a_sentence(tally: dict[tuple[int, ...], int], sentence: str) -> None:
    assert figure("x", Tally(tally)).sentence == sentence


def test_the_page_names_pairs_and_topics_with_their_figures(
    sign_in: SignIn, lead: User, reviewer: User, second_reviewer: User
) -> None:
    for outcome in ("held", "held", "failed", "failed", "mixed", "mostly_held"):
        judged({reviewer: outcome, second_reviewer: "held"}, topics=["trade"])

    page = sign_in(lead).get(reverse(PAGE), {"by": "month"})

    (pair,), (topic,) = page.context["pairs"], page.context["topics"]
    assert (pair.label, pair.n, topic.label, topic.n) == ("rita and rolf", 6, "trade", 6)
    assert pair.alpha.value == topic.alpha.value == page.context["whole"].alpha.value
    assert [one.n for one in page.context["periods"] if one.n] == [6, 6]
    assert len(page.context["drift"].dots) == 1
    assert page.text.count("<circle") == 1


def test_three_checkpoints_cost_no_more_queries_than_one(
    sign_in: SignIn, lead: User, reviewer: User, second_reviewer: User, django_assert_num_queries
) -> None:
    client = sign_in(lead)
    judged({reviewer: "held", second_reviewer: "held"})
    with django_assert_num_queries(QUERIES):
        client.get(reverse(PAGE))
    judged({reviewer: "held", lead: "mixed"}, topics=["a"])
    judged({second_reviewer: "failed", lead: "mixed"}, topics=["b"], at=JUDGED + timedelta(days=90))
    with django_assert_num_queries(QUERIES):
        client.get(reverse(PAGE))
