"""What a reviewer writes is kept, whichever tab, whichever lease."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connections

from accounts.models import User
from accounts.roles import Role
from reviews.models import Assignment, Draft
from reviews.services import (
    forget_draft,
    lease_next,
    open_due_checkpoints,
    return_expired_leases,
    save_draft,
    submit_review,
)
from reviews.services.drafts import JOINT
from reviews.validators import LeaseLost, NewerDraft
from tests.factories.accounts import UserFactory
from tests.factories.claims import RegisteredClaimFactory

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
WHOLE = {"outcome": "held", "confidence": 3, "reason": "Trade grew."}


@pytest.fixture
def seat(db: None, reviewer: User) -> Assignment:
    RegisteredClaimFactory()
    open_due_checkpoints(on=date(2027, 1, 1))
    seat = lease_next(by=reviewer, at=NOW)
    assert seat is not None
    return seat


def test_what_is_half_written_is_kept_as_it_is(seat: Assignment, reviewer: User) -> None:
    save_draft(assignment=seat, by=reviewer, reason=" So ", leaned_on=[9, 4, 9], at=NOW)

    kept = Draft.objects.get()
    assert (kept.outcome, kept.confidence, kept.reason, kept.leaned_on, kept.version) == (
        "", None, " So ", [4, 9], 1,
    )  # fmt: skip


def test_what_makes_no_sense_is_left_out(seat: Assignment, reviewer: User) -> None:
    kept = save_draft(assignment=seat, by=reviewer, outcome="superb", confidence=7, reason="a\0b")

    assert (kept.outcome, kept.confidence, kept.reason) == ("", None, "ab")


def test_saving_the_same_again_changes_nothing(seat: Assignment, reviewer: User) -> None:
    first = save_draft(assignment=seat, by=reviewer, **WHOLE, at=NOW)

    again = save_draft(assignment=seat, by=reviewer, **WHOLE, seen=0)

    assert (again.version, again.saved_at) == (first.version, NOW)


def test_an_older_tab_does_not_save_over_a_newer_one(seat: Assignment, reviewer: User) -> None:
    save_draft(assignment=seat, by=reviewer, reason="long text")
    save_draft(assignment=seat, by=reviewer, reason="longer text", seen=1)

    with pytest.raises(NewerDraft):
        save_draft(assignment=seat, by=reviewer, reason="short", seen=1)
    assert Draft.objects.get().reason == "longer text"


def test_what_an_older_tab_sends_joins_the_newer_text(seat: Assignment, reviewer: User) -> None:
    save_draft(assignment=seat, by=reviewer, reason="newer")

    for _ in range(2):
        kept = save_draft(assignment=seat, by=reviewer, reason="older", seen=0, join=True)
        assert kept.reason == f"newer{JOINT}older"


def test_a_draft_outlives_its_lease_and_comes_with_the_next(
    seat: Assignment, reviewer: User
) -> None:
    save_draft(assignment=seat, by=reviewer, **WHOLE)
    return_expired_leases(at=NOW + timedelta(hours=2))
    save_draft(assignment=seat, by=reviewer, reason="still typing", seen=1)

    again = lease_next(by=reviewer, at=NOW + timedelta(hours=2))

    assert again is not None
    assert Draft.objects.get(checkpoint=again.checkpoint, by=reviewer).reason == "still typing"


def test_nobody_keeps_a_draft_at_a_seat_that_was_never_theirs(
    seat: Assignment, second_reviewer: User
) -> None:
    with pytest.raises(LeaseLost):
        save_draft(assignment=seat, by=second_reviewer, **WHOLE)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("seen", "left"), [(1, 0), (0, 1), (None, 0)])
def test_storing_throws_away_what_was_seen_of_the_draft(
    seat: Assignment, reviewer: User, seen: int | None, left: int
) -> None:
    save_draft(assignment=seat, by=reviewer, reason="in another tab")

    submit_review(assignment=seat, by=reviewer, seen=seen, at=NOW, **WHOLE)

    assert Draft.objects.count() == left


def test_throwing_away_takes_nobody_else_s_draft(
    seat: Assignment, reviewer: User, second_reviewer: User
) -> None:
    other = lease_next(by=second_reviewer, at=NOW)
    assert other is not None
    save_draft(assignment=seat, by=reviewer, **WHOLE)
    save_draft(assignment=other, by=second_reviewer, **WHOLE)

    forget_draft(checkpoint=seat.checkpoint, by=reviewer)

    assert Draft.objects.get().by == second_reviewer


@pytest.mark.django_db(transaction=True)
def test_four_tabs_that_save_at_once_lose_no_text() -> None:
    who = UserFactory(roles=[Role.REVIEWER])
    RegisteredClaimFactory()
    open_due_checkpoints(on=date(2027, 1, 1))
    seat = lease_next(by=who, at=NOW)
    assert seat is not None
    together = Barrier(4)

    def save(n: int) -> None:
        together.wait()
        try:
            save_draft(assignment=seat, by=who, reason=f"text {n}", join=True)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(save, range(4)))

    kept = Draft.objects.get()
    assert sorted(kept.reason.split(JOINT)) == [f"text {n}" for n in range(4)]
    assert kept.version == 4
