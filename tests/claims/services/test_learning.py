"""Decisions teach the ranking, which is replaced only by one that does better on later decisions."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from django.db import IntegrityError, transaction

from claims.matching import AS_SHIPPED, WEIGHTS
from claims.models import Claim, Evidence, Training
from claims.services import learn, match_waiting_events, rescore_waiting, weights_in_use
from claims.services.index import open_claims_index
from claims.services.learning import FEWEST, WORTH
from tests.claims.events import near
from tests.factories.accounts import UserFactory
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.sources import EventFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, tzinfo=UTC)
TOLD = list(WEIGHTS).index("told")


def decide(count: int, *, start: int = 0, turned: bool = False) -> None:
    """So many decisions, a minute apart, of a desk that goes by the words that are told, or against them."""
    user, claim = UserFactory(), RegisteredClaimFactory()
    chance = np.random.default_rng(start)
    measures = chance.random((count, len(WEIGHTS)))
    accepted = (measures[:, TOLD] > 0.5) != turned
    for number in range(count):
        status = Evidence.Status.ACCEPTED if accepted[number] else Evidence.Status.REJECTED
        link(claim, measures[number], start + number, status, user)


def link(claim: Claim, measures: Iterable[float], minute: int, status: str, user: object) -> None:
    EvidenceFactory(
        claim=claim,
        event=EventFactory(),
        measures=list(map(float, measures)),
        status=status,
        stance=1 if status == Evidence.Status.ACCEPTED else None,
        decided_at=NOW + timedelta(minutes=minute),
        decided_by=user,
    )


def test_a_new_install_ranks_as_shipped() -> None:
    assert weights_in_use() == AS_SHIPPED
    assert learn() is None


def test_too_few_decisions_teach_nothing() -> None:
    decide(FEWEST - 1)

    assert learn() is None
    assert not Training.objects.exists()


def test_what_does_better_comes_into_use() -> None:
    decide(FEWEST)

    training = learn()

    assert training
    assert training.adopted
    assert (training.decisions, training.held_back) == (150, 50)
    assert training.loss_learned < training.loss_in_use
    assert training.concordance_learned > 0.8
    assert weights_in_use()["told"] > AS_SHIPPED["told"]


def test_what_later_decisions_do_not_bear_out_is_not_used() -> None:
    decide(FEWEST)
    learn()
    before = weights_in_use()
    decide(2 * WORTH, start=FEWEST, turned=True)

    training = learn()

    assert training
    assert not training.adopted
    assert weights_in_use() == before


def test_nothing_is_learned_twice_from_the_same_decisions() -> None:
    decide(FEWEST)
    learn()

    assert learn() is None
    decide(WORTH - 1, start=FEWEST)
    assert learn() is None
    assert Training.objects.count() == 1


def test_decisions_of_one_kind_teach_nothing() -> None:
    user, claim = UserFactory(), RegisteredClaimFactory()
    for number in range(FEWEST):
        link(claim, np.ones(len(WEIGHTS)), number, Evidence.Status.REJECTED, user)

    assert learn() is None


def test_weights_of_other_measures_are_not_used() -> None:
    Training.objects.create(
        until=NOW,
        decisions=1,
        held_back=1,
        loss_in_use=1,
        loss_learned=0.5,
        concordance_in_use=0.5,
        concordance_learned=0.6,
        weights={"of_old": 1.0},
        adopted=True,
    )

    assert weights_in_use() == AS_SHIPPED


def test_a_worse_training_cannot_be_in_use() -> None:
    with pytest.raises(IntegrityError, match="training_adopted_when_better"), transaction.atomic():
        Training.objects.create(
            until=NOW,
            decisions=1,
            held_back=1,
            loss_in_use=0.5,
            loss_learned=0.6,
            concordance_in_use=0.5,
            concordance_learned=0.6,
            weights={},
            adopted=True,
        )


def test_what_was_learned_ranks_what_arrives_and_what_waits() -> None:
    RegisteredClaimFactory()
    near()
    match_waiting_events()
    waiting = Evidence.objects.get()
    before, index = waiting.score, open_claims_index()
    decide(FEWEST)

    learn()

    waiting.refresh_from_db()
    odds = weights_in_use().odds(np.array([waiting.measures], dtype=np.float32))
    assert waiting.score == pytest.approx(1 / (1 + np.exp(-odds[0])), abs=1e-4)
    assert waiting.score != before
    assert open_claims_index() is not index


def test_rescoring_changes_nothing_under_the_same_weights() -> None:
    RegisteredClaimFactory()
    near()
    match_waiting_events()
    before = Evidence.objects.get().score

    rescore_waiting()

    assert Evidence.objects.get().score == pytest.approx(before, abs=1e-3)
