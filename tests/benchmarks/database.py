"""A database of the benchmarks' own: embedded, in var/bench, made new for each run."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from config.embedded import ensure_database

ROOT = Path(__file__).resolve().parents[2]


def prepare() -> None:
    """Starts the server and Django. Before this nothing of the rooms can be imported."""
    os.environ["DATA_DIR"] = str(ROOT / "var" / "bench")
    os.environ["BROKER_URL"] = "memory://"
    os.environ.setdefault("SECRET_KEY", "only-for-benchmarks")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    ensure_database(ROOT / "var" / "bench", durable=False)
    django.setup()


@contextmanager
def tables() -> Iterator[None]:
    """Empty tables, dropped at the end."""
    from django.test.utils import (  # noqa: PLC0415
        setup_databases,
        setup_test_environment,
        teardown_databases,
        teardown_test_environment,
    )

    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)
        teardown_test_environment()


@contextmanager
def rolled_back() -> Iterator[None]:
    """Nothing that is written inside stays."""
    from django.db import transaction  # noqa: PLC0415

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def analyse() -> None:
    """Tells the planner what was just loaded, as autovacuum would have by the time people work."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
