"""Claims that say nearly the same, found among many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.likeness import ALIKE, SHOWN, nearly_the_same
from claims.models import Claim
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory

pytestmark = pytest.mark.django_db

MOMENTUM = "Relations between Russia and China keep their momentum in the coming years."
NOBODY = Claim.objects.none()


def found(claim: Claim) -> list[Claim]:
    """What is found for one claim, closest first."""
    return [one.claim for one in nearly_the_same([claim], hidden=NOBODY).get(claim.pk, [])]


@pytest.mark.parametrize(
    "statement",
    [
        MOMENTUM,
        "Russia-China relations keep up their momentum over the next years.",
        "Relations of China and Russia will keep momentum in the years to come.",
    ],
)
def test_another_wording_of_a_registered_claim_is_found(statement: str) -> None:
    registered = RegisteredClaimFactory(statement=MOMENTUM)

    assert found(ClaimFactory(statement=statement)) == [registered]


@pytest.mark.parametrize(
    "statement",
    [
        "Wheat exports of Brazil fall by a tenth in 2027.",
        "China and Russia sign a contract for a gas pipeline before the end of 2027.",
        "It will.",
        "…",
    ],
)
def test_another_claim_is_not_found(statement: str) -> None:
    RegisteredClaimFactory(statement=MOMENTUM)

    assert found(ClaimFactory(statement=statement)) == []


def test_drafts_count_proposals_and_dropped_claims_do_not() -> None:
    draft = ClaimFactory(statement=MOMENTUM)
    for status in (Claim.Status.PROPOSED, Claim.Status.DROPPED):
        ClaimFactory(statement=MOMENTUM, status=status)

    assert found(ClaimFactory(statement=MOMENTUM, status="proposed")) == [draft]


def test_closest_come_first_and_only_a_few() -> None:
    near = RegisteredClaimFactory(
        statement="Russia-China relations keep some momentum this decade."
    )
    same = RegisteredClaimFactory.create_batch(SHOWN, statement=MOMENTUM)
    claim = ClaimFactory(statement=MOMENTUM)

    rows = nearly_the_same([claim], hidden=NOBODY)[claim.pk]

    assert [one.claim for one in rows] == same
    assert [round(one.likeness, 4) for one in rows] == [1.0] * SHOWN
    assert near not in same


def test_hidden_claims_stay_hidden() -> None:
    registered = RegisteredClaimFactory(statement=MOMENTUM)
    claim = ClaimFactory(statement=MOMENTUM)
    hidden = Claim.objects.filter(pk=registered.pk)

    assert nearly_the_same([claim], hidden=hidden) == {}


def test_a_claim_is_not_like_itself() -> None:
    assert found(ClaimFactory(statement=MOMENTUM)) == []


def test_likeness_lies_between_the_bar_and_one() -> None:
    RegisteredClaimFactory(statement=MOMENTUM)
    claim = ClaimFactory(statement="Russia-China relations keep up their momentum for years.")

    (one,) = nearly_the_same([claim], hidden=NOBODY)[claim.pk]

    assert ALIKE <= one.likeness < 1


def test_queries_do_not_grow_with_the_claims_looked_up() -> None:
    RegisteredClaimFactory(statement=MOMENTUM)
    claims = ClaimFactory.create_batch(40, statement=MOMENTUM)
    counts = []
    for some in (claims[:1], claims):
        with CaptureQueriesContext(connection) as captured:
            nearly_the_same(some, hidden=NOBODY)
        counts.append(len(captured))

    assert counts == [2, 2]


def test_nothing_to_look_up_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as captured:
        assert nearly_the_same([], hidden=NOBODY) == {}

    assert len(captured) == 0
