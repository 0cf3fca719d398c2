"""What `/healthz` and `/readyz` say, and when."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from config.models import Heartbeat
from config.tasks import beat
from tests.functional.stack import plain_environment

pytestmark = pytest.mark.django_db


def test_healthz_answers_anybody(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_readyz_is_not_ready_when_no_worker_ever_answered(client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {
        "status": "not ready",
        "database": "ok",
        "broker": "ok",
        "worker": "has not answered for a minute",
    }


def test_readyz_is_ready_when_the_worker_just_answered(client: Client) -> None:
    beat()

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


def test_readyz_is_not_ready_when_the_worker_fell_silent(client: Client) -> None:
    beat()
    Heartbeat.objects.update(at=timezone.now() - timedelta(seconds=61))

    assert client.get("/readyz").status_code == 503


def test_heartbeat_is_one_row_however_often_it_beats() -> None:
    beat()
    beat()

    assert Heartbeat.objects.count() == 1


ASKED_WITHOUT_DATABASE = """
import json, threading, django
django.setup()
from django.test import Client
answer = Client(headers={"host": "localhost"}).get("/readyz")
print(json.dumps([answer.status_code, answer.json(), threading.active_count()]))
"""


def test_readyz_answers_at_once_without_database_and_leaves_no_pool_behind() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED_WITHOUT_DATABASE],
        cwd=settings.BASE_DIR,
        env=plain_environment()
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": "postgresql:///desk?host=/nowhere",
            "SECRET_KEY": "only-for-tests",
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=20,
    )

    assert json.loads(done.stdout) == [
        503,
        {
            "status": "not ready",
            "database": "does not answer",
            "broker": "does not answer",
            "worker": "cannot be asked",
        },
        1,
    ]
    assert done.stderr == ""
