"""Settings out of the environment."""

import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import (
    broker,
    conninfo,
    database,
    extractor,
    flag,
    listed,
    mailer,
    secret_key,
    site_url,
    whole_number,
)


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


@pytest.mark.parametrize(("value", "expected"), [("", True), ("0", False), ("1", True)])
def test_flag_that_is_on_unless_said_otherwise(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: bool
) -> None:
    monkeypatch.setenv("SOME_FLAG", value)

    assert flag("SOME_FLAG", default=True) is expected


def test_listed_leaves_out_empty_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_LIST", "a.example, ,b.example,")

    assert listed("SOME_LIST", default="") == ["a.example", "b.example"]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that names a language model and no more."""
    for name in ("EXTRACTOR_KEY", "EXTRACTOR_SECONDS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("EXTRACTOR_URL", "http://127.0.0.1:8080/v1/")
    monkeypatch.setenv("EXTRACTOR_MODEL", "tiny")
    return monkeypatch


@pytest.mark.parametrize("url", [None, "", " "])
def test_no_model_reads_unless_one_is_named(model: pytest.MonkeyPatch, url: str | None) -> None:
    if url is None:
        model.delenv("EXTRACTOR_URL")
    else:
        model.setenv("EXTRACTOR_URL", url)

    assert extractor() is None


def test_model_has_an_address_a_name_and_a_minute(model: pytest.MonkeyPatch) -> None:
    assert extractor() == {
        "url": "http://127.0.0.1:8080/v1",
        "model": "tiny",
        "key": "",
        "seconds": 60,
    }


def test_model_may_have_a_key_and_more_time(model: pytest.MonkeyPatch) -> None:
    model.setenv("EXTRACTOR_KEY", "s3cret")
    model.setenv("EXTRACTOR_SECONDS", "600")

    found = extractor()

    assert found is not None
    assert (found["key"], found["seconds"]) == ("s3cret", 600)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("EXTRACTOR_MODEL", "", "EXTRACTOR_MODEL must be set where EXTRACTOR_URL names a server."),
        ("EXTRACTOR_KEY", "a\nb", "EXTRACTOR_KEY holds characters that cannot be sent."),
        ("EXTRACTOR_KEY", "clé", "EXTRACTOR_KEY holds characters that cannot be sent."),
        *(
            (
                "EXTRACTOR_SECONDS",
                value,
                "EXTRACTOR_SECONDS must be a whole number from 1 to 600.",
            )
            for value in ("0", "601", "-1", "1.5", "ten", "9999999")
        ),
        *(
            (
                "EXTRACTOR_URL",
                value,
                "EXTRACTOR_URL must be a web address, such as http://127.0.0.1:8080/v1.",
            )
            for value in (
                "localhost:8080",
                "ftp://model.example/v1",
                "http://",
                "http://model.example:port/v1",
                "http://model.example:99999/v1",
                "http://[::1/v1",
                "http://model example/v1",
                "http://model.example/v1?x=1",
                "http://model.example/v1#x",
            )
        ),
        (
            "EXTRACTOR_URL",
            "http://ann:s3cret@model.example/v1",
            "EXTRACTOR_URL must not hold a user name or password.",
        ),
    ],
)
def test_model_that_cannot_be_asked_is_refused_in_words(
    model: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    model.setenv(name, value)

    with pytest.raises(ImproperlyConfigured) as caught:
        extractor()

    assert str(caught.value) == words


@pytest.mark.parametrize(("text", "number"), [("", 16), (" 4 ", 4), ("64", 64)])
def test_a_whole_number_is_read_or_the_usual_one(
    monkeypatch: pytest.MonkeyPatch, text: str, number: int
) -> None:
    monkeypatch.setenv("FEEDS_AT_ONCE", text)

    assert whole_number("FEEDS_AT_ONCE", default=16, least=1, most=64) == number


@pytest.mark.parametrize("text", ["0", "65", "-1", "many", "1.5", "²", "9" * 5000])
def test_a_number_beyond_its_bounds_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("FEEDS_AT_ONCE", text)

    with pytest.raises(
        ImproperlyConfigured, match="FEEDS_AT_ONCE must be a whole number from 1 to 64"
    ):
        whole_number("FEEDS_AT_ONCE", default=16, least=1, most=64)


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "ssl"),
    [
        ("smtp://ann:s%40cret@mail.example", "mail.example", 587, True, False),
        ("smtps://ann:s%40cret@mail.example", "mail.example", 465, False, True),
        ("smtp+plain://ann:s%40cret@127.0.0.1:2525", "127.0.0.1", 2525, False, False),
    ],
)
def test_mail_url_gives_every_part(
    url: str,
    host: str,
    port: int,
    tls: bool,
    ssl: bool,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("MAIL_URL", url)

    assert mailer(tmp_path) == {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": host,
            "port": port,
            "username": "ann",
            "password": "s@cret",
            "use_tls": tls,
            "use_ssl": ssl,
            "timeout": 20,
        },
    }


def test_mail_without_an_address_goes_to_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("MAIL_URL", raising=False)

    assert mailer(tmp_path)["OPTIONS"] == {"file_path": tmp_path / "mail"}


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_mail_url_of_another_kind_is_refused(
    url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MAIL_URL", url)

    with pytest.raises(ImproperlyConfigured, match="MAIL_URL must be"):
        mailer(tmp_path)


def test_links_in_mail_lead_to_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://desk.example/")
    assert site_url() == "https://desk.example"

    monkeypatch.delenv("SITE_URL")
    monkeypatch.setenv("PORT", "8123")
    assert site_url() == "http://localhost:8123"

    monkeypatch.setenv("SITE_URL", "desk.example")
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        site_url()
