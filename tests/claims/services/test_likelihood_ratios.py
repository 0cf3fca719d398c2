"""Likelihood ratios of accepted evidence."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, User
from claims.models import Evidence
from claims.services import accept_evidence, set_likelihood_ratio, undo_evidence
from claims.validators import ClaimProblem
from tests.factories.claims import EvidenceFactory
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def evidence(analyst: User) -> Evidence:
    """Accepted evidence that supports its claim."""
    return accept_evidence(evidence=EvidenceFactory(), stance=1, by=analyst)


def entries() -> list[dict]:
    rows = AuditEntry.objects.filter(verb="set likelihood ratio of").order_by("pk")
    return [{name: row.detail[name] for name in ("ratio", "was")} for row in rows]


def test_ratio_is_set_changed_and_taken_away_and_each_is_recorded(
    evidence: Evidence, analyst: User, colleague: User
) -> None:
    for ratio in (Decimal(4), Decimal(4), Decimal("2.5"), None):
        set_likelihood_ratio(evidence=evidence, ratio=ratio, by=colleague)
        evidence.refresh_from_db()
        assert evidence.likelihood_ratio == ratio

    assert entries() == [
        {"ratio": "4", "was": None},
        {"ratio": "2.5", "was": "4"},
        {"ratio": None, "was": "2.5"},
    ]
    assert evidence.decided_by == analyst
    assert evidence.decisions.filter(by=colleague).count() == 3


@pytest.mark.parametrize("ratio", ["0", "0.099", "-2", "10.001", "1e9", "NaN", "Infinity"])
def test_ratio_off_the_scale_is_refused(evidence: Evidence, analyst: User, ratio: str) -> None:
    with pytest.raises(ClaimProblem, match="ten times likelier if the claim fails"):
        set_likelihood_ratio(evidence=evidence, ratio=Decimal(ratio), by=analyst)


@pytest.mark.parametrize(("stance", "ratio"), [(1, "0.5"), (-1, "2"), (0, "2"), (0, "0.5")])
def test_ratio_against_the_stance_is_refused_in_words_and_by_the_database(
    analyst: User, stance: int, ratio: str
) -> None:
    evidence = accept_evidence(evidence=EvidenceFactory(), stance=stance, by=analyst)

    with pytest.raises(ClaimProblem, match=f"A likelihood ratio of {ratio} speaks"):
        set_likelihood_ratio(evidence=evidence, ratio=Decimal(ratio), by=analyst)
    with pytest.raises(IntegrityError, match="evidence_likelihood_ratio_of_its_stance"):
        Evidence.objects.update(likelihood_ratio=Decimal(ratio))


def test_ratio_of_what_is_not_accepted_is_refused(analyst: User) -> None:
    with pytest.raises(ClaimProblem, match="Accept the evidence first"):
        set_likelihood_ratio(evidence=EvidenceFactory(), ratio=Decimal(2), by=analyst)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.update(likelihood_ratio=2)
    assert entries() == []


def test_ratio_ends_with_its_acceptance(evidence: Evidence, analyst: User) -> None:
    set_likelihood_ratio(evidence=evidence, ratio=Decimal(4), by=analyst)

    undo_evidence(evidence=evidence, by=analyst)
    evidence.refresh_from_db()
    assert evidence.likelihood_ratio is None

    accept_evidence(evidence=evidence, stance=1, by=analyst)
    evidence.refresh_from_db()
    assert evidence.likelihood_ratio is None


def test_who_judged_the_claim_sets_no_ratio(evidence: Evidence, reviewer: User) -> None:
    checkpoint = evidence.claim.checkpoints.get()
    ReviewFactory(assignment__checkpoint=checkpoint, assignment__reviewer=reviewer)

    with pytest.raises(ClaimProblem, match="You judge this claim, or have judged it"):
        set_likelihood_ratio(evidence=evidence, ratio=Decimal(2), by=reviewer)
    evidence.refresh_from_db()
    assert evidence.likelihood_ratio is None
