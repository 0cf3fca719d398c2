"""The scoring queue, from taking a seat to storing a review."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from claims.models import Claim, Evidence
from claims.services import accept_evidence
from reviews.models import Assignment, Review
from reviews.services import open_due_checkpoints
from sources.models import Claimant
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.reviews import JUDGED, AssignmentFactory, ReviewFactory
from tests.factories.sources import ClaimantFactory

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


@pytest.fixture
def orlov() -> Claimant:
    return ClaimantFactory(name="Ilya Orlov")


@pytest.fixture
def claim(orlov: Claimant) -> Claim:
    claim = RegisteredClaimFactory(claimant=orlov, statement="Orlov: trade grows.")
    open_due_checkpoints(on=timezone.localdate())
    return claim


def take(client: Client) -> str:
    """Takes the next seat and gives the address of its page."""
    return str(client.post(reverse("reviews_next")).headers["location"])


def test_taking_the_next_leads_to_its_page_without_the_source(
    sign_in: SignIn, reviewer: User, claim: Claim
) -> None:
    client = sign_in(reviewer)

    url = take(client)
    page = client.get(url).text

    seat = Assignment.objects.leased_to(reviewer).get()
    assert url == reverse("reviews:judge", args=[seat.pk])
    assert "[the source]: trade grows." in page
    assert "Orlov" not in page
    assert claim.quote.document.publisher.name not in page


def test_the_analysts_stance_is_not_shown(
    sign_in: SignIn, reviewer: User, analyst: User, claim: Claim
) -> None:
    EvidenceFactory(
        claim=claim,
        passage="Orlov saw it grow.",
        status=Evidence.Status.ACCEPTED,
        stance=2,
        decided_by=analyst,
        decided_at=JUDGED,
    )
    client = sign_in(reviewer)

    page = client.get(take(client)).text

    assert "[the source] saw it grow." in page
    assert "strongly supports" not in page


def test_storing_a_grade_takes_the_next(sign_in: SignIn, reviewer: User, claim: Claim) -> None:
    RegisteredClaimFactory()
    open_due_checkpoints(on=timezone.localdate())
    client = sign_in(reviewer)
    url = take(client)

    answer = client.post(
        url, {"outcome": "held", "confidence": "3", "reason": "Trade grew.", "next": "1"}
    )

    review = Review.objects.get()
    assert (review.outcome, review.confidence, review.reason) == ("held", 3, "Trade grew.")
    following = Assignment.objects.leased_to(reviewer).get()
    assert answer.headers["location"] == reverse("reviews:judge", args=[following.pk])
    assert following.checkpoint != review.assignment.checkpoint


def test_a_disposition_takes_the_place_of_a_grade(
    sign_in: SignIn, reviewer: User, claim: Claim
) -> None:
    client = sign_in(reviewer)

    answer = client.post(
        take(client), {"outcome": "too_vague", "confidence": "2", "reason": "No measure."}
    )

    assert Review.objects.get().outcome == "too_vague"
    assert answer.headers["location"] == reverse("reviews")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"confidence": "3", "reason": "So."}, "Choose a grade, or say why none can be given"),
        ({"outcome": "held", "reason": "So."}, "This field is required"),
        ({"outcome": "held", "confidence": "3", "reason": " "}, "This field is required"),
        ({"outcome": "superb", "confidence": "3", "reason": "So."}, "not one of the available"),
    ],
)
def test_a_review_that_is_not_whole_comes_back_with_words(
    sign_in: SignIn, reviewer: User, claim: Claim, values: dict[str, str], words: str
) -> None:
    client = sign_in(reviewer)

    answer = client.post(take(client), values)

    assert answer.status_code == 422
    assert words in answer.text
    assert not Review.objects.exists()


def test_every_text_of_the_claim_is_masked(
    sign_in: SignIn, reviewer: User, orlov: Claimant
) -> None:
    RegisteredClaimFactory(
        claimant=orlov,
        kind=Claim.Kind.CONDITIONAL,
        condition="Orlov stays in office.",
        held_if="Orlov is quoted as content.",
        failed_if="Ilya Orlov resigns.",
        metric="Orlov index",
        threshold="above that of Orlov",
    )
    open_due_checkpoints(on=timezone.localdate())
    client = sign_in(reviewer)

    page = client.get(take(client)).text

    assert page.count("[the source]") >= 5
    assert "Orlov" not in page


def test_evidence_from_after_the_checkpoint_is_not_shown(
    sign_in: SignIn, reviewer: User, analyst: User, claim: Claim
) -> None:
    later = EvidenceFactory(claim=claim, event__occurred_on=date(2026, 3, 22))
    accept_evidence(evidence=later, stance=1, by=analyst)
    client = sign_in(reviewer)

    assert later.event.title not in client.get(take(client)).text


def test_what_may_be_judged_blind_is_hidden_elsewhere(
    sign_in: SignIn, reviewer: User, analyst: User, claim: Claim
) -> None:
    evidence = EvidenceFactory(claim=claim)
    accept_evidence(evidence=evidence, stance=2, by=analyst)
    client, other = sign_in(reviewer), sign_in(analyst)
    document = claim.quote.document.get_absolute_url()
    lists = ["/", "/claims/", evidence.event.get_absolute_url(), f"/claimants/{claim.claimant_id}/"]

    for path in lists:
        assert claim.statement in other.get(path).text, path
        assert claim.statement not in client.get(path).text, path
    for path in (document, claim.get_absolute_url()):
        assert other.get(path).status_code == 200
        assert "judge" in client.get(path).text
        assert client.get(path).status_code == 403


def test_nobody_opens_the_seat_of_another(
    sign_in: SignIn, reviewer: User, second_reviewer: User, claim: Claim
) -> None:
    url = take(sign_in(reviewer))

    assert sign_in(second_reviewer).get(url).status_code == 404
    assert sign_in(second_reviewer).post(url, {"outcome": "held"}).status_code == 404


@pytest.mark.parametrize("who", ["analyst", "lead", "reader", "stranger"])
def test_only_reviewers_take_seats(
    sign_in: SignIn, request: pytest.FixtureRequest, who: str, claim: Claim
) -> None:
    client = sign_in(request.getfixturevalue(who))

    assert client.get(reverse("reviews")).status_code == 403
    assert client.post(reverse("reviews_next")).status_code == 403


def test_where_nothing_waits_the_page_says_so(sign_in: SignIn, reviewer: User) -> None:
    client = sign_in(reviewer)

    assert client.post(reverse("reviews_next")).headers["location"] == reverse("reviews")
    assert "Nothing waits for you" in client.get(reverse("reviews")).text


def test_handing_back_frees_the_seat(sign_in: SignIn, reviewer: User, claim: Claim) -> None:
    client = sign_in(reviewer)
    take(client)
    seat = Assignment.objects.leased_to(reviewer).get()

    client.post(reverse("reviews:hand_back", args=[seat.pk]))

    assert Assignment.objects.waiting().count() == 2


def test_three_judged_cost_no_more_queries_than_one(
    sign_in: SignIn, reviewer: User, django_assert_num_queries
) -> None:
    def judged() -> None:
        ReviewFactory(
            assignment=AssignmentFactory(
                checkpoint=RegisteredClaimFactory().checkpoints.get(),
                reviewer=reviewer,
                state=Assignment.State.DONE,
            )
        )

    client = sign_in(reviewer)
    judged()
    with django_assert_num_queries(11):
        client.get(reverse("reviews"))
    judged()
    judged()
    with django_assert_num_queries(11):
        client.get(reverse("reviews"))
