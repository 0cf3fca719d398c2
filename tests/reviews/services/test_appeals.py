"""A verdict is appealed once by each person, and the appeal decided by a lead who took no part."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, User
from accounts.roles import Role
from claims.models import Checkpoint
from claims.services import accept_evidence
from claims.validators import ClaimProblem
from reviews.models import Appeal, AppealDecision, Assignment, Reopening, Verdict
from reviews.queries import open_seats
from reviews.services import (
    appeal_verdict,
    decide_appeal,
    lease_next,
    return_expired_leases,
    submit_review,
    take_adjudication,
)
from reviews.validators import Conflict, LeaseLost, ReviewProblem
from tests.factories.accounts import UserFactory
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.reviews import ReviewFactory, VerdictFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)


@pytest.fixture
def verdict(reviewer: User, second_reviewer: User) -> Verdict:
    """Two reviewers agreed."""
    checkpoint = RegisteredClaimFactory().checkpoints.get()
    for seat, who in enumerate((reviewer, second_reviewer), 1):
        ReviewFactory(
            assignment__checkpoint=checkpoint, assignment__reviewer=who, assignment__seat=seat
        )
    return VerdictFactory(checkpoint=checkpoint)


@pytest.fixture
def seat(verdict: Verdict, reader: User, lead: User) -> Assignment:
    """A lead holds the appeal of a reader."""
    appeal = appeal_verdict(verdict=verdict, by=reader, words="The port was closed.", at=NOW)
    return take_adjudication(assignment=appeal.seat, by=lead, at=NOW)


def test_an_appeal_opens_a_seat_for_a_lead(verdict: Verdict, reader: User) -> None:
    appeal = appeal_verdict(verdict=verdict, by=reader, words=" The port was closed. ", at=NOW)

    assert (appeal.words, appeal.by, appeal.verdict) == ("The port was closed.", reader, verdict)
    assert (appeal.seat.role, appeal.seat.state, appeal.seat.round) == ("appeal", "open", 1)
    assert AuditEntry.objects.filter(verb="appealed", by=reader).count() == 1


def test_nobody_appeals_a_verdict_twice(verdict: Verdict, reader: User) -> None:
    first = appeal_verdict(verdict=verdict, by=reader, words="The port was closed.")

    with pytest.raises(ReviewProblem, match="You have appealed this verdict already"):
        appeal_verdict(verdict=verdict, by=reader, words="Again.")
    with pytest.raises(IntegrityError, match="appeal_once_each"), transaction.atomic():
        Appeal.objects.create(verdict=verdict, by=reader, words="Again.", seat=first.seat)


def test_appeals_that_wait_share_a_seat_and_a_later_one_gets_its_own(
    seat: Assignment, verdict: Verdict, analyst: User, colleague: User, lead: User
) -> None:
    second = appeal_verdict(verdict=verdict, by=analyst, words="I think so too.")
    assert second.seat == seat
    decide_appeal(seat=seat, by=lead, outcome="upheld", reason="It was open.")

    third = appeal_verdict(verdict=verdict, by=colleague, words="Still.")

    assert (third.seat.seat, third.seat.state) == (2, "open")
    # Whoever decided took part by now.
    assert not open_seats(lead).exists()


def test_an_appeal_says_why(verdict: Verdict, reader: User) -> None:
    with pytest.raises(ReviewProblem, match="Say what is wrong with it"):
        appeal_verdict(verdict=verdict, by=reader, words="  ")


def test_who_judged_there_and_whoever_has_no_role_appeals_nothing(
    verdict: Verdict, reviewer: User, stranger: User
) -> None:
    with pytest.raises(Conflict):
        appeal_verdict(verdict=verdict, by=reviewer, words="I was wrong.")
    with pytest.raises(PermissionDenied):
        appeal_verdict(verdict=verdict, by=stranger, words="No.")


def test_neither_who_judged_nor_who_appealed_decides(
    verdict: Verdict, reader: User, lead: User
) -> None:
    judged, appealed, registrar = UserFactory.create_batch(3, roles=[Role.LEAD])
    ReviewFactory(assignment__checkpoint=verdict.checkpoint, assignment__reviewer=judged)
    appeal_verdict(verdict=verdict, by=appealed, words="The port was closed.")
    link = EvidenceFactory(claim=verdict.checkpoint.claim)
    accept_evidence(evidence=link, stance=1, by=registrar)

    able = [open_seats(one).count() for one in (judged, appealed, registrar, reader, lead)]

    assert able == [0, 0, 0, 0, 1]


def test_upheld_leaves_the_verdict_alone(seat: Assignment, verdict: Verdict, lead: User) -> None:
    decision = decide_appeal(seat=seat, by=lead, outcome="upheld", reason="It was open.", at=NOW)

    assert (decision.outcome, decision.reason) == ("upheld", "It was open.")
    assert not Reopening.objects.exists()
    seat.refresh_from_db()
    assert (seat.state, seat.reviewer) == (Assignment.State.DONE, lead)


def test_an_allowed_appeal_has_it_judged_again_by_others(
    seat: Assignment, verdict: Verdict, lead: User, reviewer: User, reader: User
) -> None:
    decide_appeal(seat=seat, by=lead, outcome="reopened", reason="It was closed.", at=NOW)

    reopening = Reopening.objects.get()
    assert (reopening.verdict, reopening.cause, reopening.by) == (verdict, "appealed", lead)
    assert reopening.reason == "It was closed."
    reader.roles = [Role.REVIEWER]
    reader.save()
    third = UserFactory(roles=[Role.REVIEWER])
    assert [open_seats(one).count() for one in (reviewer, reader, third)] == [0, 0, 2]


def test_what_is_judged_again_is_not_appealed(
    seat: Assignment, verdict: Verdict, lead: User, analyst: User
) -> None:
    decide_appeal(seat=seat, by=lead, outcome="reopened", reason="It was closed.")

    with pytest.raises(ReviewProblem, match="judged again already"):
        appeal_verdict(verdict=verdict, by=analyst, words="The port was closed.")


def test_an_appeal_that_came_meanwhile_is_read_first(
    seat: Assignment, verdict: Verdict, lead: User, analyst: User
) -> None:
    seen = seat.appeals.get().pk
    appeal_verdict(verdict=verdict, by=analyst, words="There is more.")

    with pytest.raises(ReviewProblem, match="Another appeal came meanwhile"):
        decide_appeal(seat=seat, by=lead, outcome="upheld", reason="It was open.", seen=seen)
    assert not AppealDecision.objects.exists()


def test_an_appeal_is_decided_once_and_by_who_holds_it(seat: Assignment, lead: User) -> None:
    other = UserFactory(roles=[Role.LEAD])
    with pytest.raises(LeaseLost):
        decide_appeal(seat=seat, by=other, outcome="upheld", reason="It was open.")
    decide_appeal(seat=seat, by=lead, outcome="upheld", reason="It was open.")
    with pytest.raises(LeaseLost, match="decided already"):
        decide_appeal(seat=seat, by=lead, outcome="reopened", reason="It was closed.")


def test_a_lease_that_ran_out_goes_to_another_lead(seat: Assignment, lead: User) -> None:
    return_expired_leases(at=NOW + timedelta(hours=2))

    with pytest.raises(LeaseLost):
        decide_appeal(seat=seat, by=lead, outcome="upheld", reason="It was open.")
    other = UserFactory(roles=[Role.LEAD])
    assert take_adjudication(assignment=seat, by=other).reviewer == other


def test_an_appeal_is_not_judged_as_a_review_is(seat: Assignment, lead: User) -> None:
    assert lease_next(by=lead) is None
    with pytest.raises(ReviewProblem, match="decided, not judged"):
        submit_review(assignment=seat, by=lead, outcome="held", confidence=3, reason="So.")


def test_who_decides_an_appeal_links_no_evidence_meanwhile(seat: Assignment, lead: User) -> None:
    link = EvidenceFactory(claim=Checkpoint.objects.get().claim)

    with pytest.raises(ClaimProblem):
        accept_evidence(evidence=link, stance=1, by=lead)


def test_appeals_and_decisions_are_never_changed(seat: Assignment, lead: User) -> None:
    decide_appeal(seat=seat, by=lead, outcome="upheld", reason="It was open.")

    for model, field in ((Appeal, "words"), (AppealDecision, "reason")):
        with pytest.raises(IntegrityError, match="is never changed"), transaction.atomic():
            model.objects.update(**{field: "Else."})
