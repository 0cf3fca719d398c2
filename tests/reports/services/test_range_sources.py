"""How the ranges of a report's claims came about."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from claims.models import Claim, Imputation
from reports.models import Report
from reports.services import publish_report, recompute
from reviews.outcomes import Outcome
from tests.reports.ledger import CUTOFF, MARCH, judged_claim

pytestmark = pytest.mark.django_db

REGISTERED = datetime(2023, 3, 22, tzinfo=UTC)
BEFORE, AFTER = datetime(2023, 3, 21, tzinfo=UTC), datetime(2023, 3, 23, tzinfo=UTC)


def read_claim(*coders: User, at: datetime = BEFORE, **fields: Any) -> Claim:
    """A registered claim whose range these people read."""
    claim = judged_claim(
        Outcome.HELD, lexicon=None, hedge="", probability_source="imputed", **fields
    )
    for coder in coders:
        add_reading(claim, coder, at=at)
    return claim


def add_reading(claim: Claim, coder: User, *, at: datetime) -> None:
    Imputation.objects.create(
        claim=claim, coder=coder, low=Decimal("0.55"), high=Decimal("0.8"), at=at
    )


def published() -> Report:
    return publish_report(by=None, **MARCH, at=CUTOFF)


def test_each_way_is_counted_over_the_claims_that_were_due(analyst: User, colleague: User) -> None:
    judged_claim(Outcome.HELD)
    judged_claim(None)
    judged_claim(Outcome.TOO_VAGUE, lexicon=None, probability_source="declared")
    judged_claim(Outcome.HELD, lexicon=None, probability_source="")
    read_claim(analyst, colleague)
    read_claim(analyst)
    read_claim(colleague)

    report = published()

    expected = {"lexicon": 2, "declared": 1, "two_readers": 1, "one_reader": 2, "unstated": 1}
    assert report.figures["overall"]["ranges"] == expected
    assert sum(expected.values()) == report.figures["overall"]["funnel"]["due"]
    assert recompute(report) == report.figures


def test_each_claimant_has_their_own_count(analyst: User) -> None:
    claim = read_claim(analyst)
    judged_claim(Outcome.HELD)

    first, second = (one["ranges"] for one in published().figures["claimants"])

    assert claim.claimant_id is not None
    assert (first["one_reader"], first["lexicon"]) == (1, 0)
    assert (second["one_reader"], second["lexicon"]) == (0, 1)


def test_a_row_keeps_how_its_range_came_about(analyst: User, colleague: User) -> None:
    claims = [
        judged_claim(),
        judged_claim(lexicon=None, probability_source="declared"),
        read_claim(analyst, colleague),
        read_claim(analyst),
    ]

    found = dict(published().claims.values_list("claim", "range_source"))

    assert [found[claim.pk] for claim in claims] == [
        "lexicon",
        "declared",
        "two_readers",
        "one_reader",
    ]


def test_readings_count_as_they_stood_at_registration(analyst: User, colleague: User) -> None:
    claim = read_claim(analyst, at=REGISTERED)
    report = published()

    # No service allows it: it is written past them.
    add_reading(claim, colleague, at=AFTER)

    assert report.figures["overall"]["ranges"]["one_reader"] == 1
    assert recompute(report) == report.figures


def test_readings_of_a_claim_whose_range_was_declared_after_all_do_not_count(
    analyst: User, colleague: User
) -> None:
    claim = judged_claim(lexicon=None, probability_source="declared")
    for coder in (analyst, colleague):
        add_reading(claim, coder, at=BEFORE)

    assert published().claims.get().range_source == "declared"
