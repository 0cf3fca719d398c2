"""Settings out of the environment."""

from pathlib import Path

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
