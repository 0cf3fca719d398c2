"""What makes a claim sound: shared by services, forms and, later, the API."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.permissions import Permission
from claims.models import Claim
from claims.readings import readings_of

LONGEST_BASE_RATE = 500
# Together they are the key of an index; in most scripts no text of that length comes near.
_BASE_RATE_BYTES = 2_600


class ClaimProblem(ValueError):
    """Something about a claim that the person at the desk can put right; its words say what."""


class ClaimLocked(ClaimProblem):
    """The claim is registered: its words, probability, horizon and test stand."""


class NotJudgeable(ClaimProblem):
    """The claim cannot be registered yet. `missing` lists what it still lacks, in words."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"This claim cannot be registered yet. It lacks {'; '.join(missing)}.")
        self.missing = missing


class QuoteNotFound(ClaimProblem):
    """The quoted words do not stand in the document."""


class LexiconProblem(ValueError):
    """Something about a lexicon that the person at the desk can put right; its words say what."""


class AlreadyDecided(ClaimProblem):
    """Somebody else has accepted or rejected this evidence."""


# What a person reads on the checklist, in the order of the form, and when it is there.
def checklist(claim: Claim) -> list[tuple[str, bool]]:
    """Everything registration asks of this claim, each with whether it is there."""
    asked = [
        ("a claimant", claim.claimant_id is not None),
        ("a statement", bool(claim.statement.strip())),
        ("the quoted words", claim.quote_id is not None),
    ]
    return asked + _scored_checklist(claim) if claim.is_scored else asked


def _scored_checklist(claim: Claim) -> list[tuple[str, bool]]:
    """What a claim needs beyond that to be scored as a forecast."""
    asked = [
        (
            "a probability range (from the hedge, declared, or read)",
            None not in {claim.probability_low, claim.probability_high},
        ),
        ("a base rate with its source", claim.base_rate_id is not None),
        (
            "a horizon (opens, earliest, due, latest)",
            None not in {claim.opens_on, claim.due_earliest, claim.due_on, claim.due_latest},
        ),
        ("what would count as held", bool(claim.held_if.strip())),
        ("what would count as failed", bool(claim.failed_if.strip())),
    ]
    if claim.kind == Claim.Kind.CONDITIONAL:
        asked.append(("the condition it depends on", bool(claim.condition.strip())))
    if claim.kind == Claim.Kind.QUANTITY:
        asked.append(("a metric and a threshold", bool(claim.metric and claim.threshold)))
    return asked


def missing_for_registration(claim: Claim) -> list[str]:
    """What the checklist still lacks, in words; empty for a claim that can be registered."""
    return [words for words, there in checklist(claim) if not there]


def check_open(claim: Claim) -> None:
    """Raises ClaimLocked for a registered claim."""
    if claim.is_registered:
        raise ClaimLocked(
            "This claim is registered, so its words, probability, horizon and test no longer "
            "change. Write an amendment beside it instead."
        )


def check_probability(low: Decimal | None, high: Decimal | None) -> None:
    """Raises ClaimProblem unless both are given or neither, within 0 to 1, low first."""
    if low is None and high is None:
        return
    if low is None or high is None:
        raise ClaimProblem("Give both ends of the probability range, or neither.")
    if not (0 <= low <= 1 and 0 <= high <= 1):
        raise ClaimProblem("A probability lies between 0 and 1.")
    if low > high:
        raise ClaimProblem("The probability range is upside down: its low end is above its high.")


def check_base_rate(reference_class: str, source: str) -> None:
    """Raises ClaimProblem for a class and a source that are longer than the database can keep apart."""
    for name, text in (("reference class", reference_class), ("source of a base rate", source)):
        if len(text) > LONGEST_BASE_RATE:
            raise ClaimProblem(f"The {name} is longer than {LONGEST_BASE_RATE} characters.")
    if len(f"{reference_class}{source}".encode()) > _BASE_RATE_BYTES:
        raise ClaimProblem("The reference class and its source are too long together. Shorten one.")


def check_imputed(claim: Claim) -> None:
    """Raises ClaimProblem for a range said to be read by coders that does not come of readings."""
    if claim.probability_source != Claim.ProbabilitySource.IMPUTED:
        return
    read = readings_of(claim).range
    if read is None:
        raise ClaimProblem("Nobody has read this claim, so its range can not be one that was read.")
    if (claim.probability_low, claim.probability_high) not in {(None, None), read}:
        low, high = (f"{float(one) * 100:g}" for one in read)
        raise ClaimProblem(
            f"This claim was read as {low} to {high}%. To give another range, say that the author "
            "declared it."
        )


