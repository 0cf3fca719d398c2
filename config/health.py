"""Signs of life for whoever watches the install: `/healthz` and `/readyz`, both JSON."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import KombuError

from claims.keeping_up import keeping_up
from config.celery import app
from config.models import Heartbeat

WORKER_SILENCE = timedelta(minutes=1)
BROKER_SECONDS = 3


@login_not_required
@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """The process is up."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Database, broker and a worker that answered within a minute; 503 where one is missing.

    A matcher that is late is told, and takes no page away from anybody.
    """
    parts = signs()
    ready = all(part == "ok" for part in parts.values())
    parts["matcher"] = matcher_sign() if parts["database"] == "ok" else "cannot be asked"
    return JsonResponse(
        {"status": "ok" if ready else "not ready", **parts}, status=200 if ready else 503
    )


def signs() -> dict[str, str]:
    """What each part says of itself, "ok" where it is. A silent database is asked once only."""
    database = database_sign()
    in_database = settings.CELERY_BROKER_URL.startswith("pgmq")
    return {
        "database": database,
        "broker": database if in_database else broker_sign(),
        "worker": worker_sign() if database == "ok" else "cannot be asked",
    }


def database_sign() -> str:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "does not answer"
    return "ok"


def broker_sign() -> str:
    """Whether the broker takes a connection."""
    try:
        with app.connection_for_write(connect_timeout=BROKER_SECONDS) as link:
            link.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    except (OSError, KombuError):
        return "does not answer"
    return "ok"


def worker_sign() -> str:
    """Whether a worker answered within a minute."""
    try:
        heard = Heartbeat.objects.filter(
            name="worker", at__gte=timezone.now() - WORKER_SILENCE
        ).exists()
    except DatabaseError:
        return "cannot be asked"
    return "ok" if heard else "has not answered for a minute"


def matcher_sign() -> str:
    """Whether events are compared with the open claims as they come; what waits where they are not."""
    try:
        now = keeping_up()
    except DatabaseError:
        return "cannot be asked"
    return f"late: {now.in_words}" if now.is_late() else "ok"
