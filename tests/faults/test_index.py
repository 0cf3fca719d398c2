"""Claims that are read into the index and compared with the stored events, in processes that die."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.killing import kill_worker
from tests.functional.stack import ROOT, Stack, wait_for

CLAIMS, EVENTS = 120, 120
# Registered in bulk, so no message tells the worker of any of them.
ADD_CLAIMS = """
from datetime import date
from tests.benchmarks.ledger import add_claims
add_claims({count}, due_on=date(2090, 1, 1), first={first})
"""
ADD_EVENTS = """
from tests.benchmarks.wording import statement
from tests.factories.sources import EventFactory
for number in range({first}, {first} + {count}):
    EventFactory(title="Report: " + statement(number), summary="")
"""
# What an index that was never interrupted finds, claim by claim.
WANTED = """
import json
from claims.matching import Index
from claims.models import Claim
from claims.services.index import item_of, targets_of
from sources.models import Event
items = [item_of(event) for event in Event.objects.all()]
claims = Claim.objects.filter(status="registered").select_related("words")
found = [one for claim in claims for one in Index.build(targets_of([claim])).rank(items)]
print(json.dumps(sorted([one.target_id, one.item_id, one.score] for one in found)))
"""
STORED = "SELECT claim_id, event_id, score FROM claims_evidence ORDER BY claim_id, event_id"
# Keeps an index as a worker does; for each line that comes it says what an event meets.
WORKER = """
import json, sys
from datetime import date
from claims.matching import Item
from claims.services.index import open_claims_index
from tests.benchmarks.wording import statement
open_claims_index()
print("ready", flush=True)
for line in sys.stdin:
    found = open_claims_index().rank([Item(1, statement(int(line)), "", date(2026, 3, 1))])
    print(json.dumps([[one.target_id, one.score, one.passage] for one in found]), flush=True)
"""


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Stack]:
    """An install without the demonstration."""
    running = Stack(tmp_path / "bare", demo=False)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def workers(bare: Stack) -> Iterator[list["Indexing"]]:
    running = [Indexing(bare), Indexing(bare)]
    yield running
    for one in running:
        one.end()


class Indexing:
    """A process that keeps an index of the open claims."""

    def __init__(self, install: Stack) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "shell", "-c", WORKER],
            cwd=ROOT,
            env=install.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        while self._line() != "ready":
            assert self.process.poll() is None

    def meets(self, number: int) -> list[Any]:
        """What an event in the words of the statement of this number meets: claim, score, passage."""
        assert self.process.stdin
        self.process.stdin.write(f"{number}\n")
        self.process.stdin.flush()
        return list(json.loads(self._line()))

    def end(self) -> None:
        """Ends the process and waits until it has."""
        self.process.kill()
        self.process.communicate()

    def _line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()


def compared(install: Stack) -> int:
    found = install.sql("SELECT count(*) FROM claims_claim WHERE matched_at IS NOT NULL")
    return int(found[0][0])


@pytest.mark.faults
def test_every_claim_is_compared_once_when_the_worker_is_killed(bare: Stack) -> None:
    bare.manage("shell", "-c", ADD_EVENTS.format(first=0, count=EVENTS))
    wait_for(lambda: bare.sql("SELECT count(*) FROM claims_matching") == [(EVENTS,)], seconds=60)
    bare.manage("shell", "-c", ADD_CLAIMS.format(first=0, count=CLAIMS))

    for share in (0.02, 0.3, 0.6):
        wait_for(lambda share=share: compared(bare) > CLAIMS * share, seconds=120, pause=0.02)
        assert compared(bare) < CLAIMS, "all done before the kill"
        kill_worker(bare)
    wait_for(lambda: compared(bare) == CLAIMS, seconds=120)

    wanted = json.loads(bare.manage("shell", "-c", WANTED).splitlines()[-1])
    stored = [list(row) for row in bare.sql(STORED)]
    assert len(wanted) > CLAIMS
    assert stored == wanted


@pytest.mark.faults
def test_a_registered_claim_is_met_within_five_seconds_in_every_process_and_after_a_restart(
    bare: Stack, workers: list[Indexing]
) -> None:
    assert [one.meets(7) for one in workers] == [[], []]
    bare.manage("shell", "-c", ADD_CLAIMS.format(first=7, count=1))
    registered = time.monotonic()

    found = [one.meets(7) for one in workers]

    assert time.monotonic() - registered < 5
    assert len(found[0]) == 1
    assert found[0] == found[1]
    workers[0].end()
    workers[0] = Indexing(bare)
    assert workers[0].meets(7) == found[0]

    # The worker of the install too, also when it was killed and began anew; nobody sent it a message.
    kill_worker(bare)
    bare.manage("shell", "-c", ADD_EVENTS.format(first=7, count=1))
    wait_for(lambda: compared(bare) == 1 and bare.sql(STORED) != [], seconds=60)
    assert [claim for claim, _, _ in bare.sql(STORED)] == [found[0][0][0]]
