"""What `/healthz` and `/readyz` say, and when."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from claims.models import Matching
from config.models import Heartbeat
from config.tasks import beat
from sources.models import Event
from tests.factories.sources import EventFactory
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
        "matcher": "ok",
    }


def test_readyz_is_ready_when_the_worker_just_answered(client: Client) -> None:
    beat()

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


def test_readyz_is_not_ready_when_the_worker_fell_silent(client: Client) -> None:
    beat()
    Heartbeat.objects.update(at=timezone.now() - timedelta(seconds=61))

    assert client.get("/readyz").status_code == 503


def test_readyz_says_that_events_wait_too_long_and_is_ready_all_the_same(client: Client) -> None:
    beat()
    event = EventFactory()
    Event.objects.update(created_at=timezone.now() - timedelta(minutes=6))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert answer.json()["matcher"].startswith("late: 1 event and 0 claims wait to be compared")
    Matching.objects.create(event=event, suggested=0)
    assert client.get("/readyz").json()["matcher"] == "ok"


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
            "matcher": "cannot be asked",
        },
        1,
    ]
    assert done.stderr == ""
