"""Amending, withdrawing, superseding and chains; what the database holds of chains and duplicates."""

import re
from datetime import UTC, date, datetime, time

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, User
from claims.models import Amendment, Claim
from claims.services import (
    amend_claim,
    content_hash,
    edit_claim,
    follow_claim,
    mark_duplicate,
    register_claim,
    unfollow_claim,
    withdraw_claim,
)
from claims.validators import ClaimLocked, ClaimProblem
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


def test_amendment_stands_beside_a_registered_claim(analyst: User) -> None:
    claim = RegisteredClaimFactory()

    amendment = amend_claim(claim=claim, text=" Meant the northern port. ", by=analyst, at=NOW)

    assert (amendment.text, amendment.by, amendment.at) == (
        "Meant the northern port.",
        analyst,
        NOW,
    )
    assert audit(claim) == [("amended", "ada")]


@pytest.mark.parametrize(
    ("registered", "text", "words"),
    [
        (True, " ", "Write what the amendment says."),
        (False, "Noted.", "Only a registered claim is amended; a draft is edited."),
    ],
)
def test_amendment_is_refused_in_words(
    registered: bool, text: str, words: str, analyst: User
) -> None:
    claim = RegisteredClaimFactory() if registered else ClaimFactory()

    with pytest.raises(ClaimProblem) as problem:
        amend_claim(claim=claim, text=text, by=analyst)

    assert in_words(problem) == words
    assert not Amendment.objects.exists()


def test_withdrawn_claim_says_when_and_why(analyst: User) -> None:
    claim = RegisteredClaimFactory()

    withdrawn = withdraw_claim(claim=claim, by=analyst, reason=" Taken back in print. ", at=NOW)

    assert (withdrawn.status, withdrawn.ended_at) == (Claim.Status.WITHDRAWN, NOW)
    assert audit(claim) == [("withdrew", "ada")]
    assert AuditEntry.objects.get(verb="withdrew").detail == {"reason": "Taken back in print."}


def test_claim_that_has_fallen_due_is_not_withdrawn(analyst: User) -> None:
    claim = RegisteredClaimFactory()
    due = datetime.combine(claim.due_on, time(), UTC)

    with pytest.raises(ClaimProblem, match="has fallen due, so it is judged"):
        withdraw_claim(claim=claim, by=analyst, reason="Taken back.", at=due)


def test_withdrawing_twice_changes_nothing(analyst: User) -> None:
    claim = RegisteredClaimFactory()
    withdraw_claim(claim=claim, by=analyst, reason="Taken back.", at=NOW)

    again = withdraw_claim(claim=claim, by=analyst, reason="Again.")

    assert again.ended_at == NOW
    assert len(audit(claim)) == 1


def test_withdrawal_is_refused_without_a_reason_and_for_a_draft(analyst: User) -> None:
    with pytest.raises(ClaimProblem, match=r"^Say why the claim is withdrawn\.$"):
        withdraw_claim(claim=RegisteredClaimFactory(), by=analyst, reason=" ")
    with pytest.raises(ClaimProblem, match=r"^Only a registered claim that still stands can be"):
        withdraw_claim(claim=ClaimFactory(), by=analyst, reason="Taken back.")


def later_draft(earlier: Claim, **fields: object) -> Claim:
    """A draft of the same claimant, said after the earlier claim."""
    given = {
        "claimant": earlier.claimant,
        "said_on": date(2023, 9, 1),
        "opens_on": date(2023, 9, 1),
    }
    return ClaimFactory(**given | fields)


def test_draft_comes_after_what_its_claimant_said_before(analyst: User) -> None:
    earlier = RegisteredClaimFactory()
    draft = later_draft(earlier)

    followed = follow_claim(claim=draft, earlier=earlier, relation="repeats", by=analyst)

    assert (followed.predecessor, followed.relation) == (earlier, Claim.Relation.REPEATS)
    entry = AuditEntry.objects.get(verb="edited", object_id=draft.pk)
    assert entry.detail == {"fields": ["predecessor", "relation"]}


def test_draft_leaves_its_chain_again(analyst: User) -> None:
    earlier = RegisteredClaimFactory()
    draft = later_draft(earlier, predecessor=earlier, relation="repeats")

    left = unfollow_claim(claim=draft, by=analyst)

    assert (left.predecessor, left.relation) == (None, "")


def test_claim_does_not_come_after_a_draft(analyst: User) -> None:
    earlier = ClaimFactory()

    with pytest.raises(ClaimProblem) as problem:
        follow_claim(claim=later_draft(earlier), earlier=earlier, relation="repeats", by=analyst)

    assert in_words(problem) == (
        f"Claim {earlier.pk} is not registered, so nothing comes after it yet."
    )


def test_claim_does_not_come_after_somebody_else_s(analyst: User) -> None:
    earlier = RegisteredClaimFactory(claimant=ClaimantFactory(name="Orlov"))
    draft = later_draft(earlier, claimant=ClaimantFactory(name="Petrov"))

    with pytest.raises(ClaimProblem) as problem:
        follow_claim(claim=draft, earlier=earlier, relation="repeats", by=analyst)

    assert in_words(problem) == (
        f"Claim {earlier.pk} is by another claimant. A claim comes after one by the same claimant."
    )


def test_claim_does_not_come_after_one_said_later(analyst: User) -> None:
    earlier = RegisteredClaimFactory(said_on=date(2023, 10, 1))

    with pytest.raises(ClaimProblem, match=r"was said on 2023-10-01, after this one"):
        follow_claim(claim=later_draft(earlier), earlier=earlier, relation="repeats", by=analyst)


