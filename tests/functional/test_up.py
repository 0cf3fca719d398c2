"""`manage.py up` from outside: it starts, answers, survives, stops, and says what is wrong."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import urllib3

from tests.functional.stack import ROOT, Stack, free_port, plain_environment, wait_for

NAME = "plumbline.example"


def get(install: Stack, path: str) -> tuple[int, object]:
    """Status and JSON of an address of the install, asked for by its name."""
    answer = urllib3.request(
        "GET", install.url + path, headers={"Host": NAME}, retries=False, timeout=5
    )
    return answer.status, answer.json()


def alive(process: psutil.Process) -> bool:
    """Whether it runs: nobody may have buried one whose parent was killed."""
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


@pytest.fixture(scope="module")
def install(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """An install of its own, since these tests kill and stop it; it answers to one name only."""
    running = Stack(tmp_path_factory.mktemp("up"), demo=False, ALLOWED_HOSTS=NAME)
    running.start()
    yield running
    if not running.ended():
        running.stop()


def test_ready_when_it_says_so(install: Stack) -> None:
    assert get(install, "/healthz") == (200, {"status": "ok"})
    assert get(install, "/readyz") == (
        200,
        {"status": "ok", "database": "ok", "broker": "ok", "worker": "ok", "matcher": "ok"},
    )


def test_killed_web_process_is_started_again(install: Stack) -> None:
    (pid,) = install.pids("gunicorn")

    os.killpg(pid, signal.SIGKILL)

    wait_for(lambda: install.pids("gunicorn") not in ([], [pid]), seconds=20)

    def answers() -> bool:
        try:
            return get(install, "/healthz")[0] == 200
        except Exception:  # noqa: BLE001 - not yet listening
            return False

    wait_for(answers, seconds=30)


def test_taken_port_gives_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "manage.py", "up", "--port", port],
            cwd=ROOT,
            env=plain_environment() | {"DATA_DIR": str(tmp_path / "data")},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    assert done.returncode == 1
    assert done.stderr.strip().count("\n") == 0
    assert f"Port {port} of 127.0.0.1 cannot be used" in done.stderr


def test_a_second_one_on_the_folder_is_refused_in_one_line(install: Stack) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "up", "--no-demo", "--port", str(free_port())],
        cwd=ROOT,
        env=install.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 1
    assert done.stderr == (
        f"CommandError: Plumbline runs already on the folder {install.data_dir}.\n"
    )


def test_children_of_a_killed_parent_are_ended_by_the_next(install: Stack) -> None:
    children = psutil.Process(install.process.pid).children(recursive=True)
    install.stop(signal.SIGKILL)
    assert any(child.is_running() for child in children)

    install.start()

    assert [child for child in children if alive(child)] == []
    assert get(install, "/healthz")[0] == 200


def test_stop_ends_every_child_and_the_database_and_loses_nothing(install: Stack) -> None:
    children = psutil.Process(install.process.pid).children(recursive=True)
    before = install.sql("SELECT count(*), max(id) FROM claims_lexiconentry")

    assert install.stop(signal.SIGTERM) == 0

    assert [child for child in children if child.is_running()] == []
    assert not (install.data_dir / "postgres" / "postmaster.pid").exists()
    install.start()
    assert install.sql("SELECT count(*), max(id) FROM claims_lexiconentry") == before
    assert install.stop(signal.SIGINT) == 0
