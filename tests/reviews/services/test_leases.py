"""Leases: the next seat, without conflict, never more than there are, back by themselves."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connections, transaction

from accounts.models import User
from accounts.roles import Role
from accounts.services import record
from claims.models import Claim, Imputation
from claims.services import reject_evidence, undo_evidence
from reviews.models import Assignment
from reviews.services import hand_back, lease_next, return_expired_leases, take_adjudication
from reviews.services.checkpoints import open_due_checkpoints
from reviews.validators import LeaseLost
from tests.factories.accounts import UserFactory
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


def opened(**fields: object) -> Claim:
    """A registered claim whose checkpoint is open for review."""
    claim = RegisteredClaimFactory(**fields)
    open_due_checkpoints(on=date(2027, 1, 1))
    return claim


@pytest.mark.django_db
def test_the_longest_due_checkpoint_comes_first(reviewer: User) -> None:
    opened(due_on=date(2026, 3, 21))
    earlier = opened(due_on=date(2025, 3, 21))

    seat = lease_next(by=reviewer, at=NOW)

    assert seat is not None
    assert seat.checkpoint.claim == earlier
    assert (seat.state, seat.reviewer) == (Assignment.State.LEASED, reviewer)
    assert seat.lease_expires_at == NOW + timedelta(hours=1)


@pytest.mark.django_db
def test_who_holds_a_seat_gets_the_same_again(reviewer: User) -> None:
    opened()
    opened()

    assert lease_next(by=reviewer, at=NOW) == lease_next(by=reviewer, at=NOW)
    assert Assignment.objects.leased_to(reviewer).count() == 1


@pytest.mark.django_db
def test_nobody_sits_twice_at_one_checkpoint(reviewer: User) -> None:
    opened()
    seat = lease_next(by=reviewer, at=NOW)
    assert seat is not None
    Assignment.objects.filter(pk=seat.pk).update(state=Assignment.State.DONE)

    assert lease_next(by=reviewer, at=NOW) is None


def registered_it(claim: Claim, who: User) -> None:
    """Nothing to add: the claim is registered by them."""


def decided_on_its_evidence(claim: Claim, who: User) -> None:
    """Also where it was undone since."""
    evidence = EvidenceFactory(claim=claim)
    reject_evidence(evidence=evidence, by=who)
    undo_evidence(evidence=evidence, by=who)


def worded_it(claim: Claim, who: User) -> None:
    """What the service writes when somebody edits a draft."""
    record(by=who, verb="edited", on=claim)


def read_its_probability(claim: Claim, who: User) -> None:
    Imputation.objects.create(claim=claim, coder=who, low="0.6", high="0.7")


def is_its_claimant(claim: Claim, who: User) -> None:
    claim.claimant.user = who
    claim.claimant.save()


CONFLICTS = [
    registered_it,
    worded_it,
    decided_on_its_evidence,
    read_its_probability,
    is_its_claimant,
]


@pytest.mark.django_db
@pytest.mark.parametrize("part", CONFLICTS, ids=lambda part: part.__name__)
def test_nobody_with_a_part_in_the_claim_judges_it(
    part: Callable[[Claim, User], None], reviewer: User
) -> None:
    claim = opened(**({"registered_by": reviewer} if part is registered_it else {}))
    part(claim, reviewer)
    seat = Assignment.objects.for_review().first()
    assert seat is not None

    assert lease_next(by=reviewer, at=NOW) is None
    # The database holds it too, whoever writes.
    seat.reviewer, seat.state = reviewer, Assignment.State.LEASED
    seat.leased_at = seat.lease_expires_at = NOW
    with pytest.raises(IntegrityError, match="Nobody who worded"), transaction.atomic():
        seat.save()


@pytest.mark.django_db
def test_a_withdrawn_claim_is_not_leased(reviewer: User) -> None:
    claim = opened()
    claim.status = Claim.Status.WITHDRAWN
    claim.save()

    assert lease_next(by=reviewer, at=NOW) is None


@pytest.mark.django_db
def test_a_seat_handed_back_goes_to_somebody_else(reviewer: User, second_reviewer: User) -> None:
    opened()
    seat = lease_next(by=reviewer, at=NOW)
    assert seat is not None

    hand_back(assignment=seat, by=reviewer)

    seat.refresh_from_db()
    assert (seat.state, seat.reviewer, seat.lease_expires_at) == ("open", None, None)
    assert lease_next(by=second_reviewer, at=NOW) is not None
    # By now they may have seen who said it.
    assert lease_next(by=reviewer, at=NOW) is None


@pytest.mark.django_db
def test_a_seat_of_somebody_else_cannot_be_handed_back(
    reviewer: User, second_reviewer: User
) -> None:
    opened()
    seat = lease_next(by=reviewer, at=NOW)
    assert seat is not None

    with pytest.raises(LeaseLost, match="not yours"):
        hand_back(assignment=seat, by=second_reviewer)


@pytest.mark.django_db
def test_an_abandoned_lease_returns_by_itself(reviewer: User) -> None:
    opened()
    lease_next(by=reviewer, at=NOW)

    assert return_expired_leases(at=NOW + timedelta(minutes=59)) == 0
    assert return_expired_leases(at=NOW + timedelta(minutes=60)) == 1
    assert return_expired_leases(at=NOW + timedelta(minutes=60)) == 0
    assert Assignment.objects.waiting().count() == 2


@pytest.mark.django_db
def test_a_lead_takes_a_disagreement_once(lead: User) -> None:
    checkpoint = RegisteredClaimFactory().checkpoints.get()
    seat = AssignmentFactory(checkpoint=checkpoint, role=Assignment.Role.ADJUDICATION, seat=1)
    other = UserFactory(roles=[Role.LEAD])

    taken = take_adjudication(assignment=seat, by=lead, at=NOW)

    assert taken.reviewer == lead
    assert take_adjudication(assignment=seat, by=lead, at=NOW) == taken
    with pytest.raises(LeaseLost, match="Somebody else has taken this"):
        take_adjudication(assignment=seat, by=other, at=NOW)


@pytest.mark.django_db
def test_who_reviewed_a_checkpoint_never_adjudicates_it(reviewer: User) -> None:
    checkpoint = RegisteredClaimFactory().checkpoints.get()
    done = AssignmentFactory(
        checkpoint=checkpoint, reviewer=reviewer, state=Assignment.State.DONE, seat=1
    )
    seat = AssignmentFactory(checkpoint=done.checkpoint, role=Assignment.Role.ADJUDICATION, seat=1)

    with pytest.raises(LeaseLost, match="judged it before"):
        take_adjudication(assignment=seat, by=reviewer, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_eight_reviewers_at_once_take_no_seat_twice() -> None:
    for _ in range(3):
        opened()
    people = [UserFactory(roles=[Role.REVIEWER]) for _ in range(8)]
    together = Barrier(len(people))

    def lease(person: User) -> tuple[int, int] | None:
        together.wait()
        try:
            seat = lease_next(by=person, at=NOW)
            return (seat.pk, seat.checkpoint_id) if seat else None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        taken = [one for one in pool.map(lease, people) if one]

    # Three checkpoints need two reviewers each: six seats, and two people go without.
    assert len(taken) == len({seat for seat, _ in taken}) == 6
    checkpoints = [checkpoint for _, checkpoint in taken]
    assert {checkpoints.count(one) for one in checkpoints} == {2}


@pytest.mark.django_db(transaction=True)
def test_one_reviewer_pressing_four_times_at_once_holds_one_seat(reviewer: User) -> None:
    for _ in range(3):
        opened()
    together = Barrier(4)

    def lease(_: int) -> int | None:
        together.wait()
        try:
            seat = lease_next(by=reviewer, at=NOW)
            return seat.pk if seat else None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        taken = set(pool.map(lease, range(4)))

    assert len(taken) == 1
    assert Assignment.objects.leased_to(reviewer).count() == 1
