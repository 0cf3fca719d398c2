"""Drafts talked over with colleagues and handed to them."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, User
from claims.models import Claim, Comment
from claims.services import comment_on_claim, hand_over
from claims.validators import ClaimLocked, ClaimProblem
from reviews.queries import has_part_in
from tests.factories.claims import CheckpointFactory, ClaimFactory, RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 5, 1, 9, tzinfo=UTC)


def test_comment_stands_beside_a_draft(analyst: User) -> None:
    draft = ClaimFactory()

    comment = comment_on_claim(claim=draft, text=" Which port? ", by=analyst, at=NOW)

    assert (comment.claim, comment.text, comment.by, comment.at) == (
        draft,
        "Which port?",
        analyst,
        NOW,
    )
    entry = AuditEntry.objects.get(verb="commented on")
    assert (entry.by, entry.object_id, entry.detail) == (analyst, draft.pk, {"comment": comment.pk})


def test_proposal_that_is_talked_over_is_kept(analyst: User) -> None:
    proposal = ClaimFactory(status=Claim.Status.PROPOSED)

    comment_on_claim(claim=proposal, text="Which port?", by=analyst)

    proposal.refresh_from_db()
    assert proposal.status == Claim.Status.DRAFT


@pytest.mark.parametrize("text", ["", " \n "])
def test_empty_comment_is_refused(text: str, analyst: User) -> None:
    with pytest.raises(ClaimProblem, match=r"^Write what you want to say about it\.$"):
        comment_on_claim(claim=ClaimFactory(), text=text, by=analyst)

    assert not Comment.objects.exists()


def test_registered_claim_is_talked_over_no_more(analyst: User) -> None:
    with pytest.raises(ClaimLocked):
        comment_on_claim(claim=RegisteredClaimFactory(), text="Too late?", by=analyst)


def test_comment_never_changes(analyst: User) -> None:
    comment = comment_on_claim(claim=ClaimFactory(), text="Which port?", by=analyst)

    with pytest.raises(IntegrityError, match="comment is never changed"), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(text="None.")


@pytest.mark.parametrize("status", ["draft", "proposed", "dropped"])
def test_claim_is_handed_to_a_colleague(status: str, analyst: User, colleague: User) -> None:
    claim = ClaimFactory(status=status)

    handed = hand_over(claim=claim, to=colleague, by=analyst)

    assert (handed.handed_to, handed.status) == (colleague, Claim.Status.DRAFT)
    entry = AuditEntry.objects.get(verb="handed over")
    assert (entry.by, entry.object_id, entry.detail) == (analyst, claim.pk, {"to": "carl"})


def test_handing_over_twice_changes_nothing(analyst: User, colleague: User) -> None:
    draft = ClaimFactory()

    for _ in range(2):
        hand_over(claim=draft, to=colleague, by=analyst)

    assert AuditEntry.objects.filter(verb="handed over").count() == 1


def test_claim_is_not_handed_to_somebody_who_may_not_write_claims(
    analyst: User, reader: User
) -> None:
    draft = ClaimFactory()

    with pytest.raises(ClaimProblem, match="may not write claims, so nobody can hand them one"):
        hand_over(claim=draft, to=reader, by=analyst)

    draft.refresh_from_db()
    assert draft.handed_to is None


def test_registered_claim_is_not_handed_over(analyst: User, colleague: User) -> None:
    with pytest.raises(ClaimLocked):
        hand_over(claim=RegisteredClaimFactory(), to=colleague, by=analyst)


def test_whoever_talked_it_over_or_handed_it_on_has_part_in_it(
    analyst: User, colleague: User, reviewer: User
) -> None:
    draft = ClaimFactory()
    comment_on_claim(claim=draft, text="Which port?", by=reviewer)
    hand_over(claim=draft, to=colleague, by=analyst)

    assert [has_part_in(one, draft) for one in (reviewer, analyst, colleague)] == [
        True,
        True,
        False,
    ]


def test_database_seats_nobody_who_talked_the_claim_over(reviewer: User) -> None:
    draft = ClaimFactory()
    comment_on_claim(claim=draft, text="Which port?", by=reviewer)
    checkpoint = CheckpointFactory(claim=draft)

    with pytest.raises(IntegrityError, match="judges it"), transaction.atomic():
        AssignmentFactory(checkpoint=checkpoint, reviewer=reviewer)
