"""The words of a judgement: grades with their values, and dispositions that void a claim."""

from fractions import Fraction

from django.db import models


class Outcome(models.TextChoices):
    """How a claim stood at a checkpoint. Void never counts as success."""

    HELD = "held", "held"
    MOSTLY_HELD = "mostly_held", "mostly held"
    MIXED = "mixed", "mixed"
    MOSTLY_FAILED = "mostly_failed", "mostly failed"
    FAILED = "failed", "failed"
    NOT_YET = "not_yet", "not yet"
    TOO_VAGUE = "too_vague", "too vague"
    CONDITION_NOT_MET = "condition_not_met", "condition not met"
    UNVERIFIABLE = "unverifiable", "unverifiable"


class Confidence(models.IntegerChoices):
    """How sure a reviewer is of the grade."""

    LOW = 1, "low"
    MODERATE = 2, "moderate"
    HIGH = 3, "high"


GRADE_VALUES: dict[str, Fraction] = {
    Outcome.HELD: Fraction(1),
    Outcome.MOSTLY_HELD: Fraction(3, 4),
    Outcome.MIXED: Fraction(1, 2),
    Outcome.MOSTLY_FAILED: Fraction(1, 4),
    Outcome.FAILED: Fraction(0),
}
# Grades lie a quarter apart.
STEP = Fraction(1, 4)
GRADES = tuple(GRADE_VALUES)
DISPOSITIONS = tuple(outcome.value for outcome in Outcome if outcome not in GRADE_VALUES)
