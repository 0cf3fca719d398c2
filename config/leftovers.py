"""What a killed parent leaves behind: its children, named by a note each in the data folder."""

import os
import signal
from contextlib import suppress
from pathlib import Path

import psutil

# Both times come from the same clock, which may be set right in between.
SAME_START_SECONDS = 5
END_SECONDS = 10


def note(path: Path, pid: int) -> None:
    """Notes a child that was just started: its process number and when it started."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(psutil.NoSuchProcess):
        path.write_text(f"{pid} {psutil.Process(pid).create_time()}")


def end_left_over(folder: Path) -> None:
    """Ends every noted child that still runs, with all that it started itself."""
    for path in folder.glob("*"):
        if leader := _still_running(path.read_text()):
            _end_group(leader)
        path.unlink()


def _still_running(text: str) -> psutil.Process | None:
    # A note is cut short where the parent was killed while writing it.
    try:
        pid, started = text.split()
        process = psutil.Process(int(pid))
        same = abs(process.create_time() - float(started)) < SAME_START_SECONDS
    except (ValueError, psutil.Error):
        return None
    return process if same else None


def _end_group(leader: psutil.Process) -> None:
    # Every child leads a group of its own. Nothing is lost by killing it: see docs/adr/0002.
    with suppress(psutil.NoSuchProcess, ProcessLookupError):
        group = [leader, *leader.children(recursive=True)]
        os.killpg(leader.pid, signal.SIGKILL)
        psutil.wait_procs(group, timeout=END_SECONDS)
