"""What stands in the way of a review, in words."""

from datetime import date, timedelta

from reviews.models.policies import MOST_REVIEWERS, MOST_STEPS
from reviews.outcomes import Confidence, Outcome

# A postponed checkpoint is for this person's patience, not for the archive.
POSTPONED_AT_MOST = timedelta(days=180)
LONGEST_REASON = 5000


class ReviewProblem(ValueError):
    """Something a reviewer or lead has to know; its words say what."""


class LeaseLost(ReviewProblem):
    """The lease was handed back, or belongs to somebody else by now."""


class AlreadyJudged(ReviewProblem):
    """This person's review of the checkpoint is stored."""


class Conflict(ReviewProblem):
    """The reviewer has a part in the claim."""


class NewerDraft(ReviewProblem):
    """Another tab saved a draft that this one has not seen."""


def check_skip_reason(reason: str) -> str:
    """The reason without blanks around it. Raises ReviewProblem where there is none."""
    return check_words(reason, "Say why you skip it.")


def check_words(text: str, without: str) -> str:
    """A text without blanks around it. Raises ReviewProblem with `without` where there is none."""
    words = text.strip()
    if not words:
        raise ReviewProblem(without)
    if len(words) > LONGEST_REASON:
        raise ReviewProblem(f"That is longer than {LONGEST_REASON:,} characters.")
    return words


def check_postponed_to(until: date, *, today: date) -> None:
    """Raises ReviewProblem for a day that is not to come, or lies too far ahead."""
    if until <= today:
        raise ReviewProblem("Postpone it to a day that is to come.")
    if until > today + POSTPONED_AT_MOST:
        raise ReviewProblem(f"Postpone it by {POSTPONED_AT_MOST.days} days at most.")


def check_review(outcome: str, confidence: int | None, reason: str) -> int:
    """The confidence. Raises ReviewProblem for a review that is not whole."""
    if outcome not in Outcome.values:
        raise ReviewProblem("Choose a grade, or say why none can be given.")
    if confidence is None or confidence not in Confidence.values:
        raise ReviewProblem("Say how sure you are: low, moderate or high.")
    if not reason.strip():
        raise ReviewProblem("Give your reasons: they stand beside the verdict.")
    if len(reason.strip()) > LONGEST_REASON:
        raise ReviewProblem(f"The reasons are longer than {LONGEST_REASON:,} characters.")
    return confidence


def check_policy(reviewers: int, steps: int) -> None:
    """Raises ReviewProblem for a policy that no desk could follow."""
    if not 1 <= reviewers <= MOST_REVIEWERS:
        raise ReviewProblem(f"One to {MOST_REVIEWERS} reviewers judge a checkpoint.")
    if not 1 <= steps <= MOST_STEPS:
        raise ReviewProblem(f"Grades differ by one to {MOST_STEPS} steps.")
