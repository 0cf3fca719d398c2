"""The order of the queue."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import User
from claims.models import Claim
from reviews.models import Assignment
from reviews.services import lease_next, open_due_checkpoints, submit_review
from reviews.urgency import place_of
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
DAY = date(2026, 3, 1)


def place(**changes: object) -> int:
    plain = {"due_on": DAY, "opened_on": DAY, "stake": Claim.Stake.ORDINARY, "disagreed": False}
    return place_of(**(plain | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({"due_on": DAY - timedelta(days=5)}, 5),
        ({"opened_on": DAY - timedelta(days=5)}, 2.5),
        ({"stake": Claim.Stake.HIGH}, 30),
        ({"stake": Claim.Stake.LOW}, -30),
        ({"disagreed": True}, 30),
        ({"disagreed": True, "stake": Claim.Stake.HIGH, "due_on": DAY - timedelta(days=1)}, 61),
    ],
)
def test_each_thing_counts_as_so_many_days(changes: dict[str, object], days: float) -> None:
    assert (place() - place(**changes)) / 2 == days


@pytest.mark.django_db
def test_seats_open_at_their_place(reviewer: User) -> None:
    ordinary = RegisteredClaimFactory(due_on=date(2026, 3, 1))
    high = RegisteredClaimFactory(due_on=date(2026, 3, 21), stake=Claim.Stake.HIGH)
    low = RegisteredClaimFactory(due_on=date(2026, 2, 21), stake=Claim.Stake.LOW)
    open_due_checkpoints(on=date(2027, 1, 1))

    order = Assignment.objects.order_by("place", "pk").values_list("checkpoint__claim", flat=True)

    assert list(dict.fromkeys(order)) == [high.pk, ordinary.pk, low.pk]
    seat = lease_next(by=reviewer, at=NOW)
    assert seat is not None
    assert seat.checkpoint.claim == high


@pytest.mark.django_db
def test_where_reviewers_differed_before_the_next_checkpoint_comes_sooner() -> None:
    claim = RegisteredClaimFactory(due_on=date(2026, 3, 21), earlier=[date(2025, 3, 21)])
    other = RegisteredClaimFactory(due_on=date(2026, 3, 21))
    first, _ = claim.checkpoints.order_by("due_on")
    AssignmentFactory(checkpoint=first, role=Assignment.Role.ADJUDICATION, seat=1)
    open_due_checkpoints(on=date(2027, 1, 1))

    places = dict(
        Assignment.objects.for_review().filter(seat=1).values_list("checkpoint__claim", "place")
    )
    assert places[other.pk] - places[claim.pk] == 60


@pytest.mark.django_db
def test_what_is_half_judged_comes_fourteen_days_sooner_once(reviewer: User) -> None:
    RegisteredClaimFactory(due_on=date(2026, 3, 21))
    open_due_checkpoints(on=date(2027, 1, 1))
    before = Assignment.objects.get(seat=2).place
    seat = lease_next(by=reviewer, at=NOW)
    assert seat is not None

    submit_review(assignment=seat, by=reviewer, outcome="held", confidence=3, reason="So.", at=NOW)

    assert before - Assignment.objects.get(seat=2).place == 28
