"""Saving a whole claim form in one step."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import AuditEntry, User
from claims.models import BaseRate, Claim, LexiconEntry
from claims.services import save_draft
from claims.services.drafts import entry_for, named_claimant
from claims.validators import ClaimLocked, ClaimProblem
from sources.models import Claimant
from tests.factories.claims import (
    ClaimFactory,
    LexiconEntryFactory,
    LexiconFactory,
    RegisteredClaimFactory,
)
from tests.factories.sources import ClaimantFactory

pytestmark = pytest.mark.django_db

BY_LEXICON = {"probability_source": Claim.ProbabilitySource.LEXICON}
NO_RANGE = {"probability_low": None, "probability_high": None}


@pytest.fixture
def likely() -> LexiconEntry:
    """“Likely” as the active lexicon has it: 0.55 to 0.80."""
    return LexiconEntryFactory()


def saved(claim: Claim, by: User, changes: dict[str, Any], **fields: Any) -> Claim:
    save_draft(claim=claim, by=by, changes=changes, **fields)
    return Claim.objects.get(pk=claim.pk)


@pytest.mark.parametrize("hedge", ["likely", " Likely "])
def test_hedge_of_the_lexicon_fills_an_empty_range(
    hedge: str, likely: LexiconEntry, analyst: User
) -> None:
    claim = ClaimFactory(lexicon=None, probability_source="", **NO_RANGE)

    found = saved(claim, analyst, {"hedge": hedge, **BY_LEXICON, **NO_RANGE})

    assert (found.lexicon, found.probability_low, found.probability_high) == (
        likely.lexicon,
        Decimal("0.550"),
        Decimal("0.800"),
    )


def test_range_against_the_lexicon_is_refused_unless_declared(
    likely: LexiconEntry, analyst: User
) -> None:
    given = {"probability_low": Decimal("0.6"), "probability_high": Decimal("0.7")}

    with pytest.raises(ClaimProblem, match="“likely” is 55% to 80%"):
        saved(ClaimFactory(), analyst, {"hedge": "likely", **BY_LEXICON, **given})
    declared = {"hedge": "likely", "probability_source": Claim.ProbabilitySource.DECLARED}
    found = saved(ClaimFactory(), analyst, declared | given)

    assert (found.probability_low, found.probability_high) == (Decimal("0.6"), Decimal("0.7"))
    assert found.lexicon is None


def test_range_follows_a_word_that_was_changed(likely: LexiconEntry, analyst: User) -> None:
    LexiconEntryFactory(
        lexicon=likely.lexicon, phrase="unlikely", low=Decimal("0.2"), high=Decimal("0.45")
    )
    claim = ClaimFactory()
    as_shown = {
        "probability_low": claim.probability_low,
        "probability_high": claim.probability_high,
    }

    found = saved(claim, analyst, {"hedge": "unlikely", **BY_LEXICON, **as_shown})

    assert (found.probability_low, found.probability_high) == (Decimal("0.2"), Decimal("0.45"))


def test_declared_probability_leans_on_no_lexicon(likely: LexiconEntry, analyst: User) -> None:
    declared = {"probability_source": Claim.ProbabilitySource.DECLARED}

    found = saved(ClaimFactory(), analyst, {"hedge": "likely", **declared})

    assert found.lexicon is None


def test_hedge_that_no_lexicon_has_keeps_the_range_empty_and_names_no_lexicon(
    likely: LexiconEntry, analyst: User
) -> None:
    found = saved(ClaimFactory(), analyst, {"hedge": "who knows", **BY_LEXICON, **NO_RANGE})

    assert (found.hedge, found.probability_low, found.lexicon) == ("who knows", None, None)


def test_reading_of_a_hedge_that_extraction_made_stays(likely: LexiconEntry, analyst: User) -> None:
    claim = ClaimFactory(hedge="not likely", lexicon=likely.lexicon)

    assert saved(claim, analyst, {"hedge": "not likely", **BY_LEXICON}).lexicon == likely.lexicon


def test_entry_is_looked_up_in_the_lexicon_given_else_in_the_active_one(
    likely: LexiconEntry,
) -> None:
    other = LexiconFactory(slug="phia", is_active=False)
    entry = LexiconEntryFactory(lexicon=other, low="0.6", high="0.75")

    assert entry_for("likely") == likely
    assert entry_for("likely", other) == entry
    assert entry_for("perhaps") is None


def test_new_claimant_is_added(analyst: User) -> None:
    found = saved(ClaimFactory(), analyst, {}, claimant="  Vera   Orlova ")

    assert found.claimant is not None
    assert found.claimant.name == "Vera Orlova"
    assert AuditEntry.objects.filter(verb="added", by=analyst).count() == 1


def test_known_claimant_is_found_in_any_case(analyst: User) -> None:
    known = ClaimantFactory(name="Vera Orlova")

    assert named_claimant("vera orlova", by=analyst) == known
    assert Claimant.objects.count() == 1


def test_empty_name_takes_the_claimant_away(analyst: User) -> None:
    assert saved(ClaimFactory(), analyst, {}, claimant=" ").claimant is None


def test_base_rate_and_checkpoints_are_saved_with_the_claim(analyst: User) -> None:
    rate = {"reference_class": "Trade grows", "probability": Decimal("0.4"), "source": "Own count"}
    days = [date(2026, 4, 1), date(2024, 3, 1)]

    found = saved(ClaimFactory(), analyst, {}, base_rate=rate, checkpoints=days)

    assert found.base_rate == BaseRate.objects.get(**rate)
    assert [one.due_on for one in found.checkpoints.order_by("due_on")] == sorted(days)


def test_nothing_is_saved_where_one_part_is_refused(analyst: User) -> None:
    claim = ClaimFactory()
    rate = {"reference_class": "Trade grows", "probability": Decimal("0.4"), "source": "Own count"}
    late = [date(2040, 1, 1)]

    with pytest.raises(ClaimProblem, match="comes after the latest date"):
        saved(
            claim,
            analyst,
            {"statement": "Else."},
            claimant="Vera Orlova",
            base_rate=rate,
            checkpoints=late,
        )

    assert Claim.objects.get(pk=claim.pk).statement == claim.statement
    assert not Claimant.objects.filter(name="Vera Orlova").exists()
    assert not BaseRate.objects.filter(**rate).exists()


def test_registered_claim_is_not_saved(analyst: User) -> None:
    with pytest.raises(ClaimLocked):
        saved(RegisteredClaimFactory(), analyst, {"statement": "Else."})
