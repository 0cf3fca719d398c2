"""`manage.py prepare`: everything a database needs before the processes start. Safe to repeat."""

from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from pgmq.install import install_pgmq_from_sql

from claims.services import load_lexicons
from config.environment import conninfo


class Command(BaseCommand):
    help = "Migrates, installs the message queues where the database is the broker, loads lexicons."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if settings.CELERY_BROKER_URL.startswith("pgmq"):
            install_queues()
        load_lexicons()


def install_queues() -> None:
    """Installs the schema of the message queues, once."""
    with psycopg.connect(conninfo(settings.DATABASES["default"])) as connection:
        found = connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'pgmq'").fetchone()
        if not found:
            install_pgmq_from_sql(conn=connection)
