"""The models of the reviews room, one file per noun."""

from reviews.models.appeals import Appeal, AppealDecision
from reviews.models.assignments import Assignment
from reviews.models.conflicts import DeclaredConflict
from reviews.models.drafts import Draft
from reviews.models.policies import Policy
from reviews.models.reopenings import Reopening
from reviews.models.reviews import Review
from reviews.models.set_asides import SetAside
from reviews.models.verdicts import Verdict

__all__ = [
    "Appeal",
    "AppealDecision",
    "Assignment",
    "DeclaredConflict",
    "Draft",
    "Policy",
    "Reopening",
    "Review",
    "SetAside",
    "Verdict",
]
