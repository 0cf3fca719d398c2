"""How processes of an install are killed."""

import os
import signal

from tests.functional.stack import Stack, wait_for


def kill_worker(install: Stack) -> None:
    """Kills the worker with all its children, as a power cut would."""
    wait_for(lambda: install.pids("worker"), seconds=30)
    (pid,) = install.pids("worker")
    os.killpg(pid, signal.SIGKILL)
