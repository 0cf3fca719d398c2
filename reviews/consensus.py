"""What reviewers say together, weighed by how each of them errs, beside the plain mean of a verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, ExpressionWrapper

from reviews.agreement.dawid_skene import consensus
from reviews.agreement.raters import Gradings
from reviews.models import Verdict
from reviews.outcomes import GRADE_VALUES, GRADES, Outcome
from reviews.votes import nothing_waits, votes_before

# The newest verdicts that the estimate is made from: reviewers change.
NEWEST = 2000
VALUES = np.array([float(GRADE_VALUES[grade]) for grade in GRADES])


@dataclass(frozen=True, slots=True)
class Weighed:
    """A verdict by agreement of `votes` reviewers, and what the estimate makes of the same grades.

    `grade` is the most probable one, `value` the mean over all grades by how probable they are, 0 to 1.
    """

    verdict: Verdict
    votes: int
    grade: Outcome
    probability: float
    value: float

    @property
    def apart(self) -> float:
        """How far the estimate lies from the verdict's mean."""
        return abs(self.value - float(self.verdict.value or 0))


def furthest_apart(most: int) -> list[Weighed]:
    """Verdicts by agreement that the estimate sees most differently. One query.

    Claims of which a checkpoint waits are left out: whoever may settle it must not know the earlier verdict.
    """
    found = sorted(_weighed(), key=lambda one: (-one.apart, -one.verdict.pk))
    return found[:most]


def _weighed() -> Iterator[Weighed]:
    verdicts = _graded()
    if not verdicts:
        return
    truth = consensus(_gradings(verdicts), known=_settled(verdicts)).truth
    for verdict, shares in zip(verdicts, truth, strict=True):
        by_agreement = verdict.basis == Verdict.Basis.AGREEMENT
        if by_agreement and verdict.is_shown:  # type: ignore[attr-defined]
            best = int(shares.argmax())
            yield Weighed(
                verdict=verdict,
                votes=len(verdict.grades),  # type: ignore[attr-defined]
                grade=Outcome(GRADES[best]),
                probability=float(shares[best]),
                value=float(shares @ VALUES),
            )


def _graded() -> list[Verdict]:
    """The newest verdicts with a grade, with `raters` and their `grades`, and whether they may be shown."""
    votes = votes_before(outcome__in=GRADES)
    verdicts = (
        Verdict.objects.filter(supersedes=None, superseded_by=None, outcome__in=GRADES)
        .select_related("checkpoint")
        .annotate(
            raters=ArraySubquery(votes.values("assignment__reviewer")),
            grades=ArraySubquery(votes.values("outcome")),
            is_shown=ExpressionWrapper(
                nothing_waits("checkpoint__claim"), output_field=BooleanField()
            ),
        )
        .order_by("-at", "-pk")[:NEWEST]
    )
    return [one for one in verdicts if one.grades]


def _gradings(verdicts: Sequence[Verdict]) -> Gradings:
    """Numbers of verdict, reviewer and grade, one entry per grade that was given."""
    rows = [
        (unit, rater, GRADES.index(grade))
        for unit, one in enumerate(verdicts)
        for rater, grade in zip(one.raters, one.grades, strict=True)  # type: ignore[attr-defined]
    ]
    units, people, grades = np.array(rows).T
    return Gradings(units, np.unique(people, return_inverse=True)[1], grades, scale=len(GRADES))


def _settled(verdicts: Sequence[Verdict]) -> dict[int, int]:
    """What leads decided counts as the truth."""
    return {
        unit: GRADES.index(one.outcome)
        for unit, one in enumerate(verdicts)
        if one.basis == Verdict.Basis.ADJUDICATION
    }
