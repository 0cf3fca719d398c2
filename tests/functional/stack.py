"""The whole install as a user starts it: `manage.py up` on a data folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import psycopg
import urllib3

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 150


class Stack:
    """A running install: where it answers, its database, its processes."""

    def __init__(self, data_dir: Path, *, demo: bool = True, **environment: str) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.output = data_dir / "up.log"
        self.environment = plain_environment() | {"DATA_DIR": str(data_dir)} | environment
        self.command = [sys.executable, "manage.py", "up", "--port", str(self.port)]
        if not demo:
            self.command.append("--no-demo")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and waits until it says that it answers."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with self.output.open("ab") as sink:
            start = sink.tell()
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdout=sink, stderr=sink
            )
        wait_for(
            lambda: b"Plumbline answers at" in self.output.read_bytes()[start:] or self.ended(),
            seconds=START_SECONDS,
        )
        assert self.process.poll() is None, self.output.read_text()[-3000:]

    def ended(self) -> bool:
        """Whether the parent has ended."""
        assert self.process is not None
        return self.process.poll() is not None

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Sends the signal and gives the exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(60)

    def pids(self, word: str) -> list[int]:
        """Direct children of the parent whose command line has the word."""
        assert self.process is not None
        return [
            child.pid
            for child in psutil.Process(self.process.pid).children()
            if child.status() != psutil.STATUS_ZOMBIE and word in child.cmdline()
        ]

    def manage(self, *arguments: str) -> str:
        """Runs one command of manage.py against the same data folder, and gives what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def get(self, path: str) -> tuple[int, Any]:
        """Status and JSON of an address."""
        answer = urllib3.request("GET", self.url + path, retries=False, timeout=5)
        return answer.status, json.loads(answer.data)

    def database_url(self) -> str:
        """Where its database answers."""
        if url := self.environment.get("DATABASE_URL"):
            return url
        lines = (self.data_dir / "postgres" / "postmaster.pid").read_text().splitlines()
        return f"postgresql://postgres@/plumbline?host={lines[4]}"

    def sql(self, statement: str, values: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        with psycopg.connect(self.database_url()) as connection:
            return connection.execute(statement, values).fetchall()  # type: ignore[arg-type]


def plain_environment() -> dict[str, str]:
    """This process's environment without what the tests' own settings put there."""
    ours = {"DATABASE_URL", "EMBEDDED_DATABASE", "BROKER_URL", "DATA_DIR", "SECRET_KEY"}
    return {
        name: value
        for name, value in os.environ.items()
        if name not in ours and name != "DJANGO_SETTINGS_MODULE"
    }


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], object], *, seconds: float, pause: float = 0.2) -> None:
    """Waits until the condition holds. Fails where it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not so after {seconds} seconds"
        time.sleep(pause)
