"""Who may judge which checkpoint: every rule by its name, in one place.

A rule is a query over a pair of a checkpoint and a person, which finds rows where the rule keeps them
apart. Either half may be a number or a reference to an outer query, so the same rule narrows the queue
of one person, says why one person is not asked, and finds the people who could be. The trigger on seats
(reviews/migrations/0006) holds those in PARTS again, whoever writes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, QuerySet, TextChoices
from django.db.models.functions import Coalesce

from accounts.models import AuditEntry
from claims.models import Claim, EvidenceDecision, Imputation
from reviews.models import Appeal, Assignment, DeclaredConflict, SetAside

# What somebody does to a claim before it is registered makes them its co-author.
AUTHORING = (
    "made",
    "edited",
    "imported",
    "set checkpoints of",
    "commented on",
    "handed over",
    "set words of",
)


class Bar(TextChoices):
    """What keeps a person from a checkpoint, the most frequent first: it is looked up in this order."""

    SITS = "sits", "judges this checkpoint already, or has judged it"
    SET_ASIDE = "set_aside", "skipped or postponed it"
    HANDED_BACK = "handed_back", "handed it back for good"
    APPEALED = "appealed", "appealed a verdict there"
    REGISTERED = "registered", "registered the claim"
    WORDED = "worded", "worded the claim, brought it in, talked it over or set its words"
    READ = "read", "read how probable its author made it"
    DECIDED = "decided", "decided on its evidence, or how telling that is"
    CLAIMANT = "claimant", "is its claimant"
    DECLARED = "declared", "declared a conflict with its claimant, publisher or a topic"


# A part in the claim itself: for good, and at every checkpoint of it.
PARTS = (Bar.REGISTERED, Bar.WORDED, Bar.READ, Bar.DECIDED, Bar.CLAIMANT, Bar.DECLARED)
# What is only put off comes back, so the claim stays hidden meanwhile.
LASTING = tuple(bar for bar in Bar if bar != Bar.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class Pair:
    """A checkpoint with its claim, and a person: numbers, or references to an outer query; no checkpoint
    and no claim stand for any."""

    checkpoint: Any
    claim: Any
    user: Any
    at: datetime

    @property
    def within(self) -> "Pair":
        """The same pair for a query within the rule's own."""
        return Pair(_within(self.checkpoint), _within(self.claim), _within(self.user), self.at)


def _within(half: Any) -> Any:
    return OuterRef(half) if isinstance(half, OuterRef) else half


def _given(**halves: Any) -> dict[str, Any]:
    return {name: half for name, half in halves.items() if half is not None}


def sits(pair: Pair) -> QuerySet[Any]:
    """A seat of theirs at the checkpoint, whatever became of it; of an earlier round only while no
    seat waits that a lead opened to the same people."""
    again = Assignment.objects.waiting().filter(
        checkpoint=OuterRef("checkpoint"), round__gt=OuterRef("round"), again=True
    )
    seats = Assignment.objects.filter(**_given(checkpoint=pair.checkpoint), reviewer=pair.user)
    return seats.filter(~Exists(again))


def set_aside(pair: Pair) -> QuerySet[Any]:
    """They skipped or postponed it, and that lasts."""
    mine = SetAside.objects.filter(**_given(checkpoint=pair.checkpoint), by=pair.user)
    return mine.lasting(at=pair.at)


def handed_back(pair: Pair) -> QuerySet[Any]:
    """They gave it back: since then they may have seen who said it."""
    mine = SetAside.objects.filter(**_given(checkpoint=pair.checkpoint), by=pair.user)
    return mine.handed_back()


def appealed(pair: Pair) -> QuerySet[Any]:
    """They said what is wrong with a verdict of the checkpoint."""
    return Appeal.objects.filter(**_given(verdict__checkpoint=pair.checkpoint), by=pair.user)


def registered(pair: Pair) -> QuerySet[Any]:
    """They registered the claim."""
    return Claim.objects.filter(**_given(pk=pair.claim), registered_by=pair.user)


def worded(pair: Pair) -> QuerySet[Any]:
    """They did one of AUTHORING to the claim."""
    return AuditEntry.objects.filter(
        object_type=Claim._meta.label_lower,
        **_given(object_id=pair.claim),
        by=pair.user,
        verb__in=AUTHORING,
    )


