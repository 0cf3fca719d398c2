"""What moved after a verdict has exactly the verdicts judged again that leaned on it, once."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from accounts.roles import Role
from claims.models import Checkpoint, Claim, Evidence
from claims.services import accept_evidence, reject_evidence, tell_of_notices, undo_evidence
from claims.validators import ClaimProblem
from reviews.models import Assignment, Reopening, Review, Verdict
from reviews.queries import checkpoint_states, open_seats
from reviews.services import (
    lease_next,
    let_judge_again,
    open_due_checkpoints,
    reopen_what_moved,
    submit_review,
)
from reviews.validators import ReviewProblem
from sources.models import Notice
from sources.services import mark_event
from tests.factories.accounts import UserFactory
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.reviews import VerdictFactory
from tests.factories.sources import DocumentFactory, EventFactory

pytestmark = pytest.mark.django_db

LINKED = datetime(2026, 3, 30, 9, tzinfo=UTC)
NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)

type Judge = Callable[..., Review]


@pytest.fixture
def claim(analyst: User) -> Claim:
    return RegisteredClaimFactory()


@pytest.fixture
def evidence(claim: Claim, analyst: User) -> Evidence:
    """Accepted before the verdict."""
    link = EvidenceFactory(claim=claim, event=EventFactory(title="The ports sign"))
    return accept_evidence(evidence=link, stance=1, by=analyst, at=LINKED)


@pytest.fixture
def other(claim: Claim, analyst: User) -> Evidence:
    """Accepted before the verdict too."""
    link = EvidenceFactory(claim=claim, event=EventFactory(title="A ship sinks"))
    return accept_evidence(evidence=link, stance=-1, by=analyst, at=LINKED)


def judge(by: User, *, outcome: str = "held", leaned_on: tuple[Evidence, ...] = ()) -> Review:
    """Has somebody take the next seat and judge."""
    seat = lease_next(by=by)
    assert seat is not None
    return submit_review(
        assignment=seat,
        by=by,
        outcome=outcome,
        confidence=3,
        reason="Trade grew.",
        leaned_on=leaned_on,
    )


@pytest.fixture
def verdict(
    claim: Claim, evidence: Evidence, other: Evidence, reviewer: User, second_reviewer: User
) -> Verdict:
    """Two reviewers agreed, and named the first piece of evidence."""
    open_due_checkpoints(on=date(2027, 1, 1))
    judge(reviewer, leaned_on=(evidence,))
    judge(second_reviewer)
    return Verdict.objects.get()


def reopenings() -> list[tuple[int, str, str]]:
    return list(Reopening.objects.values_list("verdict", "cause", "reason"))


def test_nothing_moved_reopens_nothing(verdict: Verdict) -> None:
    assert reopen_what_moved() == 0
    assert not Reopening.objects.exists()


def test_a_retraction_of_what_decided_it_reopens_the_verdict_once(
    verdict: Verdict, evidence: Evidence, analyst: User
) -> None:
    notice = mark_event(event=evidence.event, kind="retracted", words="Never signed.", by=analyst)
    tell_of_notices()

    assert [reopen_what_moved(), reopen_what_moved()] == [1, 0]

    reopening = Reopening.objects.get()
    assert (reopening.verdict, reopening.evidence, reopening.notice) == (verdict, evidence, notice)
    assert reopening.cause == Reopening.Cause.CHANGED
    assert reopening.reason.startswith("“The ports sign”: retracted, ")
    assert reopening.reason.endswith(": Never signed.")
    seats = Assignment.objects.filter(checkpoint=verdict.checkpoint, round=2)
    assert sorted(seats.values_list("role", "seat", "state")) == [
        ("review", 3, "open"),
        ("review", 4, "open"),
    ]
    assert AuditEntry.objects.filter(verb="reopened").count() == 1
    assert Verdict.objects.standing().get() == verdict


def test_what_only_may_be_retracted_reopens_nothing(verdict: Verdict, evidence: Evidence) -> None:
    Notice.objects.create(kind=Notice.Kind.RETRACTED, event=evidence.event, is_suggestion=True)
    tell_of_notices()

    assert reopen_what_moved() == 0


def test_what_did_not_decide_it_reopens_nothing(
    verdict: Verdict, other: Evidence, analyst: User
) -> None:
    mark_event(event=other.event, kind="retracted", words="It floats.", by=analyst)
    tell_of_notices()
    undo_evidence(evidence=other, by=analyst)

    assert reopen_what_moved() == 0


def test_where_no_review_names_any_all_that_was_accepted_counts(
    claim: Claim, evidence: Evidence, analyst: User
) -> None:
    verdict = VerdictFactory(checkpoint=claim.checkpoints.get(), at=NOW)
    undo_evidence(evidence=evidence, by=analyst)

    assert reopen_what_moved() == 1
    assert reopenings() == [(verdict.pk, "detached", "“The ports sign” is not linked any more")]


def test_evidence_on_another_side_reopens_and_a_stronger_one_does_not(
    verdict: Verdict, evidence: Evidence, analyst: User
) -> None:
    undo_evidence(evidence=evidence, by=analyst)
    stronger = accept_evidence(evidence=evidence, stance=2, by=analyst)
    assert reopen_what_moved() == 0

    undo_evidence(evidence=stronger, by=analyst)
    accept_evidence(evidence=evidence, stance=-1, by=analyst)

    assert reopen_what_moved() == 1
    assert reopenings() == [
        (verdict.pk, "changed", "“The ports sign” is linked on another side now")
    ]


@pytest.mark.parametrize(
    ("published", "reopened"), [(date(2025, 6, 1), 1), (date(2026, 3, 21), 0), (None, 0)]
)
def test_evidence_linked_since_reopens_where_it_was_published_before_the_day(
    verdict: Verdict, claim: Claim, analyst: User, published: date | None, reopened: int
) -> None:
    moment = published and datetime(published.year, published.month, published.day, 9, tzinfo=UTC)
    report = DocumentFactory(origin="file", text="It joins.", published_at=moment, captured_at=NOW)
    link = EvidenceFactory(claim=claim, event=EventFactory(report=report))
    accept_evidence(evidence=link, stance=-1, by=analyst)

    assert verdict.checkpoint.due_on == date(2026, 3, 21)
    assert reopen_what_moved() == reopened


def test_rejecting_what_was_suggested_reopens_nothing(
    verdict: Verdict, claim: Claim, analyst: User
) -> None:
    reject_evidence(evidence=EvidenceFactory(claim=claim), reason="too_weak", by=analyst)

    assert reopen_what_moved() == 0


def test_only_the_verdicts_that_leaned_on_it_reopen(analyst: User) -> None:
    claim = RegisteredClaimFactory(earlier=[date(2023, 9, 21)])
    early, late = claim.checkpoints.order_by("due_on")
    link = EvidenceFactory(claim=claim, event=EventFactory(occurred_on=date(2024, 1, 12)))
    accept_evidence(evidence=link, stance=1, by=analyst, at=LINKED)
    VerdictFactory(checkpoint=early, at=NOW)
    concerned = VerdictFactory(checkpoint=late, at=NOW)
    undo_evidence(evidence=link, by=analyst)

    assert reopen_what_moved() == 1
    assert Reopening.objects.get().verdict == concerned


@pytest.fixture
def reopened(verdict: Verdict, evidence: Evidence, analyst: User) -> Checkpoint:
    undo_evidence(evidence=evidence, by=analyst)
    reopen_what_moved()
    return verdict.checkpoint


def test_who_judged_it_is_not_asked_again_and_others_are(
    reopened: Checkpoint, reviewer: User, second_reviewer: User
) -> None:
    third = UserFactory(roles=[Role.REVIEWER])

    assert [open_seats(one).count() for one in (reviewer, second_reviewer, third)] == [0, 0, 2]


def test_a_new_verdict_supersedes_and_the_old_one_stays(
    reopened: Checkpoint, verdict: Verdict
) -> None:
    third, fourth = UserFactory.create_batch(2, roles=[Role.REVIEWER])
    judge(third, outcome="failed")
    [between] = checkpoint_states(reopened.claim)
    judge(fourth, outcome="failed")
    [after] = checkpoint_states(reopened.claim)

    assert (between.verdict, len(between.reviews), between.earlier) == (verdict, 2, [])
    assert between.reopening is not None
    new = Verdict.objects.standing().get()
    assert (new.outcome, new.supersedes) == ("failed", verdict)
    assert (after.verdict, after.earlier, after.reopening) == (new, [verdict], None)
    assert [one.outcome for one in after.reviews] == ["failed", "failed"]


def test_a_disagreement_in_the_second_round_is_settled_by_a_lead(reopened: Checkpoint) -> None:
    third, fourth = UserFactory.create_batch(2, roles=[Role.REVIEWER])
    judge(third, outcome="failed")
    judge(fourth, outcome="held")

    seat = Assignment.objects.for_adjudication().get()
    assert (seat.seat, seat.round, seat.state) == (1, 2, Assignment.State.OPEN)
    assert Verdict.objects.count() == 1


def test_who_judges_again_decides_on_no_evidence_meanwhile(
    reopened: Checkpoint, claim: Claim
) -> None:
    third = UserFactory(roles=[Role.REVIEWER, Role.ANALYST])
    lease_next(by=third)

    with pytest.raises(ClaimProblem):
        accept_evidence(evidence=EvidenceFactory(claim=claim), stance=1, by=third)


def test_where_too_few_are_left_a_lead_lets_the_same_people_judge_again(
    reopened: Checkpoint, verdict: Verdict, lead: User, reviewer: User, second_reviewer: User
) -> None:
    let_judge_again(checkpoint=reopened, by=lead)
    judge(reviewer, outcome="failed")
    judge(second_reviewer, outcome="failed")

    new = Verdict.objects.standing().get()
    assert (new.outcome, new.supersedes) == ("failed", verdict)
    assert lease_next(by=reviewer) is None


def test_the_same_people_do_not_judge_again_where_enough_others_are_left(
    reopened: Checkpoint, lead: User
) -> None:
    UserFactory.create_batch(2, roles=[Role.REVIEWER])

    with pytest.raises(ReviewProblem, match="Enough people are left"):
        let_judge_again(checkpoint=reopened, by=lead)


def test_what_is_not_judged_again_goes_to_nobody_twice(verdict: Verdict, lead: User) -> None:
    with pytest.raises(ReviewProblem, match="Only what is judged again"):
        let_judge_again(checkpoint=verdict.checkpoint, by=lead)


def test_why_it_is_judged_again_is_never_changed(reopened: Checkpoint) -> None:
    with pytest.raises(IntegrityError, match="is never changed"), transaction.atomic():
        Reopening.objects.update(reason="Else.")


def test_three_verdicts_cost_no_more_reads_than_one(analyst: User) -> None:
    def reads() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert reopen_what_moved() == 0
        return len(queries)

    def judged() -> None:
        claim = RegisteredClaimFactory()
        VerdictFactory(checkpoint=claim.checkpoints.get(), at=NOW)
        link = EvidenceFactory(claim=claim)
        reject_evidence(evidence=link, reason="too_weak", by=analyst)

    judged()
    one = reads()
    judged()
    judged()

    assert reads() == one
