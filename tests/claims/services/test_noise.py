"""A claim suggests no more in a week than a person can read, and what is strong all the same."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Claim, Evidence
from claims.services.noise import STRONG, cut_to_a_week
from tests.factories.accounts import UserFactory
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory

pytestmark = pytest.mark.django_db
MEASURES = [0.0]


@pytest.fixture
def claim(settings) -> Claim:
    settings.SUGGESTIONS_PER_WEEK = 2
    return RegisteredClaimFactory()


def suggested(claim: Claim, *scores: float, **more: object) -> list[Evidence]:
    return [EvidenceFactory(claim=claim, score=one, measures=MEASURES, **more) for one in scores]


def kept(claim: Claim) -> list[float]:
    rows = Evidence.objects.filter(claim=claim, cut=False).order_by("-score")
    return list(rows.values_list("score", flat=True))


def test_the_strongest_of_a_week_are_kept(claim: Claim) -> None:
    suggested(claim, 0.3, 0.5, 0.4, 0.2)

    cut_to_a_week([claim.pk])

    assert kept(claim) == [0.5, 0.4]


def test_a_stronger_one_takes_the_place_of_a_weaker_one(claim: Claim) -> None:
    suggested(claim, 0.3, 0.4)
    cut_to_a_week([claim.pk])
    suggested(claim, 0.6)

    cut_to_a_week([claim.pk])

    assert kept(claim) == [0.6, 0.4]


def test_a_strong_match_is_never_cut(claim: Claim) -> None:
    suggested(claim, 0.99, 0.95, 0.9, STRONG, STRONG - 0.01)

    cut_to_a_week([claim.pk])

    assert kept(claim) == [0.99, 0.95, 0.9, STRONG]


def test_what_was_decided_counts_as_read_and_stays(claim: Claim) -> None:
    decided = {
        "status": Evidence.Status.REJECTED,
        "decided_at": timezone.now(),
        "decided_by": UserFactory(),
    }
    suggested(claim, 0.5, **decided)
    suggested(claim, 0.4, 0.3)

    cut_to_a_week([claim.pk])

    assert kept(claim) == [0.5, 0.4]


def test_last_week_does_not_count(claim: Claim) -> None:
    suggested(claim, 0.9, 0.7, 0.6, suggested_at=timezone.now() - timedelta(days=8))
    suggested(claim, 0.3)

    cut_to_a_week([claim.pk])

    assert kept(claim) == [0.9, 0.7, 0.6, 0.3]


def test_other_claims_are_left_alone(claim: Claim) -> None:
    other = RegisteredClaimFactory()
    suggested(other, 0.3, 0.2, 0.1)

    cut_to_a_week([claim.pk])

    assert kept(other) == [0.3, 0.2, 0.1]


def test_cutting_again_changes_nothing(claim: Claim) -> None:
    suggested(claim, 0.3, 0.5, 0.4)
    cut_to_a_week([claim.pk])
    before = kept(claim)

    cut_to_a_week([claim.pk, claim.pk])

    assert kept(claim) == before


def test_no_claims_ask_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        cut_to_a_week([])
