"""Disagreements are settled by a lead who sees neither vote."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reviews.models import Assignment, Verdict
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory, ReviewFactory

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


def disagreement() -> Assignment:
    """An open adjudication over a checkpoint with two reviews far apart."""
    checkpoint = RegisteredClaimFactory().checkpoints.get()
    for outcome in ("held", "failed"):
        ReviewFactory(
            assignment__checkpoint=checkpoint,
            outcome=outcome,
            reason=f"The one who said {outcome}.",
        )
    return AssignmentFactory(checkpoint=checkpoint, role=Assignment.Role.ADJUDICATION, seat=1)


def test_a_lead_decides_without_seeing_a_vote(sign_in: SignIn, lead: User) -> None:
    seat = disagreement()
    client = sign_in(lead)

    url = client.post(reverse("adjudication_take", args=[seat.pk])).headers["location"]
    page = client.get(url).text
    answer = client.post(url, {"outcome": "mixed", "confidence": "2", "reason": "In between."})

    assert page.count("The one who said [a grade].") == 2
    assert answer.headers["location"] == reverse("adjudications")
    verdict = Verdict.objects.get()
    assert (verdict.outcome, verdict.basis, verdict.by) == ("mixed", "adjudication", lead)


def test_a_lead_who_registered_the_claim_is_told_so(sign_in: SignIn, lead: User) -> None:
    checkpoint = RegisteredClaimFactory(registered_by=lead).checkpoints.get()
    seat = AssignmentFactory(checkpoint=checkpoint, role=Assignment.Role.ADJUDICATION, seat=1)
    client = sign_in(lead)

    page = client.post(reverse("adjudication_take", args=[seat.pk]), follow=True).text

    assert "you have a part in it" in page
    assert Assignment.objects.waiting().count() == 1


@pytest.mark.parametrize("who", ["analyst", "reviewer", "reader", "stranger"])
def test_only_leads_adjudicate(sign_in: SignIn, request: pytest.FixtureRequest, who: str) -> None:
    seat = disagreement()
    client = sign_in(request.getfixturevalue(who))

    assert client.get(reverse("adjudications")).status_code == 403
    assert client.post(reverse("adjudication_take", args=[seat.pk])).status_code == 403


def test_three_disagreements_cost_no_more_queries_than_one(
    sign_in: SignIn, lead: User, django_assert_num_queries
) -> None:
    client = sign_in(lead)
    disagreement()
    with django_assert_num_queries(6):
        client.get(reverse("adjudications"))
    disagreement()
    disagreement()
    with django_assert_num_queries(6):
        client.get(reverse("adjudications"))
