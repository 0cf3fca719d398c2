"""The web process of an install on the benchmarks' database, and people who visit it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from urllib.parse import quote, urlsplit

import urllib3
from django.conf import settings
from django.db import connection
from django.test import Client

from accounts.models import User
from tests.benchmarks.database import ROOT
from tests.functional.stack import free_port

START_SECONDS = 60
TOKEN = "b" * 32


@contextmanager
def served() -> Iterator[str]:
    """Gives the address of a web process as `manage.py up` starts it; it stops at the end."""
    port = free_port()
    at = connection.settings_dict
    environment = os.environ | {
        "DATABASE_URL": f"postgresql://postgres@/{at['NAME']}?host={quote(at['HOST'])}",
        "SECRET_KEY": settings.SECRET_KEY,
        "LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [*command, "--workers", "2", "--threads", "4", "--no-control-socket"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/healthz")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(url: str) -> None:
    deadline = monotonic() + START_SECONDS
    while monotonic() < deadline:
        try:
            if urllib3.request("GET", url, retries=False, timeout=5).status == 200:
                return
        except urllib3.exceptions.HTTPError:
            pass
        sleep(0.3)
    raise RuntimeError(f"{url} did not answer in {START_SECONDS} seconds.")


class Visitor:
    """Somebody signed in at a running install."""

    def __init__(self, address: str, user: User) -> None:
        browser = Client()
        browser.force_login(user)
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        self._address = address
        self._pool = urllib3.PoolManager(maxsize=2)
        self._headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
        }

    def get(self, path: str) -> None:
        """Asks for a page. Raises RuntimeError where it does not come."""
        answer = self._pool.request("GET", self._address + path, headers=self._headers)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}.")

    def post(self, path: str, **fields: str) -> str:
        """Presses a button, and gives the address of the page that follows."""
        answer = self._pool.request(
            "POST",
            self._address + path,
            fields=fields,
            headers=self._headers,
            encode_multipart=False,
            redirect=False,
        )
        if answer.status != 302:
            raise RuntimeError(f"{path} answered {answer.status}.")
        return urlsplit(answer.headers["Location"]).path
