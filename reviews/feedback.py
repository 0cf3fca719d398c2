"""How a reviewer's own grades compare with the others' and with the verdict, for that reviewer alone."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from math import comb

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from accounts.models import User
from reviews.figures import ENOUGH, Figure, figure
from reviews.models import Assignment, Review, Verdict
from reviews.outcomes import GRADES, Confidence
from reviews.votes import Tally, nothing_waits, pattern_of

# What chance does more seldom is called a habit.
SELDOM = 0.05


@dataclass(frozen=True, slots=True)
class Alike:
    """Checkpoints that look the same: what this reviewer found and how sure they were, the verdict, the others'."""

    outcome: str
    confidence: int
    verdict: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sureness:
    """Of the reviews with one confidence, how many gave what became the verdict."""

    confidence: str
    n: int
    same: int


@dataclass(frozen=True)
class Feedback:
    """Everything that is said to one reviewer, out of how often each kind of checkpoint occurs."""

    counted: Counter[Alike]

    @property
    def n(self) -> int:
        """How many of their reviews have a verdict, graded or not."""
        return self.counted.total()

    @cached_property
    def steps(self) -> Counter[int]:
        """By how many steps their grades lay above the verdict's (below: less than 0), where both are grades."""
        found: Counter[int] = Counter()
        for one, times in self.counted.items():
            if one.outcome in GRADES and one.verdict in GRADES:
                found[_above(one.outcome, one.verdict)] += times
        return found

    @property
    def graded(self) -> int:
        """At how many checkpoints both they and the verdict gave a grade."""
        return self.steps.total()

    @property
    def above(self) -> int:
        """How often their grade was higher than the verdict's."""
        return sum(times for step, times in self.steps.items() if step > 0)

    @property
    def below(self) -> int:
        """How often it was lower."""
        return sum(times for step, times in self.steps.items() if step < 0)

    @property
    def leaning(self) -> str:
        """Whether being above or below looks like a habit, in words."""
        apart = self.above + self.below
        if apart < ENOUGH:
            return "Too few differ from the verdict to tell whether that is a habit."
        if _one_sided(self.above, self.below) >= SELDOM:
            return "That is no more to one side than chance brings."
        side = "higher" if self.above > self.below else "lower"
        return f"That is more to one side than chance brings: you tend to grade {side}."

    @cached_property
    def apart(self) -> tuple[int, int, int]:
        """How many grades of others at the same checkpoints were the same, one step away, further away."""
        found: Counter[int] = Counter()
        for one, times in self._graded.items():
            for other in one.others:
                found[min(abs(_above(one.outcome, other)), 2)] += times
        return found[0], found[1], found[2]

    @cached_property
    def agreement(self) -> Figure:
        """The agreement at the checkpoints that they and others graded."""
        tally: Tally = Counter()
        for one, times in self._graded.items():
            tally[pattern_of((one.outcome, *one.others))] += times
        return figure("You and the others", tally)

    @property
    def sureness(self) -> list[Sureness]:
        """How often they were with the verdict, by how sure they were, the surest first."""
        n: Counter[int] = Counter()
        same: Counter[int] = Counter()
        for one, times in self.counted.items():
            n[one.confidence] += times
            same[one.confidence] += times * (one.outcome == one.verdict)
        return [Sureness(one.label, n[one], same[one]) for one in reversed(Confidence)]

    @property
    def _graded(self) -> dict[Alike, int]:
        return {
            one: times
            for one, times in self.counted.items()
            if one.outcome in GRADES and one.others
        }


def feedback_for(user: User) -> Feedback:
    """Their reviews that came before the first verdict of a checkpoint, with that verdict. One query.

    A claim of which any checkpoint waits is left out: an earlier verdict must not tell them what to find.
    """
    reviews = Review.objects.filter(
        Exists(_verdict_after()),
        nothing_waits("assignment__checkpoint__claim"),
        assignment__reviewer=user,
        assignment__role=Assignment.Role.REVIEW,
    )
    rows = (
        reviews.order_by()
        .annotate(
            verdict=Subquery(_verdict_after().values("outcome")),
            others=ArraySubquery(_of_others(user).values("outcome")),
        )
        .values_list("outcome", "confidence", "verdict", "others")
        .annotate(times=Count("pk"))
    )
    counted: Counter[Alike] = Counter()
    for outcome, confidence, verdict, others, times in rows:
        counted[Alike(outcome, confidence, verdict, tuple(others))] += times
    return Feedback(counted)


def _verdict_after() -> QuerySet[Verdict]:
    """The first verdict of a checkpoint, where the review of the outer query came before it."""
    return Verdict.objects.filter(
        checkpoint=OuterRef("assignment__checkpoint"), supersedes=None, at__gte=OuterRef("at")
    ).order_by()


def _of_others(user: User) -> QuerySet[Review]:
    """The grades of the others at the checkpoint of the outer query."""
    reviews = Review.objects.filter(
        Exists(_verdict_after()),
        assignment__checkpoint=OuterRef("assignment__checkpoint"),
        assignment__role=Assignment.Role.REVIEW,
        outcome__in=GRADES,
    )
    return reviews.exclude(assignment__reviewer=user).order_by("outcome")


def _above(grade: str, other: str) -> int:
    """By how many steps one grade claims more than another."""
    return GRADES.index(other) - GRADES.index(grade)


def _one_sided(above: int, below: int) -> float:
    """How often chance alone parts so many at least as unevenly: the sign test, two-sided."""
    number, fewer = above + below, min(above, below)
    return min(1.0, sum(comb(number, k) for k in range(fewer + 1)) / 2 ** (number - 1))
