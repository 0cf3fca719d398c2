"""Words and weights that change while events are being compared with the index as it was."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event as Signal

import numpy as np
import pytest
from django.db import connection, transaction

from accounts.models import User
from claims.models import Evidence
from claims.services import (
    learn,
    match_registered_claim,
    match_waiting_events,
    set_claim_words,
    weights_in_use,
)
from tests.claims.events import near
from tests.claims.services.test_learning import decide
from tests.factories.claims import RegisteredClaimFactory
from tests.functional.stack import wait_for

pytestmark = pytest.mark.usefixtures("transactional_db")

PATIENCE = 30
WAITING = """
SELECT 1 FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'advisory'
"""


@contextmanager
def comparing(pool: ThreadPoolExecutor) -> Iterator[None]:
    """Another worker has compared the waiting events, and stores what it found at the end."""
    compared, store = Signal(), Signal()

    def work() -> None:
        with transaction.atomic():
            assert match_waiting_events() > 0
            compared.set()
            assert store.wait(PATIENCE)

    running = begin(pool, work)
    assert compared.wait(PATIENCE) or running.result(0)
    yield
    store.set()
    running.result(PATIENCE)


def begin[T](pool: ThreadPoolExecutor, work: Callable[[], T]) -> Future[T]:
    """Begins it on a connection of its own."""

    def on_its_own() -> T:
        try:
            return work()
        finally:
            connection.close()

    return pool.submit(on_its_own)


def until_it_waits_or_ends(running: Future[object]) -> None:
    """Until it is done, or waits for a lock that another worker holds."""

    def waits() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            return running.done() or cursor.fetchone() is not None

    wait_for(waits, seconds=PATIENCE, pause=0.02)


def test_nothing_is_left_that_words_bar_which_were_set_while_events_were_compared(
    analyst: User,
) -> None:
    claim, other = RegisteredClaimFactory.create_batch(2)
    near()

    with ThreadPoolExecutor(2) as pool:
        with comparing(pool):
            set_claim_words(claim=claim, never=["two ports"], by=analyst)
            again = begin(pool, lambda: match_registered_claim(claim=claim))
            until_it_waits_or_ends(again)
        assert again.result(PATIENCE) == 0

    assert Evidence.objects.get().claim == other


def test_what_is_compared_while_the_ranking_learns_has_the_scores_of_what_it_learned() -> None:
    near()
    decide(200)

    with ThreadPoolExecutor(2) as pool:
        with comparing(pool):
            learning = begin(pool, learn)
            until_it_waits_or_ends(learning)
        training = learning.result(PATIENCE)

    assert training
    assert training.adopted
    waiting = list(Evidence.objects.filter(status="suggested"))
    assert waiting
    odds = weights_in_use().odds(np.array([one.measures for one in waiting]))
    assert [one.score for one in waiting] == pytest.approx(1 / (1 + np.exp(-odds)), abs=1e-3)