def check_horizon(claim: Claim) -> None:
    """Raises ClaimProblem for dates that are out of order, half given, or before it was said."""
    dates = [claim.opens_on, claim.due_earliest, claim.due_on, claim.due_latest]
    given = [day for day in dates if day is not None]
    if claim.due_on is None:
        if given and claim.is_scored:
            raise ClaimProblem("A horizon needs its due date.")
        return
    if claim.due_on <= claim.said_on:
        raise ClaimProblem(
            f"The due date, {claim.due_on}, must come after {claim.said_on}, the day it was said."
        )
    if len(given) < len(dates):
        raise ClaimProblem("Give all four dates of the horizon: opens, earliest, due, latest.")
    if given != sorted(given):
        raise ClaimProblem("The dates must run: opens, earliest, due, latest.")


def check_checkpoints(claim: Claim, days: Iterable[date]) -> None:
    """Raises ClaimProblem for a checkpoint before the claim was said or after its latest date, and
    where the last one, which is final, comes before the claim is due."""
    dates = list(days)
    if dates and claim.due_on and max(dates) < claim.due_on:
        raise ClaimProblem(
            f"The last checkpoint, {max(dates)}, is the final one: it cannot come before the due "
            f"date, {claim.due_on}."
        )
    for day in dates:
        if day <= claim.said_on:
            raise ClaimProblem(f"The checkpoint {day} does not come after it was said.")
        if claim.due_latest and day > claim.due_latest:
            raise ClaimProblem(f"The checkpoint {day} comes after the latest date.")


def check_may_go_on(person: User) -> None:
    """Raises ClaimProblem unless this person may go on with a draft that is handed to them."""
    if not person.can(Permission.WRITE_CLAIMS):
        raise ClaimProblem(f"{person} may not write claims, so nobody can hand them one.")


def topics_in(text: str) -> list[str]:
    """The topics of a line that separates them by commas: in lower case, each once, in order."""
    topics = (" ".join(one.split()).lower() for one in text.split(","))
    return list(dict.fromkeys(topic for topic in topics if topic))


def check_test(claim: Claim) -> None:
    """Raises ClaimProblem where one and the same would count as held and as failed."""
    if claim.held_if.strip() and claim.held_if.strip() == claim.failed_if.strip():
        raise ClaimProblem("What would count as held and as failed cannot be the same.")


def check_claim(claim: Claim) -> None:
    """Raises ClaimProblem, in words, for anything the database would refuse."""
    check_imputed(claim)
    check_fields(claim)


def check_fields(claim: Claim) -> None:
    """`check_claim` without what readers made of the claim: asks the database nothing, but for a
    predecessor that was not fetched with it.
    """
    if not claim.statement.strip():
        raise ClaimProblem("Write the claim as one sentence.")
    check_probability(claim.probability_low, claim.probability_high)
    check_horizon(claim)
    check_test(claim)
    if claim.predecessor:
        check_predecessor(claim=claim, earlier=claim.predecessor)
    try:
        clean_alone(claim)
    except ValidationError as error:
        raise ClaimProblem(" ".join(error.messages)) from error


def clean_alone(claim: Claim, *, but: Iterable[str] = ()) -> None:
    """Raises ValidationError for fields that cannot stand by themselves, `but` for some.

    Without the database, which would be asked once for each key and each constraint: what points
    elsewhere comes as an object, and the checks here say what the constraints say.
    """
    keys = (field.name for field in Claim._meta.concrete_fields if field.is_relation)
    claim.clean_fields(exclude={*keys, "matched_at", *but})


def check_predecessor(*, claim: Claim, earlier: Claim) -> None:
    """Raises ClaimProblem, in words, unless a claim may come after this earlier one."""
    if not earlier.is_registered:
        raise ClaimProblem(f"Claim {earlier.pk} is not registered, so nothing comes after it yet.")
    if earlier.claimant_id != claim.claimant_id:
        raise ClaimProblem(
            f"Claim {earlier.pk} is by another claimant. A claim comes after one by the same claimant."
        )
    if earlier.said_on > claim.said_on:
        raise ClaimProblem(
            f"Claim {earlier.pk} was said on {earlier.said_on}, after this one, so this one cannot "
            "come after it."
        )
    stands = earlier.status == Claim.Status.REGISTERED
    if claim.relation == Claim.Relation.REPLACES and not stands:
        raise ClaimProblem(
            f"Claim {earlier.pk} is {earlier.get_status_display().lower()}, so it cannot be replaced. "
            "Say that this one repeats it."
        )


def is_due(claim: Claim, day: date) -> bool:
    """Whether a claim has fallen due by a day; an assessment never does."""
    return claim.due_on is not None and claim.due_on <= day
