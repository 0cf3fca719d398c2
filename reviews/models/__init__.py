"""The models of the reviews room, one file per noun."""

from reviews.models.assignments import Assignment
from reviews.models.reviews import Review
from reviews.models.verdicts import Verdict

__all__ = ["Assignment", "Review", "Verdict"]
