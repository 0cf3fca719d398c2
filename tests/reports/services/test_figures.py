"""The figures that a published report freezes."""

from datetime import date, timedelta

import pytest

from claims.models import Claim
from reports.services import publish_report
from reviews.agreement.intervals import TOO_FEW
from reviews.models import Assignment
from reviews.outcomes import Outcome
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.sources import ClaimantFactory
from tests.reports.ledger import CUTOFF, MARCH, desk, verdict_on

pytestmark = pytest.mark.django_db

HELD, FAILED = Outcome.HELD, Outcome.FAILED


def test_figures_print_funnel_bounds_and_words_where_there_is_no_interval() -> None:
    ann = ClaimantFactory(name="Ann")
    desk(ann, [HELD, FAILED, None, Outcome.TOO_VAGUE])
    RegisteredClaimFactory(claimant=ann, due_on=date(2027, 6, 1), due_latest=date(2028, 6, 1))

    figures = publish_report(by=None, **MARCH, at=CUTOFF).figures

    assert figures["overall"]["funnel"] == {
        "registered": 5,
        "due": 4,
        "scored": 2,
        "unresolved": 1,
        "too_vague": 1,
        "condition_not_met": 0,
        "unverifiable": 0,
        "not_yet": 0,
        "withdrawn": 0,
        "superseded": 0,
        "duplicate": 0,
    }
    found = figures["overall"]["improvement"]
    held, failed = 0.38**2 - 0.110833333, 0.62**2 - 0.460833333
    assert found["value"] == pytest.approx((held + failed) / 2, abs=1e-8)
    assert (found["n"], found["clusters"], found["low"], found["high"]) == (2, 2, None, None)
    assert found["reason"] == "no interval below 5 documents"
    assert found["worst"] == pytest.approx((held + failed + failed) / 3, abs=1e-8)
    assert found["best"] == pytest.approx((held + failed + held) / 3, abs=1e-8)
    assert [record["claimant"] for record in figures["claimants"]] == [ann.pk]


def test_figures_of_five_documents_have_an_interval_and_a_word_table() -> None:
    desk(ClaimantFactory(), [HELD, HELD, HELD, HELD, FAILED])

    overall = publish_report(by=None, **MARCH, at=CUTOFF).figures["overall"]

    improvement = overall["improvement"]
    assert improvement["low"] < improvement["value"] < improvement["high"]
    assert (improvement["n"], improvement["clusters"], improvement["reason"]) == (5, 5, "")
    [likely] = overall["hedges"]
    assert (likely["hedge"], likely["from"], likely["to"]) == ("likely", 0.55, 0.80)
    assert likely["held"]["value"] == 0.8
    assert sum(likely["mass"]) == pytest.approx(1)
    assert likely["reading"] == "not enough claims"


def test_means_are_shrunk_from_three_claimants_on() -> None:
    people = [ClaimantFactory() for _ in range(3)]
    for person, hits in zip(people, (1, 2, 4), strict=True):
        desk(person, [HELD] * hits + [FAILED] * (5 - hits))

    claimants = publish_report(by=None, **MARCH, at=CUTOFF).figures["claimants"]

    raw = [record["improvement"]["value"] for record in claimants]
    shrunk = [record["shrunk"]["value"] for record in claimants]
    assert raw == sorted(raw)
    assert shrunk == sorted(shrunk)
    assert raw[0] < shrunk[0] < shrunk[2] < raw[2]


def test_two_claimants_are_not_ranked() -> None:
    for _ in range(2):
        desk(ClaimantFactory(), [HELD, HELD, HELD, HELD, FAILED])

    claimants = publish_report(by=None, **MARCH, at=CUTOFF).figures["claimants"]

    assert [record["shrunk"]["value"] for record in claimants] == [None, None]
    assert claimants[0]["shrunk"]["reason"] == (
        "not ranked: 3 claimants with an interval are needed"
    )


def test_agreement_is_of_the_grades_before_adjudication() -> None:
    claims = desk(ClaimantFactory(), [HELD, FAILED, HELD])
    for claim in claims:
        for seat, outcome in enumerate((HELD, HELD if claim == claims[2] else FAILED), start=1):
            _review(claim, outcome, seat=seat)
    _review(claims[0], HELD, seat=1, role=Assignment.Role.ADJUDICATION)

    agreement = publish_report(by=None, **MARCH, at=CUTOFF).figures["agreement"]

    assert agreement["n"] == 3
    # By hand: 4 held and 2 failed, two of three pairs apart: 1 - 5 * 4 / (2 * 4 * 2).
    assert agreement["alpha"] == pytest.approx(-0.25)
    assert agreement["reason"] == agreement["ac2_reason"] == TOO_FEW


def test_grades_of_a_checkpoint_without_verdict_at_the_cutoff_are_not_told() -> None:
    disputed, later = desk(ClaimantFactory(), [None, None])
    for claim in (disputed, later):
        _review(claim, HELD, seat=1)
        _review(claim, FAILED, seat=2)
    verdict_on(later, HELD, at=CUTOFF + timedelta(seconds=1))

    agreement = publish_report(by=None, **MARCH, at=CUTOFF).figures["agreement"]

    assert (agreement["n"], agreement["alpha"], agreement["ac2"]) == (0, None, None)


def _review(claim: Claim, outcome: Outcome, **seat: object) -> None:
    checkpoint = claim.checkpoints.get()
    ReviewFactory(
        outcome=outcome,
        **{f"assignment__{name}": value for name, value in seat.items()},
        assignment__checkpoint=checkpoint,
    )


def test_calibration_waits_for_fifty_claims() -> None:
    desk(ClaimantFactory(), [HELD])

    calibration = publish_report(by=None, **MARCH, at=CUTOFF).figures["calibration"]

    assert calibration == {"n": 1, "reason": "too few claims: 1 scored, 50 needed"}