def read_probability(pair: Pair) -> QuerySet[Any]:
    """They gave the claim a probability."""
    return Imputation.objects.filter(**_given(claim=pair.claim), coder=pair.user)


def decided(pair: Pair) -> QuerySet[Any]:
    """They linked or rejected evidence of it or said how telling it is, even for a moment."""
    return EvidenceDecision.objects.filter(**_given(evidence__claim=pair.claim), by=pair.user)


def is_claimant(pair: Pair) -> QuerySet[Any]:
    """They said it."""
    return Claim.objects.filter(**_given(pk=pair.claim), claimant__user=pair.user)


def declared(pair: Pair) -> QuerySet[Any]:
    """A standing conflict of theirs with the claim's claimant, its publisher under any name, or a topic."""
    topic = Func(
        OuterRef("topic"), template="ARRAY[%(expressions)s]", output_field=ArrayField(CharField())
    )
    publisher = "quote__document__publisher"
    concerned = (
        Claim.objects.filter(pk=pair.within.claim)
        .annotate(from_publisher=Coalesce(f"{publisher}__merged_into", publisher))
        .filter(
            Q(claimant=OuterRef("claimant"))
            | Q(from_publisher=OuterRef("with_publisher"))
            | Q(topics__contains=topic)
        )
    )
    return (
        DeclaredConflict.objects.standing()
        .filter(user=pair.user)
        .annotate(with_publisher=Coalesce("publisher__merged_into", F("publisher")))
        .filter(Exists(concerned))
    )


RULES: dict[Bar, Callable[[Pair], QuerySet[Any]]] = {
    Bar.SITS: sits,
    Bar.SET_ASIDE: set_aside,
    Bar.HANDED_BACK: handed_back,
    Bar.APPEALED: appealed,
    Bar.REGISTERED: registered,
    Bar.WORDED: worded,
    Bar.READ: read_probability,
    Bar.DECIDED: decided,
    Bar.CLAIMANT: is_claimant,
    Bar.DECLARED: declared,
}


# What the rows of a rule name: checkpoints, or claims. A declared conflict names neither.
_AT_CHECKPOINTS = {
    Bar.SITS: "checkpoint",
    Bar.SET_ASIDE: "checkpoint",
    Bar.HANDED_BACK: "checkpoint",
    Bar.APPEALED: "verdict__checkpoint",
}
_AT_CLAIMS = {
    Bar.REGISTERED: "pk",
    Bar.WORDED: "object_id",
    Bar.READ: "claim",
    Bar.DECIDED: "evidence__claim",
    Bar.CLAIMANT: "pk",
}


def none_of(bars: Iterable[Bar], pair: Pair) -> Q:
    """A condition for `filter`: not one of these rules keeps the pair apart.

    As one denied "or": so PostgreSQL looks each rule up row by row and stops at the first that holds.
    Apart, it would join the rules' tables, which takes it longer to plan than to find the next seat.
    """
    return ~reduce(or_, (Q(Exists(RULES[bar](pair))) for bar in bars))


def none_for(user: int, bars: Iterable[Bar], *, at: datetime) -> Q:
    """The condition of `none_of` on seats, for one person, where all open seats are looked at: what each
    rule keeps the person from is read once, not looked up for each seat, which takes many times as long.
    """
    anywhere = Pair(None, None, user, at)
    here = Pair(OuterRef("checkpoint"), OuterRef("checkpoint__claim"), user, at)
    kept = Q()
    for bar in bars:
        rows = RULES[bar](anywhere if bar != Bar.DECLARED else here).order_by()
        if bar in _AT_CHECKPOINTS:
            kept |= Q(checkpoint__in=rows.values(_AT_CHECKPOINTS[bar]))
        elif bar in _AT_CLAIMS:
            kept |= Q(checkpoint__claim__in=rows.values(_AT_CLAIMS[bar]))
        else:
            # Few people declared any: then no claim is looked at.
            any_declared = DeclaredConflict.objects.standing().filter(user=user)
            kept |= Q(Exists(any_declared)) & Q(Exists(rows))
    return ~kept


def bars_between(pair: Pair, bars: Iterable[Bar] = Bar) -> list[Bar]:
    """Which of these rules keep a checkpoint and a person, both given by number, apart."""
    return [bar for bar in bars if RULES[bar](pair).exists()]
