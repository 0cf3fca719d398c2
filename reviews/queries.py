"""Reads that join models: who may judge what, and everything that hangs on a claim's line."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.permissions import Permission
from claims.models import Checkpoint, Claim
from reviews.eligibility import LASTING, PARTS, Bar, Pair, bars_between, none_for, none_of
from reviews.models import Appeal, Assignment, Draft, Policy, Reopening, Review, SetAside, Verdict

NEEDED = {
    Assignment.Role.REVIEW: Permission.REVIEW_CLAIMS,
    Assignment.Role.ADJUDICATION: Permission.ADJUDICATE,
    Assignment.Role.APPEAL: Permission.ADJUDICATE,
}
type Numbers = QuerySet[Assignment, dict[str, Any]]

# Each seat is asked all rules: on every page of a reviewer so many checkpoints are counted, of two seats.
MOST_COUNTED = 100


def has_part_in(user: User, claim: Claim) -> bool:
    """Whether this person has a conflict of interest over a claim."""
    pair = Pair(checkpoint=None, claim=claim.pk, user=user.pk, at=timezone.now())
    return bool(bars_between(pair, PARTS))


def open_seats(
    user: User, *, at: datetime | None = None, bars: Collection[Bar] = tuple(Bar)
) -> QuerySet[Assignment]:
    """Open seats from which none of `bars` keeps this person, in roles that are theirs."""
    pair = Pair(
        OuterRef("checkpoint"), OuterRef("checkpoint__claim"), user.pk, at or timezone.now()
    )
    return _seats_for(user).filter(none_of(bars, pair))


def _seats_for(user: User) -> QuerySet[Assignment]:
    """Open seats in roles that are this person's."""
    return Assignment.objects.waiting().of_standing_claims().filter(role__in=roles_of(user))


def roles_of(user: User) -> list[str]:
    """The roles at a checkpoint that this person may take; nobody who has left takes any."""
    return [
        role
        for role, permission in NEEDED.items()
        if user.can(permission) and (role != Assignment.Role.ADJUDICATION or _settles(user))
    ]


def _settles(user: User) -> bool:
    """Whether the desk's policy has this lead settle disagreements."""
    named = set(Policy.current().named())
    return not named or user.pk in named


def claims_to_judge(user: User) -> QuerySet[Claim]:
    """Claims that this person holds or may be given, also later, and so must judge without knowing who
    said them."""
    if not roles_of(user):
        return Claim.objects.none()
    held, may_take = _numbers_to_judge(user)
    return Claim.objects.filter(pk__in=held.union(may_take, all=True))


def _numbers_to_judge(user: User) -> tuple[Numbers, Numbers]:
    """The numbers of claims that this person holds, and of those that they may be given."""
    held = Assignment.objects.leased_to(user)
    may_take = _seats_for(user).filter(none_for(user.pk, LASTING, at=timezone.now()))
    claim = "checkpoint__claim"
    return held.order_by().values(claim), may_take.order_by().values(claim)


def has_to_judge(user: User, claim: Claim) -> bool:
    """Whether this person holds a checkpoint of one claim or may be given one; `claims_to_judge` for one."""
    here = {"checkpoint__claim": claim}
    return (
        Assignment.objects.leased_to(user).filter(**here).exists()
        or open_seats(user, bars=LASTING).filter(**here).exists()
    )


def claims_to_hide(user: User) -> QuerySet[Claim]:
    """What would tell this person who said a claim that they must judge without knowing: the claim,
    and those that are the same.
    """
    if not roles_of(user):
        return Claim.objects.none()
    numbers = _numbers_to_judge(user)
    # Few claims repeat another one: they are asked, not all claims whether they repeat one of these.
    repeating = Claim.objects.order_by().exclude(duplicate_of=None)
    same = [repeating.filter(duplicate_of__in=those).values("pk") for those in numbers]
    return Claim.objects.filter(pk__in=numbers[0].union(numbers[1], *same, all=True))


def checkpoints_to_judge(user: User) -> int:
    """How many checkpoints this reviewer holds or may take; more than MOST_COUNTED stands for many."""
    may_take = open_seats(user).filter(role=Assignment.Role.REVIEW)
    # In the order of the queue, which an index gives: else all that wait would be sorted first.
    first = may_take.order_by("place", "pk").values_list("checkpoint", flat=True)[
        : 2 * MOST_COUNTED + 1
    ]
    held = Assignment.objects.for_review().leased_to(user)
    found = held.count() + len(set(first))
    return min(found, MOST_COUNTED + 1) if len(first) <= 2 * MOST_COUNTED else MOST_COUNTED + 1


