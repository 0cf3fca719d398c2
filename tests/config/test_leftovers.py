"""Children of a killed parent are ended, and nobody else."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import psutil
import pytest

from config.leftovers import end_left_over, note

# Starts a child of its own, says so, and waits.
FAMILY = """
import subprocess, sys
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def start() -> Iterator[Callable[[], tuple[subprocess.Popen[str], psutil.Process]]]:
    """Starts a process that has a child, in a group of its own."""
    with ExitStack() as running:

        def started() -> tuple[subprocess.Popen[str], psutil.Process]:
            process = running.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", FAMILY],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    start_new_session=True,
                )
            )
            running.callback(_kill_group, process.pid)
            return process, psutil.Process(int(process.stdout.readline()))

        yield started


def _kill_group(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


type Start = Callable[[], tuple[subprocess.Popen[str], psutil.Process]]


def test_whole_group_of_a_noted_process_is_ended(start: Start, tmp_path: Path) -> None:
    process, child = start()
    note(tmp_path / "web", process.pid)

    end_left_over(tmp_path)

    assert not psutil.pid_exists(process.pid)
    # Nobody may have buried the child.
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
    assert list(tmp_path.iterdir()) == []


def test_another_process_of_the_same_number_is_left_alone(start: Start, tmp_path: Path) -> None:
    process, child = start()
    (tmp_path / "web").write_text(f"{process.pid} {child.create_time() - 60}")

    end_left_over(tmp_path)

    assert process.poll() is None
    assert child.is_running()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "4711", "not a number"])
def test_a_note_cut_short_stops_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "web").write_text(text)

    end_left_over(tmp_path)

    assert list(tmp_path.iterdir()) == []
