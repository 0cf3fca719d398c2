"""Reviews make a verdict where they agree, and go to a lead where they do not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connections

from accounts.models import User
from accounts.roles import Role
from claims.models import Checkpoint, Claim, Evidence, Imputation
from claims.services import accept_evidence
from claims.validators import ClaimProblem
from reviews.models import Assignment, Review, Verdict
from reviews.outcomes import Confidence
from reviews.services import (
    lease_next,
    open_due_checkpoints,
    return_expired_leases,
    submit_review,
    take_adjudication,
)
from reviews.validators import AlreadyJudged, Conflict, LeaseLost, ReviewProblem
from tests.factories.accounts import UserFactory
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.sources import EventFactory

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)

WHOLE = {"outcome": "held", "confidence": Confidence.HIGH, "reason": "Trade grew."}

type Submit = Callable[..., Review]


@pytest.fixture
def checkpoint(db: None) -> Checkpoint:
    claim = RegisteredClaimFactory()
    open_due_checkpoints(on=date(2027, 1, 1))
    return claim.checkpoints.get()


@pytest.fixture
def submit(checkpoint: Checkpoint) -> Submit:
    """Has somebody lease the next seat and submit a review."""

    def submitted(by: User, outcome: str, **fields: object) -> Review:
        seat = lease_next(by=by, at=NOW)
        assert seat is not None
        return submit_review(
            assignment=seat,
            by=by,
            outcome=outcome,
            **({"confidence": Confidence.HIGH, "reason": "Trade grew.", "at": NOW} | fields),
        )

    return submitted


def test_one_review_makes_no_verdict(submit: Submit, reviewer: User) -> None:
    review = submit(reviewer, "held")

    assert review.assignment.state == Assignment.State.DONE
    assert not Verdict.objects.exists()


@pytest.mark.parametrize(
    ("first", "second", "outcome", "value"),
    [
        ("held", "held", "held", Decimal(1)),
        ("held", "mostly_held", "mostly_held", Decimal("0.875")),
        ("mixed", "mostly_failed", "mixed", Decimal("0.375")),
        ("failed", "failed", "failed", Decimal(0)),
        ("failed", "mostly_failed", "mostly_failed", Decimal("0.125")),
        ("too_vague", "too_vague", "too_vague", None),
    ],
)
def test_agreement_makes_the_verdict(
    submit: Submit,
    checkpoint: Checkpoint,
    reviewer: User,
    second_reviewer: User,
    first: str,
    second: str,
    outcome: str,
    value: Decimal | None,
) -> None:
    submit(reviewer, first)
    submit(second_reviewer, second)

    verdict = Verdict.objects.get(checkpoint=checkpoint)
    assert (verdict.outcome, verdict.value, verdict.basis) == (outcome, value, "agreement")
    assert verdict.at == NOW


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("held", "mixed"),
        ("held", "failed"),
        ("mostly_held", "mostly_failed"),
        ("held", "too_vague"),
        ("too_vague", "unverifiable"),
    ],
)
def test_two_steps_apart_go_to_a_lead(
    submit: Submit,
    checkpoint: Checkpoint,
    reviewer: User,
    second_reviewer: User,
    first: str,
    second: str,
) -> None:
    submit(reviewer, first)
    submit(second_reviewer, second)

    assert not Verdict.objects.exists()
    seat = Assignment.objects.for_adjudication().get()
    assert (seat.checkpoint, seat.state, seat.seat) == (checkpoint, "open", 1)


def test_the_lead_settles_a_disagreement(
    submit: Submit, checkpoint: Checkpoint, reviewer: User, second_reviewer: User, lead: User
) -> None:
    submit(reviewer, "held")
    submit(second_reviewer, "failed")
    seat = take_adjudication(
        assignment=Assignment.objects.for_adjudication().get(), by=lead, at=NOW
    )

    submit_review(
        assignment=seat,
        by=lead,
        outcome="mixed",
        confidence=Confidence.MODERATE,
        reason="One year of three.",
        at=NOW,
    )

    verdict = Verdict.objects.get(checkpoint=checkpoint)
    assert (verdict.outcome, verdict.value) == ("mixed", Decimal("0.5"))
    assert (verdict.basis, verdict.by, verdict.reason) == (
        "adjudication",
        lead,
        "One year of three.",
    )


def test_a_review_after_the_lease_ran_out_is_kept_while_it_is_needed(
    submit: Submit, reviewer: User
) -> None:
    review = submit(reviewer, "held", at=NOW + timedelta(hours=2))

    assert (review.assignment.reviewer, review.assignment.state) == (reviewer, "done")


def test_a_review_after_the_seat_was_returned_takes_a_free_one(
    checkpoint: Checkpoint, reviewer: User, second_reviewer: User
) -> None:
    seat = lease_next(by=reviewer, at=NOW)
    assert seat is not None
    later = NOW + timedelta(hours=2)
    return_expired_leases(at=later)
    taken = lease_next(by=second_reviewer, at=later)
    assert taken == seat

    review = submit_review(assignment=seat, by=reviewer, at=later, **WHOLE)

    assert review.assignment != seat
    assert review.assignment.checkpoint == checkpoint


def test_a_review_that_nobody_needs_any_more_is_refused_in_words(
    checkpoint: Checkpoint, reviewer: User
) -> None:
    seat = lease_next(by=reviewer, at=NOW)
    assert seat is not None
    later = NOW + timedelta(hours=2)
    return_expired_leases(at=later)
    for n in range(2):
        lease_next(by=UserFactory(username=f"quick{n}", roles=[Role.REVIEWER]), at=later)

    with pytest.raises(LeaseLost, match="it is in other hands"):
        submit_review(assignment=seat, by=reviewer, at=later, **WHOLE)

    assert not Review.objects.exists()


def test_a_claim_that_has_ended_is_not_judged(checkpoint: Checkpoint, reviewer: User) -> None:
    seat = lease_next(by=reviewer, at=NOW)
    assert seat is not None
    Claim.objects.filter(pk=checkpoint.claim_id).update(status=Claim.Status.WITHDRAWN)

    with pytest.raises(ReviewProblem, match="has ended meanwhile"):
        submit_review(assignment=seat, by=reviewer, at=NOW, **WHOLE)


@pytest.mark.parametrize("change", [{"is_active": False}, {"roles": []}], ids=["left", "no role"])
def test_who_may_not_judge_any_more_stores_nothing(
    checkpoint: Checkpoint, reviewer: User, change: dict[str, object]
) -> None:
    seat = lease_next(by=reviewer, at=NOW)
    assert seat is not None
    User.objects.filter(pk=reviewer.pk).update(**change)

    with pytest.raises(ReviewProblem, match="Your account may not judge"):
        submit_review(assignment=seat, by=reviewer, at=NOW, **WHOLE)


def test_a_seat_of_somebody_else_stores_nothing(
    checkpoint: Checkpoint, reviewer: User, second_reviewer: User
) -> None:
    seat = lease_next(by=reviewer, at=NOW)
    assert seat is not None

    with pytest.raises(LeaseLost, match="not yours"):
        submit_review(
            assignment=seat,
            by=second_reviewer,
            outcome="held",
            confidence=Confidence.HIGH,
            reason="Trade grew.",
            at=NOW,
        )


def test_a_second_press_of_the_button_stores_nothing_twice(submit: Submit, reviewer: User) -> None:
    review = submit(reviewer, "held")

    with pytest.raises(AlreadyJudged):
        submit_review(
            assignment=review.assignment,
            by=reviewer,
            outcome="failed",
            confidence=Confidence.HIGH,
            reason="Trade fell.",
            at=NOW,
        )
    assert Review.objects.get().outcome == "held"


def test_who_took_a_part_meanwhile_judges_no_more(
    checkpoint: Checkpoint, submit: Submit, reviewer: User
) -> None:
    lease_next(by=reviewer, at=NOW)
    Imputation.objects.create(claim=checkpoint.claim, coder=reviewer, low="0.6", high="0.7")

    with pytest.raises(Conflict, match="somebody else judges it"):
        submit(reviewer, "held")
    assert not Review.objects.exists()


@pytest.mark.parametrize("done", [False, True], ids=["while judging", "after judging"])
def test_who_judges_a_claim_decides_on_none_of_its_evidence(
    checkpoint: Checkpoint, submit: Submit, reviewer: User, done: bool
) -> None:
    evidence = EvidenceFactory(claim=checkpoint.claim)
    if done:
        submit(reviewer, "held")
    else:
        lease_next(by=reviewer, at=NOW)

    with pytest.raises(ClaimProblem, match="somebody else decides on its evidence"):
        accept_evidence(evidence=evidence, stance=-2, by=reviewer)


def test_a_review_leans_on_nothing_that_came_after_its_day(
    checkpoint: Checkpoint, submit: Submit, reviewer: User, analyst: User
) -> None:
    later = EvidenceFactory(
        claim=checkpoint.claim, event=EventFactory(occurred_on=date(2026, 3, 22))
    )
    accept_evidence(evidence=later, stance=2, by=analyst)
    later.refresh_from_db()

    with pytest.raises(ReviewProblem, match="by the day it judges"):
        submit(reviewer, "held", leaned_on=[later])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"outcome": "superb"}, "Choose a grade"),
        ({"confidence": 4}, "how sure you are"),
        ({"reason": " "}, "Give your reasons"),
    ],
)
def test_a_review_that_is_not_whole_is_refused_in_words(
    submit: Submit, reviewer: User, fields: dict[str, object], words: str
) -> None:
    with pytest.raises(ReviewProblem, match=words):
        submit(reviewer, **({"outcome": "held"} | fields))


def test_a_review_leans_only_on_accepted_evidence_of_its_claim(
    submit: Submit, checkpoint: Checkpoint, reviewer: User
) -> None:
    suggested = EvidenceFactory(claim=checkpoint.claim)
    elsewhere = EvidenceFactory()

    for evidence in (suggested, elsewhere):
        with pytest.raises(ReviewProblem, match="accepted evidence of its own claim"):
            submit(reviewer, "held", leaned_on=[evidence])


def test_what_a_review_leaned_on_is_kept(
    submit: Submit, checkpoint: Checkpoint, reviewer: User, analyst: User
) -> None:
    evidence = EvidenceFactory(
        claim=checkpoint.claim,
        status=Evidence.Status.ACCEPTED,
        stance=2,
        decided_by=analyst,
        decided_at=NOW,
    )

    review = submit(reviewer, "held", leaned_on=[evidence])

    assert list(review.leaned_on.all()) == [evidence]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("second", "verdicts", "adjudications"), [("held", 1, 0), ("failed", 0, 1)]
)
def test_two_reviews_submitted_at_once_settle_once(
    reviewer: User, second_reviewer: User, second: str, verdicts: int, adjudications: int
) -> None:
    RegisteredClaimFactory()
    open_due_checkpoints(on=date(2027, 1, 1))
    seats = [lease_next(by=who, at=NOW) for who in (reviewer, second_reviewer)]
    together = Barrier(2)

    def submit_at_once(of: tuple[Assignment, str]) -> None:
        seat, outcome = of
        together.wait()
        try:
            submit_review(
                assignment=seat,
                by=seat.reviewer,
                outcome=outcome,
                confidence=Confidence.HIGH,
                reason="Seen.",
                at=NOW,
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(submit_at_once, zip(seats, ("held", second), strict=True)))

    assert Review.objects.count() == 2
    assert Verdict.objects.count() == verdicts
    assert Assignment.objects.for_adjudication().count() == adjudications
