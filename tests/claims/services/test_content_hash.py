"""The content hash: of everything that is locked, and of nothing else."""

import hashlib
import json
from datetime import date
from decimal import Decimal

import pytest

from accounts.models import User
from claims.models import Claim
from claims.services import set_checkpoints
from claims.services.registration import content_hash, content_of
from tests.factories.claims import (
    BaseRateFactory,
    ClaimFactory,
    LexiconFactory,
    RegisteredClaimFactory,
)
from tests.factories.sources import ClaimantFactory, QuoteFactory

pytestmark = pytest.mark.django_db


def test_content_hash_is_of_sorted_canonical_json_whatever_the_order_of_keys() -> None:
    claim = RegisteredClaimFactory()
    turned = dict(reversed(content_of(claim).items()))

    text = json.dumps(turned, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert content_hash(claim) == hashlib.sha256(text.encode()).hexdigest()


def test_content_hash_is_the_same_read_back_from_the_database() -> None:
    claim = ClaimFactory(probability_low=Decimal("0.5"), probability_high=Decimal(1))

    assert content_hash(claim) == content_hash(Claim.objects.get(pk=claim.pk))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("statement", "Trade shrinks."),
        ("speaker", "Petrova"),
        ("said_on", date(2023, 3, 20)),
        ("kind", "event"),
        ("hedge", "probably"),
        ("probability_source", "declared"),
        ("probability_low", Decimal("0.551")),
        ("probability_high", Decimal("0.801")),
        ("horizon", "soon"),
        ("opens_on", date(2023, 3, 22)),
        ("due_earliest", date(2024, 3, 22)),
        ("due_on", date(2026, 3, 22)),
        ("due_latest", date(2028, 3, 22)),
        ("condition", "As long as it rains"),
        ("held_if", "Other words."),
        ("failed_if", "Other words."),
        ("metric", "tonnes"),
        ("threshold", "100"),
        ("judged", "at_due"),
        ("quote", lambda: QuoteFactory(exact="trade")),
        ("claimant", ClaimantFactory),
        ("lexicon", lambda: LexiconFactory(slug="phia", is_active=False)),
        ("base_rate", lambda: BaseRateFactory(probability=Decimal("0.1"))),
    ],
)
def test_content_hash_changes_with_everything_that_is_locked(name: str, value: object) -> None:
    claim = ClaimFactory()
    before = content_hash(claim)

    setattr(claim, name, value() if callable(value) else value)

    assert content_hash(claim) != before


def test_content_hash_changes_with_the_checkpoints(analyst: User) -> None:
    claim = ClaimFactory()
    before = content_hash(claim)

    set_checkpoints(claim=claim, dates=[date(2026, 6, 1)], by=analyst)

    assert content_hash(claim) != before


@pytest.mark.parametrize(("name", "value"), [("stake", 3), ("topics", ["trade"]), ("rank", 0.3)])
def test_content_hash_stays_under_what_is_not_locked(name: str, value: object) -> None:
    claim = ClaimFactory()
    before = content_hash(claim)

    setattr(claim, name, value)

    assert content_hash(claim) == before
