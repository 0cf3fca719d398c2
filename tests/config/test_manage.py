"""`manage.py` says in one line what the environment gets wrong."""

import subprocess
import sys
from pathlib import Path

from tests.functional.stack import ROOT, plain_environment


def refusal(*, python: tuple[str, ...] = (sys.executable,), **environment: str) -> str:
    """What `manage.py check` says as it fails in the given environment."""
    done = subprocess.run(
        [*python, "manage.py", "check"],
        cwd=ROOT,
        env=plain_environment() | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr


def test_unreadable_database_url() -> None:
    assert refusal(DATABASE_URL="nonsense", SECRET_KEY="only-for-tests") == (
        'plumbline: DATABASE_URL cannot be read: missing "=" after "nonsense" in connection info'
        " string\n"
    )


def test_missing_secret_key() -> None:
    assert refusal(DATABASE_URL="postgresql:///desk?host=/nowhere") == (
        "plumbline: SECRET_KEY must be set where DATABASE_URL names a server.\n"
    )


def test_language_model_without_a_name() -> None:
    assert refusal(EXTRACTOR_URL="http://127.0.0.1:8080/v1") == (
        "plumbline: EXTRACTOR_MODEL must be set where EXTRACTOR_URL names a server.\n"
    )


def test_server_that_does_not_answer() -> None:
    said = refusal(DATABASE_URL="postgresql:///desk?host=/nowhere", SECRET_KEY="only-for-tests")

    assert said.startswith("plumbline: The database: ")
    assert said.endswith('"/nowhere/.s.PGSQL.5432" failed: No such file or directory\n')


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "data"

    assert refusal(DATA_DIR=str(folder)) == (
        f"plumbline: The embedded database in {folder} did not start: Not a directory\n"
    )


def test_python_without_the_requirements() -> None:
    # -S leaves the installed packages out, as another Python would.
    said = refusal(python=(sys.executable, "-S"))

    assert said.startswith("plumbline: this Python (")
    assert said.endswith("use .venv/bin/python, which `make run` makes.\n")
