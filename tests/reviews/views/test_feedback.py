"""A reviewer reads how their own grades compare, with verdicts alone, and nobody else's."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from claims.models import Checkpoint, Claim
from reviews.feedback import Alike, Feedback, feedback_for
from reviews.models import Assignment
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.reviews import JUDGED, AssignmentFactory, ReviewFactory
from tests.reviews.votes import judged

pytestmark = pytest.mark.django_db
# The session and its person, what waits for them (in the menu), and their reviews.
QUERIES = 5
PAGE = "reviews:feedback"
type SignIn = Callable[[User], Client]


def alike(outcome: str, verdict: str, *others: str, confidence: int = 3) -> Alike:
    return Alike(outcome, confidence, verdict, others)


@pytest.mark.parametrize("who", ["analyst", "lead", "reader", "administrator", "stranger"])
def test_who_judges_nothing_has_none(
    who: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    assert sign_in(request.getfixturevalue(who)).get(reverse(PAGE)).status_code == 403


def test_each_reviewer_reads_their_own(
    sign_in: SignIn, reviewer: User, second_reviewer: User
) -> None:
    judged({reviewer: "held", second_reviewer: "mostly_held"}, verdict="mostly_held")

    mine = sign_in(reviewer).get(reverse(PAGE)).context["feedback"]
    theirs = sign_in(second_reviewer).get(reverse(PAGE)).context["feedback"]

    assert mine.counted == {alike("held", "mostly_held", "mostly_held"): 1}
    assert theirs.counted == {alike("mostly_held", "mostly_held", "held"): 1}
    assert (mine.above, mine.below, theirs.above, theirs.below) == (1, 0, 0, 0)


def test_open_checkpoints_tell_nothing(
    sign_in: SignIn, reviewer: User, second_reviewer: User
) -> None:
    judged({reviewer: "held", second_reviewer: "failed"}, verdict="")

    assert feedback_for(reviewer).counted == {}
    assert "Nothing to compare yet" in sign_in(reviewer).get(reverse(PAGE)).text


def test_a_verdict_stays_hidden_while_the_claim_waits_again(
    reviewer: User, second_reviewer: User
) -> None:
    checkpoint = judged({reviewer: "held", second_reviewer: "held"}, earlier=[date(2025, 3, 21)])
    other = checkpoint.claim.checkpoints.get(is_final=False)
    seat = AssignmentFactory(checkpoint=other, reviewer=second_reviewer)
    assert feedback_for(reviewer).n == 0

    Assignment.objects.filter(pk=seat.pk).update(state=Assignment.State.DONE)

    assert feedback_for(reviewer).n == 1


def test_nor_is_one_told_while_the_claim_that_says_the_same_waits(reviewer: User) -> None:
    first = RegisteredClaimFactory()
    AssignmentFactory(checkpoint=first.checkpoints.get())
    same = judged({reviewer: "held"}, claimant=first.claimant)
    assert feedback_for(reviewer).n == 1

    Claim.objects.filter(pk=same.claim_id).update(
        status="duplicate", duplicate_of=first, ended_at=JUDGED
    )

    assert feedback_for(reviewer).n == 0


def test_what_follows_a_verdict_and_adjudications_do_not_count(
    reviewer: User, second_reviewer: User, lead: User
) -> None:
    checkpoint = judged({reviewer: "held"})
    _late(checkpoint, second_reviewer)
    ReviewFactory(
        assignment__checkpoint=checkpoint,
        assignment__reviewer=lead,
        assignment__role=Assignment.Role.ADJUDICATION,
        assignment__state=Assignment.State.DONE,
    )

    assert feedback_for(reviewer).counted == {alike("held", "held"): 1}
    assert feedback_for(second_reviewer).n == 0
    assert feedback_for(lead).n == 0


def _late(checkpoint: Checkpoint, reviewer: User) -> None:
    ReviewFactory(
        assignment__checkpoint=checkpoint,
        assignment__reviewer=reviewer,
        assignment__state=Assignment.State.DONE,
        outcome="failed",
        at=JUDGED + timedelta(seconds=1),
    )


def test_figures_by_hand() -> None:
    found = Feedback(
        Counter(
            {
                alike("held", "mostly_held", "mostly_held"): 3,
                alike("failed", "mixed", "held", confidence=2): 1,
                alike("mixed", "mixed", confidence=2): 2,
                alike("too_vague", "too_vague", "mixed"): 1,
                alike("held", "not_yet", confidence=1): 1,
            }
        )
    )

    assert (found.n, found.graded, found.above, found.below) == (8, 6, 3, 1)
    assert found.apart == (0, 3, 1)
    assert found.agreement.n == 4
    assert [(one.confidence, one.n, one.same) for one in found.sureness] == [
        ("high", 4, 1), ("moderate", 3, 2), ("low", 1, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("above", "below", "words"),
    [
        (4, 0, "Too few differ from the verdict to tell whether that is a habit."),
        (5, 0, "That is no more to one side than chance brings."),
        (6, 0, "That is more to one side than chance brings: you tend to grade higher."),
        (1, 8, "That is more to one side than chance brings: you tend to grade lower."),
        (6, 6, "That is no more to one side than chance brings."),
    ],
)
def test_a_habit_is_named_where_chance_would_not_bring_it(
    above: int, below: int, words: str
) -> None:
    counted = {alike("held", "mixed"): above, alike("failed", "mixed"): below}

    assert Feedback(Counter(counted)).leaning == words


def test_three_reviews_cost_no_more_queries_than_one_and_say_they_are_few(
    sign_in: SignIn, reviewer: User, second_reviewer: User, django_assert_num_queries
) -> None:
    client = sign_in(reviewer)
    judged({reviewer: "held", second_reviewer: "held"})
    with django_assert_num_queries(QUERIES):
        client.get(reverse(PAGE))
    judged({reviewer: "mixed", second_reviewer: "held"})
    judged({reviewer: "failed"})
    with django_assert_num_queries(QUERIES):
        page = client.get(reverse(PAGE)).text
    assert "3 reviews: below 5 nothing here says anything about you." in page
    assert "Not enough to tell: 2 checkpoints, and 5 are needed." in page
