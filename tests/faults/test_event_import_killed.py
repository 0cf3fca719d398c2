"""A worker killed again and again while it stores a file, and while it takes the file back."""

import json
from pathlib import Path

import pytest

from tests.faults.killing import kill_worker
from tests.functional.stack import Stack, wait_for

ROWS = 8000
SYLLABLES = ("ba", "ko", "mi", "ru", "te", "lo", "na", "sa", "vi", "du")
BEGIN = """
from pathlib import Path
from sources.services import begin_event_import, start_event_import
path = Path({path!r})
begun = begin_event_import(file=path.open("rb"), name=path.name, size=path.stat().st_size, by=None)
start_event_import(event_import=begun, by=None, columns={{"title": "what", "published": "when"}})
"""
TAKE_BACK = """
from accounts.models import User
from sources.models import EventImport
from sources.services import ask_to_take_back
ask_to_take_back(event_import=EventImport.objects.latest("pk"), by=User.objects.get(username="ada"))
"""


def write_rows(path: Path) -> None:
    """Eight thousand different stories; every hundredth row has no day."""
    with path.open("w") as lines:
        for number in range(ROWS):
            stem = "".join(SYLLABLES[int(digit)] for digit in f"{number:04}")
            words = " ".join(f"{stem}{end}" for end in SYLLABLES[:5])
            lines.write(
                json.dumps({"what": words, "when": "2026-03-01" if number % 100 else ""}) + "\n"
            )


def state(install: Stack) -> dict[str, int]:
    """How far the import is, and what is stored of it."""
    names = ("rows_done", "stored", "known", "problem_count", "removed")
    (row,) = install.sql(f"SELECT {', '.join(names)} FROM sources_eventimport")  # noqa: S608
    return dict(zip(names, row, strict=True))


def stored(install: Stack) -> tuple[int, ...]:
    """Documents, different documents, reports, and reports as events count them."""
    (row,) = install.sql(
        "SELECT (SELECT count(*) FROM sources_document), "
        "(SELECT count(DISTINCT content_hash) FROM sources_document), "
        "(SELECT count(*) FROM sources_eventreport), "
        "(SELECT sum(report_count) FROM sources_event WHERE merged_into_id IS NULL)"
    )
    return tuple(row)


def kill_while(install: Stack, name: str, marks: tuple[int, ...], end: int) -> int:
    """Kills the worker each time that a count has passed a mark; gives how often."""
    for mark in marks:
        wait_for(lambda mark=mark: state(install)[name] > mark, seconds=120, pause=0.02)
        assert state(install)[name] < end, "all done before the kill"
        kill_worker(install)
    return len(marks)


@pytest.mark.faults
def test_file_is_stored_and_taken_back_once_when_the_worker_is_killed(
    install: Stack, tmp_path: Path
) -> None:
    path = tmp_path / "rows.jsonl"
    write_rows(path)
    before, events = stored(install), install.sql("SELECT id FROM sources_event ORDER BY id")
    good = ROWS - ROWS // 100

    install.manage("shell", "-c", BEGIN.format(path=str(path)))
    assert kill_while(install, "rows_done", (0, ROWS // 3, ROWS * 2 // 3), ROWS) == 3
    wait_for(lambda: state(install)["rows_done"] == ROWS, seconds=180)

    assert state(install) == {
        "rows_done": ROWS,
        "stored": good,
        "known": 0,
        "problem_count": ROWS // 100,
        "removed": 0,
    }
    assert stored(install) == tuple(count + good for count in before)
    rows = install.sql("SELECT count(*), count(DISTINCT row) FROM sources_eventimportproblem")
    assert rows == [(ROWS // 100, ROWS // 100)]

    install.manage("shell", "-c", TAKE_BACK)
    assert kill_while(install, "removed", (0, good // 2), good) == 2
    wait_for(
        lambda: install.sql("SELECT status FROM sources_eventimport") == [("gone",)], seconds=180
    )

    assert state(install)["removed"] == good
    assert stored(install) == before
    assert install.sql("SELECT id FROM sources_event ORDER BY id") == events
    assert install.sql("SELECT count(*) FROM sources_eventimportbatch") == [(0,)]
