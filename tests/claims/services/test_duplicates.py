"""Claims that are the same as one registered before."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import AuditEntry, User
from claims.models import Amendment, Claim
from claims.services import (
    edit_claim,
    keep_claim,
    mark_duplicate,
    withdraw_claim,
)
from claims.validators import ClaimProblem
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory
from tests.factories.sources import ClaimantFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 5, 1, 9, tzinfo=UTC)


def in_words(problem: pytest.ExceptionInfo[ClaimProblem]) -> str:
    return str(problem.value)


def audit(claim: Claim) -> list[tuple[str, str]]:
    """What the audit says of a claim: verb and who."""
    entries = AuditEntry.objects.filter(object_type="claims.claim", object_id=claim.pk)
    return list(entries.order_by("pk").values_list("verb", "by__username"))


def later_draft(earlier: Claim, **fields: object) -> Claim:
    """A draft of the same claimant, said after the earlier claim."""
    given = {
        "claimant": earlier.claimant,
        "said_on": date(2023, 9, 1),
        "opens_on": date(2023, 9, 1),
    }
    return ClaimFactory(**given | fields)


def test_duplicate_draft_is_dropped_and_points_to_the_first(analyst: User) -> None:
    first = RegisteredClaimFactory()
    draft = later_draft(first)

    marked = mark_duplicate(claim=draft, first=first, by=analyst)

    assert (marked.status, marked.duplicate_of) == (Claim.Status.DROPPED, first)
    assert audit(draft) == [("dropped as a duplicate", "ada")]


def test_proposal_without_a_claimant_may_be_a_duplicate(analyst: User) -> None:
    first = RegisteredClaimFactory()
    proposal = ClaimFactory(status=Claim.Status.PROPOSED, claimant=None)

    assert mark_duplicate(claim=proposal, first=first, by=analyst).duplicate_of == first


@pytest.mark.parametrize("again", [keep_claim, edit_claim])
def test_duplicate_that_is_taken_back_points_nowhere(again: object, analyst: User) -> None:
    first = RegisteredClaimFactory()
    draft = mark_duplicate(claim=later_draft(first), first=first, by=analyst)

    kept = again(claim=draft, by=analyst)  # type: ignore[operator]

    assert (kept.status, kept.duplicate_of) == (Claim.Status.DRAFT, None)


def test_registered_duplicate_ends(analyst: User) -> None:
    first = RegisteredClaimFactory()
    second = RegisteredClaimFactory(claimant=first.claimant)

    marked = mark_duplicate(claim=second, first=first, by=analyst, at=NOW)

    assert (marked.status, marked.ended_at) == (Claim.Status.DUPLICATE, NOW)
    assert Amendment.objects.get(claim=second).text == (
        f"The same as claim {first.pk}, which was registered before."
    )
    assert audit(second) == [("ended as a duplicate", "ada")]


def test_marking_twice_changes_nothing(analyst: User) -> None:
    first = RegisteredClaimFactory()
    second = RegisteredClaimFactory(claimant=first.claimant)
    mark_duplicate(claim=second, first=first, by=analyst, at=NOW)

    assert mark_duplicate(claim=second, first=first, by=analyst).ended_at == NOW
    assert len(audit(second)) == 1


def test_duplicate_of_a_duplicate_points_to_the_first(analyst: User) -> None:
    first = RegisteredClaimFactory()
    second = RegisteredClaimFactory(claimant=first.claimant)
    second = mark_duplicate(claim=second, first=first, by=analyst, at=NOW)

    third = mark_duplicate(claim=later_draft(first), first=second, by=analyst)

    assert third.duplicate_of == first


def test_what_others_point_to_is_no_duplicate(analyst: User) -> None:
    one = ClaimantFactory()
    oldest, first, second = (RegisteredClaimFactory(claimant=one) for _ in range(3))
    mark_duplicate(claim=second, first=first, by=analyst, at=NOW)

    with pytest.raises(ClaimProblem, match=r"^Other claims point to this one as the first"):
        mark_duplicate(claim=first, first=oldest, by=analyst, at=NOW)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("itself", "A claim is no duplicate of itself."),
        ("draft", "is not registered, so nothing can point to it yet."),
        ("later", "was registered after this one: it is the duplicate."),
        ("other", "What somebody else said is another claim."),
        ("due", "This claim has fallen due, so it is judged."),
        ("withdrawn", "is withdrawn, so nothing is judged in its place."),
    ],
)
def test_duplicate_is_refused_in_words(case: str, words: str, analyst: User) -> None:
    claim = RegisteredClaimFactory()
    first = {
        "itself": lambda: claim,
        "draft": lambda: ClaimFactory(claimant=claim.claimant),
        "later": lambda: RegisteredClaimFactory(claimant=claim.claimant),
        "withdrawn": lambda: RegisteredClaimFactory(
            claimant=claim.claimant,
            registered_at=datetime(2023, 1, 1, tzinfo=UTC),
        ),
        "other": lambda: RegisteredClaimFactory(registered_at=datetime(2023, 1, 1, tzinfo=UTC)),
        "due": lambda: RegisteredClaimFactory(
            claimant=claim.claimant, registered_at=datetime(2023, 1, 1, tzinfo=UTC)
        ),
    }[case]()
    if case == "withdrawn":
        withdraw_claim(claim=first, by=analyst, reason="Taken back.", at=NOW)
    at = datetime(2026, 3, 21, tzinfo=UTC) if case == "due" else NOW

    with pytest.raises(ClaimProblem) as problem:
        mark_duplicate(claim=claim, first=first, by=analyst, at=at)

    assert words in in_words(problem)
    claim.refresh_from_db()
    assert claim.status == Claim.Status.REGISTERED
