"""Grades as they were given before any adjudication, by their distinct patterns.

A checkpoint counts from its first verdict on, with what was stored until then: figures over open checkpoints would
tell a lead what the reviewers said, and what is judged anew after a verdict is no second opinion on the same evidence.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import combinations
from typing import Any

from dateutil.relativedelta import relativedelta
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, DateField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth, TruncQuarter
from django.utils import timezone

from reviews.models import Assignment, Review, Verdict
from reviews.outcomes import GRADES

type Pattern = tuple[int, ...]
# In how many checkpoints each pattern occurs: how many reviewers chose each grade, in the order of GRADES.
Tally = Counter[Pattern]

NO_TOPIC = "no topic"


@dataclass(frozen=True, slots=True)
class Kind:
    """A length of periods: how its first day is found, how many months it has, how many are shown."""

    name: str
    trunc: type[TruncMonth | TruncQuarter]
    months: int
    shown: int

    def starts(self, today: date) -> list[date]:
        """The first days of the periods shown, the last of which is not over."""
        first = today.replace(day=1, month=(today.month - 1) // self.months * self.months + 1)
        return [
            first - relativedelta(months=self.months * ago) for ago in range(self.shown - 1, -1, -1)
        ]


KINDS = {
    "quarter": Kind("quarter", TruncQuarter, 3, 12),
    "month": Kind("month", TruncMonth, 1, 24),
}


def midnight(day: date) -> datetime:
    """When a day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def first_verdicts(*, since: datetime) -> QuerySet[Verdict]:
    """The first verdict of each checkpoint that was judged since a moment."""
    return Verdict.objects.filter(supersedes=None, at__gte=since).order_by()


def votes_before(**fields: Any) -> QuerySet[Review]:
    """The reviews that came before a verdict, which is that of the outer query, by reviewer."""
    return Review.objects.filter(
        assignment__checkpoint=OuterRef("checkpoint"),
        assignment__role=Assignment.Role.REVIEW,
        at__lte=OuterRef("at"),
        **fields,
    ).order_by("assignment__reviewer")


def tallies_by_period(kind: Kind, *, since: datetime) -> dict[date, Tally]:
    """Patterns by the first day of the month or quarter of their verdict. One query."""
    start = kind.trunc("at", output_field=DateField())
    found: dict[date, Tally] = {}
    for day, grades, times in _counted(since, period=start):
        found.setdefault(day, Tally())[pattern_of(grades)] += times
    return found


def tallies_by_topic(*, since: datetime) -> dict[str, Tally]:
    """Patterns by topic; a claim with several counts for each of them. One query."""
    found: dict[str, Tally] = {}
    for topics, grades, times in _counted(since, "checkpoint__claim__topics"):
        for topic in set(topics) or {NO_TOPIC}:
            found.setdefault(topic, Tally())[pattern_of(grades)] += times
    return found


def tallies_by_pair(*, since: datetime) -> dict[tuple[int, int], Tally]:
    """Patterns of the two grades of every pair of reviewers, by their numbers. One query."""
    raters = ArraySubquery(votes_before(outcome__in=GRADES).values("assignment__reviewer"))
    found: dict[tuple[int, int], Tally] = {}
    for people, grades, times in _counted(since, raters=raters):
        for (one, first), (other, second) in combinations(zip(people, grades, strict=True), 2):
            found.setdefault((one, other), Tally())[pattern_of((first, second))] += times
    return found


def nothing_waits(claim: str) -> Q:
    """That no checkpoint of a claim, or of the one it is the same as, still has to be judged by somebody."""
    return ~Exists(_waiting(OuterRef(claim))) & ~Exists(
        _waiting(OuterRef(f"{claim}__duplicate_of"))
    )


def _waiting(claim: OuterRef) -> QuerySet[Assignment]:
    return Assignment.objects.unfinished().of_standing_claims().filter(checkpoint__claim=claim)


def pattern_of(grades: Iterable[str]) -> Pattern:
    """How many of them are each grade."""
    given = Counter(grades)
    return tuple(given[grade] for grade in GRADES)


def judged_twice(tally: Tally) -> int:
    """How many checkpoints two reviewers or more graded."""
    return sum(times for pattern, times in tally.items() if sum(pattern) > 1)


def _counted(since: datetime, *fields: str, **by: Any) -> Iterable[tuple[Any, list[str], int]]:
    """What to count by, the grades of a checkpoint by reviewer, and how many checkpoints are alike in both."""
    grades = ArraySubquery(votes_before(outcome__in=GRADES).values("outcome"))
    verdicts = first_verdicts(since=since).annotate(**by, grades=grades)
    rows = verdicts.values_list(*fields, *by, "grades").annotate(times=Count("pk"))
    return ((key, given, times) for key, given, times in rows.iterator() if given)
