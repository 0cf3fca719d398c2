"""A desk's script in tests: asks the API with a token."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from accounts.permissions import Permission
from accounts.services import make_token
from accounts.tokens import SCOPES

ITEM = {
    "key": "cms-1",
    "title": "Ports of Varn and Ode sign a transit agreement for grain",
    "published_at": "2024-01-12T08:00:00Z",
    "summary": "The agreement of the two ports takes effect in the spring of next year.",
    "publisher": "Harbour Review",
    "language": "en",
}


class Script:
    """Asks as somebody, with a token of theirs."""

    def __init__(
        self,
        owner: User,
        scopes: Sequence[Permission] = SCOPES,
        *,
        days: int = 30,
        at: datetime | None = None,
    ) -> None:
        held = [scope for scope in scopes if owner.can(scope)]
        self.token, self.secret = make_token(name="script", scopes=held, days=days, by=owner, at=at)
        self.headers = {"Authorization": f"Bearer {self.secret}"}
        self.client = Client(raise_request_exception=False)
        # Numbers of tokens come again after a test, and what was counted for them must not.
        cache.clear()

    def get(self, path: str, **query: object) -> HttpResponse:
        """Asks for something."""
        return self.client.get(f"/api/v1/{path}", query, headers=self.headers)

    def post(self, path: str, body: object = None) -> HttpResponse:
        """Sends something as JSON."""
        return self.post_bytes(path, json.dumps(body).encode())

    def patch(self, path: str, body: object) -> HttpResponse:
        """Sends a change as JSON."""
        return self.client.patch(
            f"/api/v1/{path}", body, content_type="application/json", headers=self.headers
        )

    def post_bytes(
        self, path: str, body: bytes, content_type: str = "application/json"
    ) -> HttpResponse:
        """Sends a body as it is."""
        return self.client.post(
            f"/api/v1/{path}", body, content_type=content_type, headers=self.headers
        )


def assert_problem(answer: HttpResponse, status: int, words: str = "") -> dict[str, Any]:
    """The answer is problem details of this status, and its words hold these."""
    body: dict[str, Any] = json.loads(answer.content)
    assert (answer.status_code, answer.headers["Content-Type"], body["status"]) == (
        status,
        "application/problem+json",
        status,
    )
    assert words in json.dumps(body, ensure_ascii=False)
    return body
