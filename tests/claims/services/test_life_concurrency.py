"""Two people who decide at once what becomes of claims."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from accounts.models import User
from accounts.roles import Role
from claims.models import Claim, Comment
from claims.services import (
    comment_on_claim,
    mark_duplicate,
    register_claim,
    withdraw_claim,
)
from claims.validators import ClaimProblem
from reports.services import publish_report
from tests.claims.services.test_concurrency import at_once
from tests.factories.accounts import UserFactory
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory
from tests.factories.sources import ClaimantFactory

pytestmark = pytest.mark.usefixtures("transactional_db")

FAR = {"due_on": date(2090, 1, 1), "due_latest": date(2091, 1, 1)}
ROUNDS = 5


@pytest.fixture
def analyst() -> User:
    return UserFactory(username="ada", roles=[Role.ANALYST])


def outcome(work: Callable[[], object]) -> Callable[[], str]:
    """Runs it; gives what stood in the way, in words, or nothing."""

    def told() -> str:
        try:
            work()
        except ClaimProblem as problem:
            return str(problem)
        return ""

    return told


def three(analyst: User) -> tuple[Claim, Claim, Claim]:
    """Three registered claims by one claimant, none of them due."""
    one = ClaimantFactory()
    return tuple(RegisteredClaimFactory(claimant=one, **FAR) for _ in range(3))  # type: ignore[return-value]


def test_nobody_has_to_follow_two_steps(analyst: User) -> None:
    for _ in range(ROUNDS):
        first, second, third = three(analyst)

        at_once(
            outcome(lambda a=first, b=second: mark_duplicate(claim=b, first=a, by=analyst)),
            outcome(lambda b=second, c=third: mark_duplicate(claim=c, first=b, by=analyst)),
        )

        pointing = Claim.objects.filter(duplicate_of__isnull=False)
        assert [claim for claim in pointing if claim.duplicate_of.duplicate_of] == []


def test_crosswise_duplicates_end_one_at_the_most(analyst: User) -> None:
    for _ in range(ROUNDS):
        first, second, _ = three(analyst)

        told = at_once(
            outcome(lambda a=first, b=second: mark_duplicate(claim=b, first=a, by=analyst)),
            outcome(lambda a=first, b=second: mark_duplicate(claim=a, first=b, by=analyst)),
        )

        assert told[0] == ""
        assert re.search("was registered after this one|no duplicate of itself", told[1])


def test_replacing_and_withdrawing_at_once_end_a_claim_once(analyst: User) -> None:
    for _ in range(ROUNDS):
        earlier = RegisteredClaimFactory(**FAR)
        draft = ClaimFactory(
            claimant=earlier.claimant,
            said_on=date(2023, 9, 1),
            opens_on=date(2023, 9, 1),
            predecessor=earlier,
            relation="replaces",
        )

        told = at_once(
            outcome(lambda c=draft: register_claim(claim=c, by=analyst)),
            outcome(lambda c=earlier: withdraw_claim(claim=c, by=analyst, reason="Taken back.")),
        )

        earlier.refresh_from_db()
        draft.refresh_from_db()
        assert sorted(bool(words) for words in told) == [False, True]
        assert (earlier.status, draft.is_registered) in {("superseded", True), ("withdrawn", False)}


def test_remark_and_registration_at_once_leave_no_remark_on_a_locked_claim(analyst: User) -> None:
    for _ in range(ROUNDS):
        draft = ClaimFactory()

        at_once(
            outcome(lambda c=draft: register_claim(claim=c, by=analyst)),
            outcome(lambda c=draft: comment_on_claim(claim=c, text="Which port?", by=analyst)),
        )

        draft.refresh_from_db()
        for comment in Comment.objects.filter(claim=draft):
            assert draft.registered_at is None or comment.at <= draft.registered_at


def test_publisher_and_whoever_marks_a_duplicate_do_not_wait_for_each_other(analyst: User) -> None:
    for _ in range(ROUNDS):
        one = ClaimantFactory()
        first = RegisteredClaimFactory(claimant=one)
        second = RegisteredClaimFactory(claimant=one, **FAR)

        at_once(
            lambda a=first, b=second: mark_duplicate(claim=b, first=a, by=analyst),
            lambda: publish_report(
                by=None, period_start=date(2026, 3, 1), period_end=date(2026, 3, 31)
            ),
        )

        second.refresh_from_db()
        assert second.status == "duplicate"
