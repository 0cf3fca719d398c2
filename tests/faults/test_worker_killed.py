"""A worker killed again and again while events arrive: every event is matched exactly once."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.faults.killing import kill_worker
from tests.functional.stack import ROOT, Stack, wait_for

EVENTS = 2000
START = datetime(2026, 3, 1, tzinfo=UTC)
PLACES = ("Omsk", "Harbin", "Perm", "Dalian", "Tomsk", "Wuhan", "Kazan", "Ningbo", "Tver", "Jinan")
GOODS = (
    "timber",
    "grain",
    "coal",
    "copper",
    "cotton",
    "paper",
    "glass",
    "cement",
    "honey",
    "steel",
)


def write_events(path: Path) -> None:
    """Two thousand different events; every tenth speaks of what the demonstration's claims are about."""
    with path.open("w") as lines:
        for number in range(EVENTS):
            place, good = PLACES[number % 10], GOODS[number // 10 % 10]
            title = (
                f"Market note {number:04} of {place}: price of {good} lot {number * 7919 % 9973}"
            )
            if number % 10 == 0:
                title = f"Trade between China and Russia: {good} quota {number:04} set in {place}"
            at = START + timedelta(hours=number)
            row = {"title": title, "date_published": at.isoformat(), "source": "Market Wire"}
            lines.write(json.dumps(row) + "\n")


def matched(install: Stack) -> int:
    return int(install.sql("SELECT count(*) FROM claims_matching")[0][0])


@pytest.mark.faults
def test_every_event_is_matched_exactly_once_when_the_worker_is_killed(
    install: Stack, tmp_path: Path
) -> None:
    path = tmp_path / "events.jsonl"
    write_events(path)
    before = matched(install)
    last = install.sql("SELECT max(id) FROM sources_event")[0][0]

    importing = subprocess.Popen(
        [sys.executable, "manage.py", "import_events", str(path), "--json"],
        cwd=ROOT,
        env=install.environment,
        stdout=subprocess.PIPE,
    )
    kills = 0
    for share in (0.02, 0.3, 0.6):
        wait_for(
            lambda share=share: matched(install) - before > EVENTS * share, seconds=120, pause=0.02
        )
        assert matched(install) - before < EVENTS, "all done before the kill"
        kill_worker(install)
        kills += 1
    summary = json.loads(importing.communicate(timeout=120)[0])
    total = install.sql("SELECT count(*) FROM sources_event")[0][0]
    wait_for(lambda: matched(install) == total, seconds=120)

    assert kills == 3
    assert (summary["stored"], summary["problem_count"]) == (EVENTS, 0)
    assert install.sql("SELECT count(*), count(DISTINCT event_id) FROM claims_matching") == [
        (total, total)
    ]
    # As many suggestions are stored as the comparisons made: none was lost, none came twice.
    ((made, stored),) = install.sql(
        "SELECT (SELECT sum(suggested) FROM claims_matching WHERE event_id > %(last)s), "
        "(SELECT count(*) FROM claims_evidence WHERE event_id > %(last)s)",
        {"last": last},
    )
    assert made == stored > 0
