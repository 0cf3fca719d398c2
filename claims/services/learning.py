"""Decisions on suggestions teach the ranking, which is replaced only by a better one."""

import logging
from collections.abc import Sequence
from itertools import batched

import numpy as np
from django.db import transaction
from django.db.models import QuerySet

from accounts.locks import Lock, hold
from claims.matching import AS_SHIPPED, WEIGHTS, Weights
from claims.models import Evidence, Training
from claims.services.noise import cut_to_a_week

# With fewer decisions chance would teach; of either kind some are needed.
FEWEST = 200
FEWEST_OF_A_KIND = 20
# So many new decisions are worth another look.
WORTH = 50
# The newest decisions are held back: whoever learns from the past is judged by what came after.
HELD_BACK = 0.25
# More would not change what is learned, only what it costs.
MOST = 20_000
BATCH = 5_000
BIAS = ""
SAY_NOTHING = [Evidence.RejectReason.DUPLICATE, Evidence.RejectReason.OUTSIDE_WINDOW]

logger = logging.getLogger(__name__)

type Decided = tuple[np.ndarray, np.ndarray]


def weights_in_use() -> Weights:
    """The weights that were learned last, or those that Plumbline comes with."""
    last = Training.objects.adopted().first()
    if last is None or last.weights.keys() != {*WEIGHTS, BIAS}:
        # Learned of other measures, before an upgrade.
        return AS_SHIPPED
    values = dict(last.weights)
    return Weights({name: values[name] for name in WEIGHTS}, values[BIAS])


@transaction.atomic
def learn() -> Training | None:
    """Fits weights to the decisions and takes them into use where they do better on the newest ones.

    Returns None where too little was decided, or too little since the last time. Two workers at once
    keep one training.
    """
    decisions = _decisions()
    if not _worth_it(decisions):
        return None
    decided = list(decisions.only("status", "measures", "decided_at")[:MOST])[::-1]
    split = round(len(decided) * (1 - HELD_BACK))
    taught, asked = _arrays(decided[:split]), _arrays(decided[split:])
    if not _both_kinds(taught) or not _both_kinds(asked):
        return None
    training = _compared(taught, asked, weights_in_use())
    training.until = max(one.decided_at for one in decided if one.decided_at)
    made = Training.objects.bulk_create([training], ignore_conflicts=True)
    logger.info("the ranking learned from %s decisions: %s", training.decisions, training.adopted)
    if training.adopted:
        # What others score by the weights before is stored by then, and scored again.
        hold(Lock.WEIGHTS)
        rescore_waiting()
    return made[0]


def rescore_waiting() -> None:
    """Gives what waits in the inbox the scores of the weights in use."""
    weights = weights_in_use()
    waiting = Evidence.objects.filter(status=Evidence.Status.SUGGESTED, measures__len=len(WEIGHTS))
    claims = set()
    for batch in batched(waiting.only("claim_id", "measures").iterator(BATCH), BATCH):
        odds = weights.odds(np.array([one.measures for one in batch], dtype=np.float32))
        for one, score in zip(batch, 1 / (1 + np.exp(-odds)), strict=True):
            one.score = round(float(score), 4)
        Evidence.objects.bulk_update(batch, ["score"], batch_size=1000)
        claims |= {one.claim_id for one in batch}
    cut_to_a_week(claims)


def _decisions() -> QuerySet[Evidence]:
    """Decided suggestions whose measures are known, the newest first.

    What is a duplicate, or came at the wrong time, may bear all the same.
    """
    decided = Evidence.objects.exclude(status=Evidence.Status.SUGGESTED)
    decided = decided.exclude(reject_reason__in=SAY_NOTHING)
    return decided.filter(measures__len=len(WEIGHTS)).order_by("-decided_at", "-pk")


def _worth_it(decisions: QuerySet[Evidence]) -> bool:
    """Asked every few minutes, so it counts and reads none of them."""
    if decisions.count() < FEWEST:
        return False
    last = Training.objects.first()
    return last is None or decisions.filter(decided_at__gt=last.until).count() >= WORTH


def _arrays(decided: Sequence[Evidence]) -> Decided:
    measures = np.array([one.measures for one in decided], dtype=np.float32)
    accepted = np.array([one.status == Evidence.Status.ACCEPTED for one in decided], dtype=float)
    return measures, accepted


def _both_kinds(decided: Decided) -> bool:
    accepted = decided[1].sum()
    return bool(min(accepted, len(decided[1]) - accepted) >= FEWEST_OF_A_KIND)


def _compared(taught: Decided, asked: Decided, in_use: Weights) -> Training:
    # scipy takes a while to load, and only this needs it.
    from claims.matching.learning import concordance, learned, log_loss  # noqa: PLC0415

    weights = learned(*taught, start=in_use)
    training = Training(
        decisions=len(taught[1]),
        held_back=len(asked[1]),
        loss_in_use=log_loss(*asked, in_use),
        loss_learned=log_loss(*asked, weights),
        concordance_in_use=concordance(*asked, in_use),
        concordance_learned=concordance(*asked, weights),
        weights={**weights.values, BIAS: weights.bias},
    )
    training.adopted = (
        training.loss_learned < training.loss_in_use
        and training.concordance_learned >= training.concordance_in_use
    )
    return training
