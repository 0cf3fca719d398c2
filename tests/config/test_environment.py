"""Settings out of the environment."""

import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import broker, conninfo, database, flag, listed, secret_key


def test_database_url_gives_every_part(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(
        "DATABASE_URL", "postgresql://ann:s%40cret@db.example:6543/desk?sslmode=require"
    )

    settings = database(tmp_path)

    assert {
        key: settings[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    } == {
        "NAME": "desk",
        "USER": "ann",
        "PASSWORD": "s@cret",
        "HOST": "db.example",
        "PORT": "6543",
        "OPTIONS": {"sslmode": "require"},
    }


def test_socket_folder_survives_into_the_connection_string(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://postgres@/plumbline?host=/var/lib/desk")

    assert conninfo(database(tmp_path)) == "dbname=plumbline user=postgres host=/var/lib/desk"


def test_unreadable_database_url_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://[broken")

    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL cannot be read"):
        database(tmp_path)


def test_without_database_url_no_server_of_the_machine_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL")

    assert database(tmp_path)["HOST"] == f"{tmp_path}/not-started"


def test_secret_key_must_be_set_where_a_server_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.delenv("EMBEDDED_DATABASE", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example/desk")

    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY must be set"):
        secret_key(tmp_path)


def test_secret_key_of_an_embedded_install_is_made_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("EMBEDDED_DATABASE", "1")

    first = secret_key(tmp_path)

    assert len(first) > 50
    assert secret_key(tmp_path) == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


@contextmanager
def full_disk() -> Iterator[None]:
    """While open, this process can write nothing into any file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_secret_key_that_could_not_be_written_is_made_by_the_next_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("EMBEDDED_DATABASE", "1")

    with full_disk(), pytest.raises(OSError, match="File too large"):
        secret_key(tmp_path)

    assert list(tmp_path.iterdir()) == []
    assert len(secret_key(tmp_path)) > 50


def test_several_at_once_agree_on_one_secret_key(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("EMBEDDED_DATABASE", "1")
    together = Barrier(4)

    def start(_: int) -> str:
        together.wait(10)
        return secret_key(tmp_path)

    with ThreadPoolExecutor(4) as pool:
        keys = list(pool.map(start, range(4)))

    assert keys == [secret_key(tmp_path)] * 4


def test_broker_is_the_database_unless_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("BROKER_URL", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgresql://postgres@/plumbline?host=/var/lib/desk")

    url, options = broker(database(tmp_path))

    assert url == "pgmq://localhost/"
    assert options["conn_string"] == "dbname=plumbline user=postgres host=/var/lib/desk"


def test_rabbitmq_confirms_what_it_took(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BROKER_URL", "amqp://rabbit.example//")

    assert broker(database(tmp_path)) == ("amqp://rabbit.example//", {"confirm_publish": True})


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("Yes", True), ("0", False), ("", False)]
)
def test_flag(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("SOME_FLAG", value)

    assert flag("SOME_FLAG") is expected


def test_listed_leaves_out_empty_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_LIST", "a.example, ,b.example,")

    assert listed("SOME_LIST", default="") == ["a.example", "b.example"]
