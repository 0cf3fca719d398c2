"""The pages of a lead: policy, too few people; and the conflicts of everybody who judges."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reviews.models import DeclaredConflict, Policy
from reviews.services import declare_conflict, open_due_checkpoints
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.sources import ClaimantFactory

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


def test_a_lead_sets_the_policy(sign_in: SignIn, lead: User) -> None:
    client, page = sign_in(lead), reverse("reviews:policy")
    assert "Nobody has set it yet" in client.get(page).text

    answer = client.post(page, {"reviewers": "1", "steps": "3", "adjudicators": [lead.pk]})

    policy = Policy.current()
    assert answer.headers["location"] == page
    assert (policy.reviewers, policy.steps, policy.named()) == (1, 3, [lead.pk])
    assert f"Set by {lead}" in client.get(page).text


def test_a_policy_off_the_scale_comes_back(sign_in: SignIn, lead: User, reviewer: User) -> None:
    client, page = sign_in(lead), reverse("reviews:policy")

    for values in ({"reviewers": "6", "steps": "2"}, {"reviewers": "x"}):
        assert client.post(page, values).status_code == 422
    named = {"reviewers": "2", "steps": "2", "adjudicators": [reviewer.pk]}
    assert client.post(page, named).status_code == 422
    assert not Policy.objects.exists()


@pytest.mark.parametrize("who", ["analyst", "reviewer", "reader", "administrator", "stranger"])
@pytest.mark.parametrize("name", ["reviews:policy", "reviews:missing"])
def test_nobody_else_sees_them(
    who: str, name: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    client = sign_in(request.getfixturevalue(who))

    assert client.get(reverse(name)).status_code == 403


def test_the_lead_reads_who_is_missing_and_why(sign_in: SignIn, lead: User, reviewer: User) -> None:
    claim = RegisteredClaimFactory(topics=["trade"])
    open_due_checkpoints(on=date(2027, 1, 1))
    declare_conflict(user=reviewer, by=reviewer, reason="x", topic="trade")

    page = sign_in(lead).get(reverse("reviews:missing")).text

    assert f"Claim {claim.pk}, continuing" in page
    assert "0 of 1" in page
    assert "declared a conflict with its claimant, publisher or a topic" in page
    assert claim.statement not in page


def test_a_reviewer_declares_a_conflict_and_sees_their_own_alone(
    sign_in: SignIn, reviewer: User, second_reviewer: User
) -> None:
    claimant = ClaimantFactory(name="Ilya Orlov")
    client, page = sign_in(reviewer), reverse("reviews:conflicts")

    answer = client.post(page, {"claimant": "ilya orlov", "reason": "My brother."})

    conflict = DeclaredConflict.objects.get()
    assert answer.headers["location"] == page
    assert (conflict.user, conflict.claimant, conflict.declared_by) == (
        reviewer, claimant, reviewer,
    )  # fmt: skip
    assert "My brother." in client.get(page).text
    assert "My brother." not in sign_in(second_reviewer).get(page).text


def test_a_lead_declares_for_somebody_and_ends_it(
    sign_in: SignIn, lead: User, reviewer: User
) -> None:
    client, page = sign_in(lead), reverse("reviews:conflicts")

    client.post(page, {"user": reviewer.pk, "topic": "trade", "reason": "Owns ships."})
    conflict = DeclaredConflict.objects.get()
    assert (conflict.user, conflict.topic, conflict.declared_by) == (reviewer, "trade", lead)
    end = reverse("reviews:conflict_end", args=[conflict.pk])
    assert sign_in(reviewer).post(end).status_code == 403
    client.post(end)

    conflict.refresh_from_db()
    assert conflict.ended_by == lead


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"claimant": "Nobody", "reason": "x"}, "Nobody in the ledger has this name"),
        ({"publisher": "nowhere.example", "reason": "x"}, "No publisher has this name or host"),
        ({"reason": "x"}, "one of the three"),
        ({"topic": "trade"}, "This field is required"),
    ],
)
def test_a_conflict_that_is_not_whole_comes_back(
    sign_in: SignIn, reviewer: User, values: dict[str, str], words: str
) -> None:
    answer = sign_in(reviewer).post(reverse("reviews:conflicts"), values)

    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize("who", ["analyst", "reader", "stranger"])
def test_who_judges_nothing_declares_nothing(
    who: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    assert (
        sign_in(request.getfixturevalue(who)).get(reverse("reviews:conflicts")).status_code == 403
    )


def test_three_conflicts_cost_no_more_queries_than_one(
    sign_in: SignIn, lead: User, reviewer: User, django_assert_num_queries
) -> None:
    client, page = sign_in(lead), reverse("reviews:conflicts")
    declare_conflict(user=reviewer, by=reviewer, reason="x", topic="a")
    with django_assert_num_queries(4):
        client.get(page)
    for topic in ("b", "c"):
        declare_conflict(user=reviewer, by=lead, reason="x", topic=topic)
    with django_assert_num_queries(4):
        client.get(page)
