"""Reads the environment into typed settings, with a clear error where something is missing."""

import os
import re
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

MAIL_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


def flag(name: str, *, default: bool = False) -> bool:
    """True where the variable says 1, true, yes or on; the default where it is not set."""
    said = os.environ.get(name, "").lower()
    return said in {"1", "true", "yes", "on"} if said else default


def whole_number(name: str, *, default: int, least: int, most: int) -> int:
    """The variable as a whole number between two bounds."""
    text = os.environ.get(name, "").strip() or str(default)
    if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most:,}.")
    return int(text)


def listed(name: str, *, default: str) -> list[str]:
    """A comma-separated variable as a list without empty parts."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def rate(name: str, *, default: str) -> str:
    """How often something may be done, as in 600/minute."""
    written = os.environ.get(name, "").strip() or default
    if not re.fullmatch("[1-9][0-9]{0,8}/(second|minute|hour|day)", written):
        raise ImproperlyConfigured(f"{name} must be a number of times, such as 600/minute.")
    return written


def secret_key(data_dir: Path) -> str:
    """SECRET_KEY, or for an install on the embedded database one made once and kept in its data folder."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    if "DATABASE_URL" in os.environ and "EMBEDDED_DATABASE" not in os.environ:
        raise ImproperlyConfigured("SECRET_KEY must be set where DATABASE_URL names a server.")
    path = data_dir / "secret-key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        _write_once(path, secrets.token_urlsafe(50))
    return path.read_text()


def _write_once(path: Path, text: str) -> None:
    # Whole or not at all, and the first of two processes wins: a link appears at once or is refused.
    # The temporary file can be read by its owner alone.
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=path.name) as draft:
        draft.write(text)
        draft.flush()
        os.fsync(draft.fileno())
        with suppress(FileExistsError):
            os.link(draft.name, path)


def database(data_dir: Path) -> dict[str, Any]:
    """Django's database setting from DATABASE_URL.

    `config.embedded` sets the variable where it is missing. What stands in for it here is an address
    nobody listens on, so that a server that happens to run on the machine is never used by accident.
    """
    url = os.environ.get("DATABASE_URL") or f"postgresql:///plumbline?host={data_dir}/not-started"
    try:
        parts: dict[str, Any] = dict(conninfo_to_dict(url))
    except ProgrammingError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {str(error).strip()}") from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "plumbline"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": parts,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def conninfo(settings: dict[str, Any]) -> str:
    """A libpq connection string, key=value form, for a Django database setting."""
    parts = {
        "dbname": settings["NAME"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "host": settings["HOST"],
        "port": settings["PORT"],
        **settings["OPTIONS"],
    }
    return make_conninfo("", **{key: value for key, value in parts.items() if value})


def broker(settings: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Celery's broker address and options: BROKER_URL, or message queues in the database itself."""
    if url := os.environ.get("BROKER_URL"):
        return url, {"confirm_publish": True} if url.startswith("amqp") else {}
    return "pgmq://localhost/", {
        # The address only names the transport: its URL form loses a socket folder given as host.
        "conn_string": conninfo(settings),
        # `manage.py prepare` installs the schema; the extension itself is not needed.
        "init_extension": False,
        "polling_interval": 0.2,
        "wait_time_seconds": 0,
        # A killed worker's tasks come back after this many seconds; every task is idempotent.
        "visibility_timeout": 60,
        "pool_size": 2,
    }


def extractor() -> dict[str, Any] | None:
    """The language model that proposes claims: url, model, key, seconds; None without EXTRACTOR_URL."""
    url = os.environ.get("EXTRACTOR_URL", "").strip().rstrip("/")
    if not url:
        return None
    _check_web_address("EXTRACTOR_URL", url)
    model = os.environ.get("EXTRACTOR_MODEL", "").strip()
    if not model:
        raise ImproperlyConfigured(
            "EXTRACTOR_MODEL must be set where EXTRACTOR_URL names a server."
        )
    key = os.environ.get("EXTRACTOR_KEY", "").strip()
    if not (key.isascii() and key.isprintable()):
        raise ImproperlyConfigured("EXTRACTOR_KEY holds characters that cannot be sent.")
    seconds = whole_number("EXTRACTOR_SECONDS", default=60, least=1, most=600)
    return {"url": url, "model": model, "key": key, "seconds": seconds}


def mailer(data_dir: Path) -> dict[str, Any]:
    """How mail leaves: by MAIL_URL (smtp, which turns to TLS, smtps or smtp+plain); into files without it."""
    url = os.environ.get("MAIL_URL", "").strip()
    if not url:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"BACKEND": backend, "OPTIONS": {"file_path": data_dir / "mail"}}
    parts = urlsplit(url)
    if parts.scheme not in MAIL_PORTS or not parts.hostname:
        raise ImproperlyConfigured("MAIL_URL must be as in smtp://user:password@mail.example:587.")
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or MAIL_PORTS[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp",
            "use_ssl": parts.scheme == "smtps",
            "timeout": 20,
        },
    }


def site_url() -> str:
    """Where people open this install, for links in mail; without a slash at the end."""
    port = os.environ.get("PORT") or "8000"
    url = (os.environ.get("SITE_URL", "").strip() or f"http://localhost:{port}").rstrip("/")
    _check_web_address("SITE_URL", url)
    return url


def _check_web_address(name: str, url: str) -> None:
    try:
        parts = urlsplit(url)
        is_one = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_one = False
    if not (is_one and url.isascii() and url.isprintable()) or set(url) & set(" \\?#"):
        raise ImproperlyConfigured(
            f"{name} must be a web address, such as http://127.0.0.1:8080/v1."
        )
    if "@" in parts.netloc:
        raise ImproperlyConfigured(f"{name} must not hold a user name or password.")
