"""Readings of a claim's probability: two people, each blind to the other."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import AuditEntry, User
from claims.models import Claim, Imputation
from claims.readings import claims_to_read, readings_of
from claims.services import (
    edit_claim,
    impute,
    make_claim,
    register_claim,
    save_draft,
    use_one_imputation,
)
from claims.services.registration import content_hash, content_of
from claims.validators import ClaimLocked, ClaimProblem
from tests.factories.claims import ClaimFactory, LexiconEntryFactory, RegisteredClaimFactory
from tests.factories.sources import DocumentFactory

pytestmark = pytest.mark.django_db

WITHOUT: dict[str, Any] = {
    "lexicon": None,
    "probability_source": "",
    "probability_low": None,
    "probability_high": None,
}
IMPUTED = Claim.ProbabilitySource.IMPUTED


@pytest.fixture
def claim() -> Claim:
    """A draft whose hedge no lexicon knows."""
    return ClaimFactory(**WITHOUT)


def read(claim: Claim, by: User, low: str, high: str, **more: Any) -> Imputation:
    return impute(claim=claim, by=by, low=Decimal(low), high=Decimal(high), **more)


def read_by_two(claim: Claim, *people: User) -> Claim:
    for person, low, high in zip(people, ("0.5", "0.6"), ("0.65", "0.75"), strict=True):
        read(claim, person, low, high)
    claim.refresh_from_db()
    return claim


def range_of(claim: Claim) -> tuple[str, Decimal | None, Decimal | None]:
    claim.refresh_from_db()
    return claim.probability_source, claim.probability_low, claim.probability_high


def test_reading_is_stored_with_the_opinion_apart_and_settles_nothing(
    claim: Claim, analyst: User
) -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC)

    stored = read(claim, analyst, "0.6", "0.7", own_opinion=Decimal("0.2"), at=at)

    stored.refresh_from_db()
    assert (stored.claim, stored.coder, stored.at) == (claim, analyst, at)
    assert (stored.low, stored.high) == (Decimal("0.6"), Decimal("0.7"))
    assert stored.own_opinion == Decimal("0.2")
    assert range_of(claim) == ("", None, None)


def test_second_reading_settles_the_range_at_the_means(
    claim: Claim, analyst: User, colleague: User
) -> None:
    read(claim, analyst, "0.5", "0.651", own_opinion=Decimal("0.9"))
    read(claim, colleague, "0.6", "0.75")

    # 0.7005 is rounded up to a thousandth.
    assert range_of(claim) == (IMPUTED, Decimal("0.55"), Decimal("0.701"))


def test_log_holds_the_range_and_no_single_reading(
    claim: Claim, analyst: User, colleague: User
) -> None:
    read_by_two(claim, analyst, colleague)

    rows = AuditEntry.objects.order_by("pk").values_list("by", "verb", "detail")
    assert list(rows) == [
        (analyst.pk, "read the probability of", {}),
        (colleague.pk, "read the probability of", {}),
        (
            colleague.pk,
            "settled the range of",
            {"low": "0.550", "high": "0.700", "readings": 2},
        ),
    ]


@pytest.mark.parametrize(
    ("low", "high", "own", "words"),
    [
        ("-0.1", "0.5", None, "A probability lies between 0 and 1."),
        ("0.5", "1.1", None, "A probability lies between 0 and 1."),
        ("0.7", "0.5", None, "The probability range is upside down"),
        ("0.5", "0.7", Decimal("1.2"), "Your own opinion is a probability too"),
    ],
)
def test_values_that_cannot_stand_are_named(
    low: str, high: str, own: Decimal | None, words: str, claim: Claim, analyst: User
) -> None:
    with pytest.raises(ClaimProblem, match=words):
        read(claim, analyst, low, high, own_opinion=own)

    assert not Imputation.objects.exists()


def test_same_person_reads_once(claim: Claim, analyst: User) -> None:
    read(claim, analyst, "0.5", "0.7")

    with pytest.raises(ClaimProblem, match="You have read this claim before"):
        read(claim, analyst, "0.6", "0.8")

    assert Imputation.objects.get().low == Decimal("0.5")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": Claim.Status.PROPOSED}, "Only a draft is read"),
        ({"status": Claim.Status.DROPPED}, "Only a draft is read"),
        ({"kind": Claim.Kind.ASSESSMENT}, "An assessment is not scored"),
        (
            {"probability_low": Decimal("0.5"), "probability_high": Decimal(1)},
            "has its probability range already",
        ),
    ],
)
def test_claim_that_is_not_to_be_read_is_refused(
    fields: dict[str, Any], words: str, analyst: User
) -> None:
    claim = ClaimFactory(**WITHOUT | fields)

    with pytest.raises(ClaimProblem, match=words):
        read(claim, analyst, "0.5", "0.7")


def test_registered_claim_is_not_read(analyst: User) -> None:
    with pytest.raises(ClaimLocked):
        read(RegisteredClaimFactory(), analyst, "0.5", "0.7")


def test_third_reading_is_refused_also_after_the_range_was_emptied(
    claim: Claim, analyst: User, colleague: User, lead: User
) -> None:
    read_by_two(claim, analyst, colleague)
    with pytest.raises(ClaimProblem, match="range already"):
        read(claim, lead, "0.1", "0.2")
    edit_claim(claim=claim, by=analyst, **WITHOUT)

    with pytest.raises(ClaimProblem, match="Two people have read"):
        read(claim, lead, "0.1", "0.2")


def test_one_person_desk_goes_on_with_one_reading(claim: Claim, analyst: User) -> None:
    read(claim, analyst, "0.5", "0.7")

    use_one_imputation(claim=claim, by=analyst)

    assert range_of(claim) == (IMPUTED, Decimal("0.5"), Decimal("0.7"))
    assert readings_of(claim).count == 1
    entry = AuditEntry.objects.get(verb="settled the range of")
    assert (entry.by, entry.detail["readings"]) == (analyst, 1)


def test_larger_desk_may_not_go_on_with_one_reading(
    claim: Claim, analyst: User, colleague: User
) -> None:
    read(claim, analyst, "0.5", "0.7")

    with pytest.raises(ClaimProblem, match="Somebody else at this desk"):
        use_one_imputation(claim=claim, by=analyst)

    # Somebody who left reads nothing more.
    colleague.is_active = False
    colleague.save()
    use_one_imputation(claim=claim, by=analyst)
    assert range_of(claim)[0] == IMPUTED


def test_one_reading_must_be_there_and_the_range_must_not(claim: Claim, analyst: User) -> None:
    with pytest.raises(ClaimProblem, match="not one reading"):
        use_one_imputation(claim=claim, by=analyst)
    with pytest.raises(ClaimProblem, match="range already"):
        use_one_imputation(claim=ClaimFactory(), by=analyst)
    with pytest.raises(ClaimLocked):
        use_one_imputation(claim=RegisteredClaimFactory(), by=analyst)


TYPED = {
    "probability_source": IMPUTED,
    "probability_low": Decimal("0.4"),
    "probability_high": Decimal("0.9"),
}


def test_imputed_range_is_not_typed_by_hand(claim: Claim, analyst: User) -> None:
    with pytest.raises(ClaimProblem, match="Nobody has read this claim"):
        edit_claim(claim=claim, by=analyst, **TYPED)
    with pytest.raises(ClaimProblem, match="Two people read a claim"):
        save_draft(claim=claim, by=analyst, changes=TYPED)
    with pytest.raises(ClaimProblem, match="Nobody has read this claim"):
        make_claim(document=DocumentFactory(text="It may rain."), exact="rain", by=analyst, **TYPED)


def test_one_reading_is_not_taken_by_naming_the_source(claim: Claim, analyst: User) -> None:
    read(claim, analyst, "0.5", "0.7")

    with pytest.raises(ClaimProblem, match="Two people read a claim"):
        save_draft(claim=claim, by=analyst, changes={"probability_source": IMPUTED})


def test_other_range_than_the_one_read_is_refused(
    claim: Claim, analyst: User, colleague: User
) -> None:
    read_by_two(claim, analyst, colleague)

    with pytest.raises(ClaimProblem, match="read as 55 to 70%"):
        save_draft(claim=claim, by=analyst, changes=TYPED)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"probability_source": IMPUTED},
        {"probability_source": "", "probability_low": None, "probability_high": None},
    ],
)
def test_editing_other_fields_keeps_the_range_that_was_read(
    changes: dict[str, Any], claim: Claim, analyst: User, colleague: User
) -> None:
    read_by_two(claim, analyst, colleague)

    save_draft(claim=claim, by=analyst, changes={"held_if": "It grows.", **changes})

    assert range_of(claim) == (IMPUTED, Decimal("0.55"), Decimal("0.7"))
    assert claim.held_if == "It grows."


def test_other_source_takes_the_place_of_readings_and_they_can_come_back(
    claim: Claim, analyst: User, colleague: User
) -> None:
    read_by_two(claim, analyst, colleague)
    declared = TYPED | {"probability_source": "declared"}

    save_draft(claim=claim, by=analyst, changes=declared)
    assert range_of(claim) == ("declared", Decimal("0.4"), Decimal("0.9"))
    save_draft(claim=claim, by=analyst, changes={"probability_source": IMPUTED})

    assert range_of(claim) == (IMPUTED, Decimal("0.55"), Decimal("0.7"))


def test_lexicon_takes_the_place_of_readings(claim: Claim, analyst: User, colleague: User) -> None:
    LexiconEntryFactory()
    read_by_two(claim, analyst, colleague)

    changes = {"hedge": "likely", "probability_source": "lexicon"}
    save_draft(claim=claim, by=analyst, changes=changes)

    assert range_of(claim) == ("lexicon", Decimal("0.55"), Decimal("0.8"))


def test_assessment_keeps_no_range(claim: Claim, analyst: User, colleague: User) -> None:
    read_by_two(claim, analyst, colleague)
    nothing = {"probability_source": "", "probability_low": None, "probability_high": None}

    save_draft(claim=claim, by=analyst, changes={"kind": "assessment", **nothing})

    assert range_of(claim) == ("", None, None)


def test_claim_that_two_people_read_can_be_registered(
    claim: Claim, analyst: User, colleague: User
) -> None:
    read_by_two(claim, analyst, colleague)

    registered = register_claim(claim=claim, by=analyst)

    assert registered.status == Claim.Status.REGISTERED
    assert content_of(registered)["readings"] == [["0.500", "0.650"], ["0.600", "0.750"]]


def test_content_hash_is_of_the_readings_not_of_readers_or_opinions(
    analyst: User, colleague: User, lead: User
) -> None:
    one, other = ClaimFactory(**WITHOUT), ClaimFactory(**WITHOUT)
    Claim.objects.filter(pk=other.pk).update(quote=one.quote)
    other.refresh_from_db()
    other.claimant = one.claimant
    before = content_hash(one)
    assert content_hash(other) == before
    read_by_two(one, analyst, colleague)
    assert content_hash(one) != before

    read(other, lead, "0.6", "0.75", own_opinion=Decimal("0.1"))
    assert content_hash(other) not in {before, content_hash(one)}
    read(other, analyst, "0.5", "0.65")

    other.refresh_from_db()
    other.claimant = one.claimant
    assert content_hash(other) == content_hash(one)


def test_what_waits_for_somebody_is_unread_by_them_and_without_a_number(
    analyst: User, colleague: User
) -> None:
    fresh, by_me, by_other, by_both = (ClaimFactory(**WITHOUT) for _ in range(4))
    ClaimFactory()
    ClaimFactory(**WITHOUT, status=Claim.Status.PROPOSED)
    ClaimFactory(**WITHOUT, kind=Claim.Kind.ASSESSMENT)
    read(by_me, analyst, "0.5", "0.6")
    read(by_other, colleague, "0.5", "0.6")
    read_by_two(by_both, analyst, colleague)

    waiting = [(one.pk, one.reading_count) for one in claims_to_read(analyst)]

    assert waiting == [(by_other.pk, 1), (fresh.pk, 0)]


def test_claim_that_two_others_read_waits_for_nobody_without_its_range(
    claim: Claim, analyst: User, colleague: User, lead: User
) -> None:
    read_by_two(claim, analyst, colleague)
    edit_claim(claim=claim, by=analyst, **WITHOUT)

    assert not claims_to_read(lead).exists()
