"""Reads that join models: who may judge what, and everything that hangs on a claim's line."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import AuditEntry, User
from accounts.permissions import Permission
from claims.models import Checkpoint, Claim, EvidenceDecision, Imputation
from reviews.models import Assignment, Review, Verdict

NEEDED = {
    Assignment.Role.REVIEW: Permission.REVIEW_CLAIMS,
    Assignment.Role.ADJUDICATION: Permission.ADJUDICATE,
}
HANDED_BACK = "handed back"


# What somebody does to a claim before it is registered makes them its co-author. The trigger on seats
# (reviews/migrations/0004) names the same.
AUTHORING = (
    "made",
    "edited",
    "imported",
    "set checkpoints of",
    "commented on",
    "handed over",
    "set words of",
)


def claims_with_part(user: User) -> QuerySet[Claim]:
    """Claims this person made, worded, registered, read the probability of, or decided evidence on."""
    authored = AuditEntry.objects.filter(
        by=user,
        verb__in=AUTHORING,
        object_type=Claim._meta.label_lower,
        object_id=OuterRef("pk"),
    )
    decided = EvidenceDecision.objects.filter(by=user, evidence__claim=OuterRef("pk"))
    read = Imputation.objects.filter(coder=user, claim=OuterRef("pk"))
    return Claim.objects.filter(
        Q(registered_by=user)
        | Q(claimant__user=user)
        | Exists(authored)
        | Exists(decided)
        | Exists(read)
    )


def has_part_in(user: User, claim: Claim) -> bool:
    """Whether this person has a conflict of interest over a claim."""
    return claims_with_part(user).filter(pk=claim.pk).exists()


def open_seats(user: User) -> QuerySet[Assignment]:
    """Open seats that this person may take.

    They have no part in the claim, no other seat at the checkpoint, and did not hand it back: after
    that they may see who said it.
    """
    seats = Assignment.objects.filter(checkpoint=OuterRef("checkpoint"))
    handed_back = AuditEntry.objects.filter(
        by=user,
        verb=HANDED_BACK,
        object_type=Assignment._meta.label_lower,
        object_id=OuterRef("pk"),
    )
    return (
        Assignment.objects.waiting()
        .filter(checkpoint__claim__status=Claim.Status.REGISTERED, role__in=_roles_of(user))
        .exclude(checkpoint__claim__in=claims_with_part(user))
        .exclude(Exists(seats.filter(reviewer=user)))
        .exclude(Exists(seats.filter(Exists(handed_back))))
    )


def _roles_of(user: User) -> list[str]:
    return [role for role, permission in NEEDED.items() if user.can(permission)]


def claims_to_judge(user: User) -> QuerySet[Claim]:
    """Claims that this person holds or may take, and so must judge without knowing who said them."""
    if not _roles_of(user):
        return Claim.objects.none()
    held = Assignment.objects.leased_to(user).values("checkpoint__claim")
    may_take = open_seats(user).values("checkpoint__claim")
    return Claim.objects.filter(Q(pk__in=held) | Q(pk__in=may_take))


def claims_to_hide(user: User) -> QuerySet[Claim]:
    """What would tell this person who said a claim that they must judge without knowing: the claim,
    and those that are the same.
    """
    to_judge = claims_to_judge(user)
    return Claim.objects.filter(Q(pk__in=to_judge) | Q(duplicate_of__in=to_judge))


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
        .filter(checkpoint__claim__status=Claim.Status.REGISTERED)
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