def held_once(user: User, assignment: Assignment) -> bool:
    """Whether this person ever held this seat."""
    return AuditEntry.objects.filter(
        object_type=Assignment._meta.label_lower,
        object_id=assignment.pk,
        by=user,
        verb="leased",
    ).exists()


def drafts_left(user: User) -> QuerySet[Draft]:
    """What this person wrote and does not hold a seat for now, newest first, each with its claim."""
    held = Assignment.objects.leased_to(user).order_by().values("checkpoint")
    drafts = Draft.objects.filter(by=user).exclude(checkpoint__in=held)
    return drafts.select_related("checkpoint__claim").order_by("-saved_at")


def set_aside_by(user: User, *, at: datetime | None = None) -> QuerySet[SetAside]:
    """What this person skipped or postponed and is not asked about yet, the next to come first."""
    asides = SetAside.objects.filter(by=user).lasting(at=at or timezone.now())
    return asides.select_related("checkpoint").order_by("until", "pk")


def verdicts_before(checkpoint: Checkpoint) -> QuerySet[Verdict]:
    """How the earlier checkpoints of the same claim were judged, as it stands, by date."""
    earlier = {
        "checkpoint__claim": checkpoint.claim_id,
        "checkpoint__due_on__lt": checkpoint.due_on,
    }
    verdicts = Verdict.objects.standing().filter(**earlier)
    return verdicts.select_related("checkpoint").order_by("checkpoint__due_on")


def disagreements() -> QuerySet[Assignment]:
    """Adjudications that are not settled yet, oldest first, each with its claim."""
    return (
        Assignment.objects.for_adjudication()
        .unfinished()
        .of_standing_claims()
        .select_related("checkpoint__claim", "reviewer")
        .order_by("opened_at", "pk")
    )


def appeals_waiting() -> QuerySet[Assignment]:
    """Seats of appeals that nobody has decided, oldest first, each with its claim and its appeals."""
    waiting = Assignment.objects.for_appeal().unfinished().of_standing_claims()
    return (
        waiting.select_related("checkpoint__claim", "reviewer")
        .annotate(asked=Count("appeals"))
        .order_by("opened_at", "pk")
    )


def reopened_and_waiting() -> QuerySet[Reopening]:
    """What is judged again and has no new verdict yet, oldest first, each with its claim."""
    waiting = Reopening.objects.filter(
        verdict__superseded_by=None, verdict__checkpoint__claim__status=Claim.Status.REGISTERED
    )
    return waiting.select_related("verdict__checkpoint__claim").order_by("at", "pk")


def appeals_by(user: User, claim: Claim) -> dict[int, Appeal]:
    """What this person appealed of a claim, by the number of the verdict, with what was decided."""
    appeals = Appeal.objects.filter(by=user, verdict__checkpoint__claim=claim)
    return {one.verdict_id: one for one in appeals.select_related("seat__appeal_decision")}


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
    earlier: list[Verdict] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many reviews are in."""
        return sum(seat.state == Assignment.State.DONE for seat in self.seats)

    @property
    def reopening(self) -> Reopening | None:
        """Why it is judged again, while it is."""
        return getattr(self.verdict, "reopening", None)

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
    verdicts = _by_checkpoint(
        Verdict.objects.filter(checkpoint__in=checkpoints)
        .select_related("by", "reopening")
        .order_by("pk"),
        lambda one: one.checkpoint_id,
    )
    # Each round makes one verdict: those of a round that is still judged are left out.
    judged = Review.objects.filter(assignment__checkpoint__in=verdicts)
    reviews = _by_checkpoint(
        (
            one
            for one in judged.select_related("assignment__reviewer")
            if one.assignment.round == len(verdicts[one.assignment.checkpoint_id])
        ),
        lambda one: one.assignment.checkpoint_id,
    )
    return [
        CheckpointState(
            checkpoint,
            seats.get(checkpoint.pk, []),
            verdicts[checkpoint.pk][-1] if checkpoint.pk in verdicts else None,
            reviews.get(checkpoint.pk, []),
            verdicts.get(checkpoint.pk, [])[:-1],
        )
        for checkpoint in checkpoints
    ]


def _by_checkpoint[Row](rows: Iterable[Row], key: Callable[[Row], int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