def test_relation_nobody_knows_is_refused(analyst: User) -> None:
    earlier = RegisteredClaimFactory()

    with pytest.raises(ClaimProblem, match=r"^Say whether it repeats the earlier claim or"):
        follow_claim(claim=later_draft(earlier), earlier=earlier, relation="denies", by=analyst)


def test_registered_claim_is_not_put_elsewhere(analyst: User) -> None:
    earlier = RegisteredClaimFactory()
    claim = RegisteredClaimFactory(claimant=earlier.claimant)

    with pytest.raises(ClaimLocked):
        follow_claim(claim=claim, earlier=earlier, relation="repeats", by=analyst)


def test_editing_the_claimant_of_a_chained_draft_is_refused(analyst: User) -> None:
    earlier = RegisteredClaimFactory()
    draft = later_draft(earlier, predecessor=earlier, relation="repeats")

    with pytest.raises(ClaimProblem, match="A claim comes after one by the same claimant"):
        edit_claim(claim=draft, by=analyst, claimant=ClaimantFactory())


def test_repeating_lets_the_earlier_claim_stand(analyst: User) -> None:
    earlier = RegisteredClaimFactory()
    draft = later_draft(earlier, predecessor=earlier, relation="repeats")

    register_claim(claim=draft, by=analyst, at=NOW)

    earlier.refresh_from_db()
    assert (earlier.status, earlier.ended_at) == (Claim.Status.REGISTERED, None)


def test_replacing_ends_the_earlier_claim_when_the_later_is_registered(analyst: User) -> None:
    earlier = RegisteredClaimFactory()
    draft = later_draft(earlier, predecessor=earlier, relation="replaces")

    later = register_claim(claim=draft, by=analyst, at=NOW)

    earlier.refresh_from_db()
    assert (earlier.status, earlier.ended_at) == (Claim.Status.SUPERSEDED, NOW)
    assert earlier.ended_at == later.registered_at
    assert [one.text for one in earlier.amendments.all()] == [f"Superseded by claim {draft.pk}."]
    assert audit(earlier) == [("superseded", "ada")]


def test_replacing_twice_changes_nothing(analyst: User) -> None:
    earlier = RegisteredClaimFactory()
    draft = later_draft(earlier, predecessor=earlier, relation="replaces")
    register_claim(claim=draft, by=analyst, at=NOW)

    register_claim(claim=draft, by=analyst)

    earlier.refresh_from_db()
    assert earlier.ended_at == NOW
    assert audit(earlier) == [("superseded", "ada")]


def test_what_fell_due_is_not_replaced_and_nothing_is_registered(analyst: User) -> None:
    earlier = RegisteredClaimFactory()
    draft = later_draft(earlier, predecessor=earlier, relation="replaces")

    with pytest.raises(ClaimProblem) as problem:
        register_claim(claim=draft, by=analyst, at=datetime(2026, 3, 21, 9, tzinfo=UTC))

    assert in_words(problem) == (
        f"Claim {earlier.pk} has fallen due, so it is judged as it stands. Say that this one "
        "repeats it."
    )


def test_what_was_withdrawn_meanwhile_is_not_replaced(analyst: User) -> None:
    earlier = RegisteredClaimFactory()
    draft = later_draft(earlier, predecessor=earlier, relation="replaces")
    withdraw_claim(claim=earlier, by=analyst, reason="Taken back.", at=NOW)

    with pytest.raises(ClaimProblem, match="is withdrawn, so it cannot be replaced"):
        register_claim(claim=draft, by=analyst, at=NOW)

    draft.refresh_from_db()
    assert not draft.is_registered


def test_hash_names_what_a_claim_comes_after_and_only_then(analyst: User) -> None:
    earlier = RegisteredClaimFactory()
    draft = later_draft(earlier)
    alone = content_hash(draft)

    hashes = {alone}
    for relation in Claim.Relation.values:
        hashes.add(
            content_hash(follow_claim(claim=draft, earlier=earlier, relation=relation, by=analyst))
        )

    assert len(hashes) == 3
    assert content_hash(unfollow_claim(claim=draft, by=analyst)) == alone


def refused(claim: Claim, **fields: object) -> str:
    """What the database itself answers to a change made past every service."""
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**fields)
    return str(problem.value)


def test_database_holds_chains_and_duplicates(analyst: User) -> None:
    earlier, stranger_s = RegisteredClaimFactory(), RegisteredClaimFactory()
    claim = later_draft(earlier, predecessor=earlier, relation="repeats")
    claim = register_claim(claim=claim, by=analyst, at=NOW)
    ended = {"status": "duplicate", "ended_at": NOW}

    assert "locked, with what it comes after" in refused(claim, predecessor=None, relation="")
    assert "locked, with what it comes after" in refused(claim, relation="replaces")
    assert "claim_duplicate_points_to_the_first" in refused(claim, **ended)
    assert "is none itself" in refused(claim, duplicate_of=stranger_s, **ended)
    mark_duplicate(claim=claim, first=earlier, by=analyst, at=NOW)
    another = RegisteredClaimFactory(claimant=earlier.claimant)
    assert "stays ended" in refused(claim, duplicate_of=another)


def test_database_refuses_a_registration_after_somebody_else_s_claim() -> None:
    earlier = RegisteredClaimFactory()

    with pytest.raises(IntegrityError, match="earlier registered one by the same claimant"):
        RegisteredClaimFactory(predecessor=earlier, relation="repeats")


@pytest.mark.parametrize(
    "fields", [{"relation": "repeats"}, {"relation": "denies"}, {"duplicate_of": "itself"}]
)
def test_database_refuses_half_a_chain(fields: dict[str, object]) -> None:
    draft = ClaimFactory()
    if "duplicate_of" in fields:
        fields = {"duplicate_of": draft, "status": "dropped"}

    assert re.search("violates check constraint|is none itself", refused(draft, **fields))
