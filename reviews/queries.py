"""Reads that join models: who may judge what, and everything that hangs on a claim's line."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from claims.models import Checkpoint, Claim
from reviews.models import Assignment, Review, Verdict


def claims_with_part(user: User) -> QuerySet[Claim]:
    """Claims this person registered, made, read the probability of, or linked evidence to."""
    return Claim.objects.filter(
        Q(registered_by=user)
        | Q(claimant__user=user)
        | Q(pk__in=user_imputations(user))
        | Q(pk__in=user_links(user))
    )


def user_imputations(user: User) -> QuerySet:
    """Numbers of claims whose probability this person read."""
    return Claim.objects.filter(imputations__coder=user).values("pk")


def user_links(user: User) -> QuerySet:
    """Numbers of claims for which this person decided on evidence."""
    return Claim.objects.filter(evidence__decided_by=user).values("pk")


def has_part_in(user: User, claim: Claim) -> bool:
    """Whether this person has a conflict of interest over a claim."""
    return claims_with_part(user).filter(pk=claim.pk).exists()


def open_seats(user: User) -> QuerySet[Assignment]:
    """Open seats that this person may take: no part in the claim, no other seat at the checkpoint."""
    sat = Assignment.objects.filter(reviewer=user).values("checkpoint")
    return (
        Assignment.objects.waiting()
        .filter(checkpoint__claim__status=Claim.Status.REGISTERED)
        .exclude(checkpoint__claim__in=claims_with_part(user))
        .exclude(checkpoint__in=sat)
    )


def checkpoints_to_judge(user: User) -> int:
    """How many checkpoints this reviewer holds or may take."""
    may_take = open_seats(user).filter(role=Assignment.Role.REVIEW)
    held = Assignment.objects.for_review().leased_to(user)
    return held.count() + may_take.values("checkpoint").distinct().count()


def disagreements() -> QuerySet[Assignment]:
    """Adjudications that are not settled yet, oldest first, each with its claim."""
    return (
        Assignment.objects.for_adjudication()
        .exclude(state=Assignment.State.DONE)
        .select_related("checkpoint__claim", "reviewer")
        .order_by("opened_at", "pk")
    )


def reviews_by(user: User) -> QuerySet[Review]:
    """What this person found, newest first, each with its claim and checkpoint."""
    return (
        Review.objects.filter(assignment__reviewer=user)
        .select_related("assignment__checkpoint__claim")
        .order_by("-at")
    )


@dataclass(frozen=True, slots=True)
class CheckpointState:
    """A checkpoint with its seats, and with the verdict and reviews that may be shown."""

    checkpoint: Checkpoint
    seats: list[Assignment]
    verdict: Verdict | None
    reviews: list[Review]

    @property
    def done(self) -> int:
        """How many reviews are in."""
        return sum(seat.state == Assignment.State.DONE for seat in self.seats)

    @property
    def disputed(self) -> bool:
        """Whether it waits for a lead."""
        return self.verdict is None and any(
            seat.role == Assignment.Role.ADJUDICATION for seat in self.seats
        )


def checkpoint_states(claim: Claim) -> list[CheckpointState]:
    """The checkpoints of a claim by date. Reviews come only with a verdict: nobody sees grades before."""
    checkpoints = list(claim.checkpoints.order_by("due_on"))
    seats = _by_checkpoint(
        Assignment.objects.filter(checkpoint__in=checkpoints), lambda one: one.checkpoint_id
    )
    verdicts = {
        one.checkpoint_id: one
        for one in Verdict.objects.standing()
        .filter(checkpoint__in=checkpoints)
        .select_related("by")
    }
    reviews = _by_checkpoint(
        Review.objects.filter(assignment__checkpoint__in=verdicts).select_related(
            "assignment__reviewer"
        ),
        lambda one: one.assignment.checkpoint_id,
    )
    return [
        CheckpointState(
            checkpoint,
            seats.get(checkpoint.pk, []),
            verdicts.get(checkpoint.pk),
            reviews.get(checkpoint.pk, []),
        )
        for checkpoint in checkpoints
    ]


def _by_checkpoint[Row](rows: Iterable[Row], key: Callable[[Row], int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
