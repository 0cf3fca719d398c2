"""The claim page."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from claims.models import Claim, Evidence
from claims.services import follow_claim, mark_duplicate, register_claim
from reviews.models import Verdict
from tests.factories.claims import ClaimFactory, EvidenceFactory, RegisteredClaimFactory
from tests.factories.reviews import JUDGED, AssignmentFactory, ReviewFactory, VerdictFactory

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


def accepted(claim, analyst: User, n: int) -> None:
    for _ in range(n):
        EvidenceFactory(
            claim=claim,
            status=Evidence.Status.ACCEPTED,
            stance=1,
            decided_by=analyst,
            decided_at=JUDGED,
        )


def test_a_reader_sees_words_range_test_and_hash(sign_in: SignIn, reader: User) -> None:
    claim = RegisteredClaimFactory()

    page = sign_in(reader).get(claim.get_absolute_url()).text

    assert claim.statement in page
    assert "55–80%" in page
    assert claim.held_if in page
    assert claim.content_hash in page
    assert "<summary>Amend" not in page


def test_an_analyst_may_amend_and_triage(sign_in: SignIn, analyst: User) -> None:
    claim = RegisteredClaimFactory(due_on=date(2100, 1, 1), due_latest=date(2100, 1, 1))
    EvidenceFactory(claim=claim)

    page = sign_in(analyst).get(claim.get_absolute_url()).text

    assert "Amend, withdraw or mark as a duplicate" in page
    assert "1 event to triage" in page


def test_a_claim_that_fell_due_is_amended_only(sign_in: SignIn, analyst: User) -> None:
    page = sign_in(analyst).get(RegisteredClaimFactory().get_absolute_url()).text

    assert ">Amend<" in page
    assert "withdraw-reason" not in page


def test_strangers_and_the_public_are_kept_out(sign_in: SignIn, stranger: User) -> None:
    url = RegisteredClaimFactory().get_absolute_url()

    assert sign_in(stranger).get(url).status_code == 403
    assert Client().get(url).headers["location"] == f"{reverse('login')}?next={url}"


def test_a_draft_leads_its_analyst_to_the_form_and_others_to_the_text(
    sign_in: SignIn, analyst: User, reader: User
) -> None:
    claim = ClaimFactory()
    url = claim.get_absolute_url()

    assert sign_in(analyst).get(url).headers["location"] == reverse("claim_edit", args=[claim.pk])
    assert sign_in(reader).get(url).headers["location"] == (
        f"{claim.quote.document.get_absolute_url()}#c{claim.pk}"
    )


def test_who_judges_the_claim_is_led_back_to_the_blind_page(
    sign_in: SignIn, reviewer: User
) -> None:
    claim = RegisteredClaimFactory()
    seat = AssignmentFactory(checkpoint=claim.checkpoints.get(), reviewer=reviewer)

    answer = sign_in(reviewer).get(claim.get_absolute_url())

    assert answer.headers["location"] == reverse("reviews:judge", args=[seat.pk])


def test_grades_come_with_the_verdict_and_not_before(
    sign_in: SignIn, reader: User, reviewer: User
) -> None:
    claim = RegisteredClaimFactory()
    review = ReviewFactory(
        assignment__checkpoint=claim.checkpoints.get(), reason="Trade doubled in fact."
    )
    url = claim.get_absolute_url()
    assert review.reason not in sign_in(reader).get(url).text

    VerdictFactory(checkpoint=claim.checkpoints.get())

    assert review.reason in sign_in(reader).get(url).text
    assert Verdict.objects.standing().count() == 1


def test_three_pieces_of_evidence_cost_no_more_queries_than_one(
    sign_in: SignIn, reader: User, analyst: User, django_assert_num_queries
) -> None:
    few, many = RegisteredClaimFactory(), RegisteredClaimFactory()
    accepted(few, analyst, 1)
    accepted(many, analyst, 3)
    client = sign_in(reader)

    with django_assert_num_queries(17):
        client.get(few.get_absolute_url())
    with django_assert_num_queries(17):
        client.get(many.get_absolute_url())


def said_again(earlier: Claim, by: User, relation: str = "repeats") -> Claim:
    """A registered claim of the same claimant that comes after an earlier one."""
    later = ClaimFactory(
        claimant=earlier.claimant, said_on=date(2023, 9, 1), opens_on=date(2023, 9, 1)
    )
    follow_claim(claim=later, earlier=earlier, relation=relation, by=by)
    return register_claim(claim=later, by=by, at=datetime(2023, 9, 2, tzinfo=UTC))


def test_page_shows_what_was_said_before_and_after(
    sign_in: SignIn, reader: User, analyst: User
) -> None:
    first = RegisteredClaimFactory()
    second = said_again(first, analyst)
    third = said_again(second, analyst, relation="replaces")
    RegisteredClaimFactory(claimant=first.claimant)

    for claim in (first, second, third):
        page = sign_in(reader).get(claim.get_absolute_url())

        assert list(page.context["chain"]) == [first, second, third]
        assert f"repeats claim {first.pk}" in page.text
        assert f"replaces claim {second.pk}" in page.text


def test_claim_that_stands_alone_has_no_chain(sign_in: SignIn, reader: User) -> None:
    page = sign_in(reader).get(RegisteredClaimFactory().get_absolute_url())

    assert "Said before and after" not in page.text


def test_duplicate_and_its_first_lead_to_each_other(
    sign_in: SignIn, reader: User, analyst: User
) -> None:
    first = RegisteredClaimFactory()
    second = RegisteredClaimFactory(claimant=first.claimant)
    mark_duplicate(claim=second, first=first, by=analyst, at=datetime(2023, 9, 2, tzinfo=UTC))
    browser = sign_in(reader)

    assert f'href="{first.get_absolute_url()}">claim {first.pk}</a>, which was registered' in (
        browser.get(second.get_absolute_url()).text
    )
    assert f'href="{second.get_absolute_url()}">claim {second.pk}</a>' in (
        browser.get(first.get_absolute_url()).text
    )
