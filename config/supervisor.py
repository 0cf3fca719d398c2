"""Runs web, worker and schedule under one parent: starts them, restarts what dies, stops them all."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from config.leftovers import note

# The folder, in the data folder, of the notes on running children.
NOTES = "running"
STOP_SECONDS = 20
# A child that dies this often in a row within this time will not come up by being started again.
MAX_RESTARTS = 5
RESTART_WINDOW_SECONDS = 60


class SupervisorError(Exception):
    """A process cannot be kept running; the message says which, and where its log is."""


@dataclass
class Process:
    """One child: what it is called, how it is started, where it writes, where it is noted."""

    name: str
    command: list[str]
    log: Path
    noted: Path
    running: subprocess.Popen[bytes] | None = None
    restarts: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Starts it in a session of its own, so that Ctrl-C reaches only the parent."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as sink:
            self.running = _spawn(self.command, sink)
        note(self.noted, self.running.pid)

    def restart_if_dead(self) -> None:
        """Starts it again where it ended. Raises SupervisorError where that keeps happening."""
        if self.running is None or self.running.poll() is None:
            return
        now = time.monotonic()
        self.restarts = [at for at in self.restarts if now - at < RESTART_WINDOW_SECONDS] + [now]
        if len(self.restarts) > MAX_RESTARTS:
            raise SupervisorError(f"{self.name} keeps stopping; its log is {self.log}")
        self.start()

    def ask_to_stop(self) -> None:
        """Sends SIGTERM where it still runs."""
        if self.running is not None and self.running.poll() is None:
            self.running.terminate()

    def wait_or_kill(self, deadline: float) -> None:
        """Waits for its end until `deadline` (monotonic seconds), then ends it."""
        if self.running is None:
            return
        try:
            self.running.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()


def processes(*, address: str, port: int, data_dir: Path) -> list[Process]:
    """The three processes of an install on one machine."""
    python = sys.executable
    celery = [python, "-m", "celery", "--app", "config"]
    commands = {
        "web": [
            *[python, "-m", "gunicorn", "config.wsgi", "--bind", f"{address}:{port}"],
            *["--workers", "2", "--threads", "4", "--access-logfile", "-"],
            "--no-control-socket",
        ],
        "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"],
        "schedule": [*celery, "beat", "--schedule", str(data_dir / "schedule"), "--pidfile="],
    }
    return [
        Process(name, command, data_dir / "log" / f"{name}.log", data_dir / NOTES / name)
        for name, command in commands.items()
    ]


def supervise(children: list[Process], *, on_start: Callable[[], None]) -> None:
    """Starts all, calls `on_start`, and keeps them running until it is told to stop; stops all then."""
    with _stop_signal() as stopped:
        try:
            for child in children:
                child.start()
            on_start()
            while not stopped():
                for child in children:
                    child.restart_if_dead()
                time.sleep(0.5)
        except KeyboardInterrupt:
            pass
        finally:
            _stop(children)


def _stop(children: list[Process]) -> None:
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.wait_or_kill(deadline)


def _spawn(command: list[str], sink: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own commands
        command,
        stdin=subprocess.DEVNULL,
        stdout=sink,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


@contextmanager
def _stop_signal() -> Iterator[Callable[[], bool]]:
    """While open, SIGTERM, SIGINT and SIGHUP interrupt whatever runs by KeyboardInterrupt, once."""
    seen: list[int] = []

    def interrupt(number: int, _frame: FrameType | None) -> None:
        first = not seen
        seen.append(number)
        if first:
            raise KeyboardInterrupt

    numbers = [signal.SIGTERM, signal.SIGINT]
    # A closed terminal ends it too, unless it was started with nohup.
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        numbers.append(signal.SIGHUP)
    before = {number: signal.signal(number, interrupt) for number in numbers}
    try:
        yield lambda: bool(seen)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
