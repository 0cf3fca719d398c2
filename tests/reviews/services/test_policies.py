"""How many judge, when they agree, who settles; and conflicts that people declare."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, User
from accounts.roles import Role
from claims.models import Checkpoint
from reviews.models import Assignment, DeclaredConflict, Policy, SetAside, Verdict
from reviews.services import (
    declare_conflict,
    end_conflict,
    lease_next,
    open_due_checkpoints,
    postpone,
    set_policy,
    skip,
    submit_review,
)
from reviews.services.verdicts import nearest_grade
from reviews.validators import ReviewProblem
from tests.factories.accounts import UserFactory
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.sources import ClaimantFactory, PublisherFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


def judged(outcomes: list[str], lead: User, *, steps: int = 2) -> Checkpoint:
    """A checkpoint that as many reviewers as there are outcomes have judged."""
    set_policy(reviewers=len(outcomes), steps=steps, by=lead)
    checkpoint = RegisteredClaimFactory().checkpoints.get()
    open_due_checkpoints(on=date(2027, 1, 1))
    for outcome in outcomes:
        who = UserFactory(roles=[Role.REVIEWER])
        seat = lease_next(by=who, at=NOW)
        assert seat is not None
        submit_review(assignment=seat, by=who, outcome=outcome, confidence=3, reason="So.", at=NOW)
    return checkpoint


@pytest.mark.parametrize(
    ("outcomes", "outcome", "value", "basis"),
    [
        (["mixed"], "mixed", "0.5", "one_reviewer"),
        (["too_vague"], "too_vague", None, "one_reviewer"),
        (["held", "mostly_held", "mostly_held"], "mostly_held", "0.833", "agreement"),
        (["held", "held", "mostly_held"], "held", "0.917", "agreement"),
        (["failed"] * 5, "failed", "0", "agreement"),
        (["failed", "failed", "mostly_failed", "failed"], "failed", "0.063", "agreement"),
        (["unverifiable"] * 3, "unverifiable", None, "agreement"),
    ],
)
def test_as_many_as_the_policy_says_make_the_verdict(
    outcomes: list[str], outcome: str, value: str | None, basis: str, lead: User
) -> None:
    verdict = Verdict.objects.get(checkpoint=judged(outcomes, lead))

    assert (verdict.outcome, verdict.basis) == (outcome, basis)
    assert verdict.value == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("outcomes", "steps", "agree"),
    [
        (["held", "mostly_held"], 1, False),
        (["held", "held"], 1, True),
        (["held", "mixed"], 2, False),
        (["held", "mixed"], 3, True),
        (["held", "mostly_held", "mixed"], 2, False),
        (["held", "held", "too_vague"], 4, False),
        (["held", "failed"], 4, False),
    ],
)
def test_grades_agree_as_the_policy_says(
    outcomes: list[str], steps: int, agree: bool, lead: User
) -> None:
    checkpoint = judged(outcomes, lead, steps=steps)

    assert Verdict.objects.filter(checkpoint=checkpoint).exists() is agree
    assert Assignment.objects.for_adjudication().filter(state="open").exists() is not agree


@pytest.mark.parametrize(
    ("mean", "grade"),
    [
        (Fraction(7, 8), "mostly_held"),
        (Fraction(1, 8), "mostly_failed"),
        (Fraction(5, 8), "mixed"),
        (Fraction(9, 10), "held"),
        (Fraction(0), "failed"),
    ],
)
def test_a_mean_is_worded_as_the_grade_nearest_to_it(mean: Fraction, grade: str) -> None:
    assert nearest_grade(mean) == grade


def test_the_number_holds_for_what_opens_from_then_on(lead: User) -> None:
    first = RegisteredClaimFactory().checkpoints.get()
    open_due_checkpoints(on=date(2027, 1, 1))
    set_policy(reviewers=4, steps=2, by=lead)
    second = RegisteredClaimFactory().checkpoints.get()
    open_due_checkpoints(on=date(2027, 1, 1))

    counts = [Assignment.objects.filter(checkpoint=one).count() for one in (first, second)]
    assert counts == [2, 4]


def test_what_it_was_before_stands_in_the_audit_log(lead: User) -> None:
    set_policy(reviewers=1, steps=3, adjudicators=[lead], by=lead)
    set_policy(reviewers=3, steps=2, by=lead)

    entry = AuditEntry.objects.filter(verb="set the policy of reviews").first()
    assert entry is not None
    assert entry.by == lead
    assert entry.detail == {
        "reviewers": 3,
        "steps": 2,
        "adjudicators": [],
        "was": {"reviewers": 1, "steps": 3, "adjudicators": [lead.pk]},
    }
    assert Policy.objects.count() == 1


@pytest.mark.parametrize(("reviewers", "steps"), [(0, 2), (6, 2), (2, 0), (2, 5)])
def test_a_policy_off_the_scale_is_refused_by_service_and_database(
    reviewers: int, steps: int, lead: User
) -> None:
    with pytest.raises(ReviewProblem):
        set_policy(reviewers=reviewers, steps=steps, by=lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Policy.objects.create(pk=1, reviewers=reviewers, steps=steps)


def test_there_is_one_policy(lead: User) -> None:
    with pytest.raises(IntegrityError, match="policy_one_row"), transaction.atomic():
        Policy.objects.create(pk=2)


def test_who_may_not_adjudicate_is_not_named(lead: User, reviewer: User) -> None:
    with pytest.raises(ReviewProblem, match="only leads do"):
        set_policy(reviewers=2, steps=2, adjudicators=[reviewer], by=lead)


@pytest.mark.parametrize("who", ["analyst", "reviewer", "reader", "administrator"])
def test_only_leads_set_it(who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        set_policy(reviewers=2, steps=2, by=request.getfixturevalue(who))


def test_declaring_returns_what_is_held(reviewer: User) -> None:
    claim = RegisteredClaimFactory()
    open_due_checkpoints(on=date(2027, 1, 1))
    lease_next(by=reviewer, at=NOW)

    declare_conflict(user=reviewer, by=reviewer, reason="My aunt.", claimant=claim.claimant)

    assert not Assignment.objects.leased_to(reviewer).exists()
    assert Assignment.objects.waiting().count() == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"topic": "trade", "reason": " "}, "Say what"),
        ({"reason": "x"}, "one of the three"),
        ({"reason": "x", "topic": "trade", "claimant": True}, "one of the three"),
    ],
)
def test_a_conflict_names_one_thing_and_why(
    fields: dict[str, object], words: str, reviewer: User
) -> None:
    given = fields | ({"claimant": ClaimantFactory()} if "claimant" in fields else {})

    with pytest.raises(ReviewProblem, match=words):
        declare_conflict(user=reviewer, by=reviewer, **given)  # type: ignore[arg-type]


def test_a_conflict_is_declared_once_and_again_after_it_ended(reviewer: User, lead: User) -> None:
    publisher = PublisherFactory()
    given = {"user": reviewer, "publisher": publisher, "reason": "I write there."}
    first = declare_conflict(by=lead, **given)
    with pytest.raises(ReviewProblem, match="declared already"):
        declare_conflict(by=reviewer, **given)

    end_conflict(conflict=first, by=lead, at=NOW)
    declare_conflict(by=reviewer, **given)

    assert DeclaredConflict.objects.count() == 2
    first.refresh_from_db()
    assert (first.ended_at, first.ended_by, first.declared_by) == (NOW, lead, lead)


def test_nobody_but_a_lead_declares_for_others_or_ends_a_conflict(
    reviewer: User, second_reviewer: User
) -> None:
    with pytest.raises(PermissionDenied):
        declare_conflict(user=second_reviewer, by=reviewer, reason="x", topic="trade")
    own = declare_conflict(user=reviewer, by=reviewer, reason="x", topic="trade")
    with pytest.raises(PermissionDenied):
        end_conflict(conflict=own, by=reviewer)


def test_a_declared_conflict_and_what_was_set_aside_never_change(reviewer: User) -> None:
    declare_conflict(user=reviewer, by=reviewer, reason="x", topic="trade")
    RegisteredClaimFactory()
    open_due_checkpoints(on=date(2027, 1, 1))
    seat = lease_next(by=reviewer, at=NOW)
    assert seat is not None
    skip(assignment=seat, by=reviewer, reason="No time.", at=NOW)

    for rows, change in (
        (DeclaredConflict.objects.all(), {"reason": "y"}),
        (SetAside.objects.all(), {"reason": "y"}),
    ):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            rows.update(**change)
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            rows._raw_delete("default")


@pytest.mark.parametrize("until", [date(2026, 4, 1), date(2026, 3, 1), date(2027, 1, 1)])
def test_a_checkpoint_is_postponed_to_a_day_to_come_not_too_far(
    until: date, reviewer: User
) -> None:
    RegisteredClaimFactory()
    open_due_checkpoints(on=date(2027, 1, 1))
    seat = lease_next(by=reviewer, at=NOW)
    assert seat is not None

    with pytest.raises(ReviewProblem):
        postpone(assignment=seat, by=reviewer, until=until, at=NOW)
    with pytest.raises(ReviewProblem, match="Say why"):
        skip(assignment=seat, by=reviewer, reason=" ", at=NOW)
    assert Assignment.objects.leased_to(reviewer).exists()


def test_an_expired_lease_goes_on_without_the_sweep(reviewer: User, second_reviewer: User) -> None:
    set_policy(reviewers=1, steps=2, by=UserFactory(roles=[Role.LEAD]))
    RegisteredClaimFactory()
    open_due_checkpoints(on=date(2027, 1, 1))
    seat = lease_next(by=reviewer, at=NOW)

    assert lease_next(by=second_reviewer, at=NOW) is None
    assert lease_next(by=second_reviewer, at=NOW.replace(hour=10)) == seat
    assert lease_next(by=reviewer, at=NOW.replace(hour=10)) is None


def test_who_asks_again_after_an_hour_goes_on_with_their_own(reviewer: User) -> None:
    RegisteredClaimFactory()
    open_due_checkpoints(on=date(2027, 1, 1))
    seat = lease_next(by=reviewer, at=NOW)

    again = lease_next(by=reviewer, at=NOW.replace(hour=12))

    assert again == seat
    assert again is not None
    assert again.lease_expires_at == NOW.replace(hour=13)
