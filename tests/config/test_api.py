"""What holds of every door of the API: who gets in, and how whatever goes wrong is told."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from accounts.api.parsers import MAX_BYTES
from accounts.api.throttling import TokenThrottle
from accounts.models import User
from accounts.permissions import Permission
from accounts.services import revoke_token
from config.views import server_error
from sources.models import Event, Feed
from tests.factories.sources import EventFactory, FeedFactory
from tests.scripts import ITEM, Script, assert_problem

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
SCOPE = re.compile(r"Scope: ([A-Z_]+)\.")


def operations() -> Iterator[tuple[str, str, Permission]]:
    """Every operation that the API describes: method, address, and the scope it says it needs."""
    for path, methods in SchemaGenerator().get_schema(public=True)["paths"].items():
        for method, operation in methods.items():
            [scope] = SCOPE.findall(operation["description"])
            yield method, path.replace("{id}", "1"), Permission[scope]


def ask(script: Script | None, method: str, path: str) -> HttpResponse:
    client = script.client if script else Client()
    headers = script.headers if script else {}
    return client.generic(method.upper(), path, b"{}", "application/json", headers=headers)


def test_every_operation_refuses_whoever_is_nobody(analyst: User) -> None:
    unknown, revoked, expired = Script(analyst), Script(analyst), Script(analyst)
    unknown.headers = {"Authorization": "Bearer plumbline_nobody"}
    revoke_token(token=revoked.token, by=analyst)
    expired = Script(analyst, days=1, at=timezone.now() - timedelta(days=1))
    asked = 0
    for method, path, _ in operations():
        for script, words in (
            (None, "not provided"),
            (unknown, "not known"),
            (revoked, "revoked"),
            (expired, "expired"),
        ):
            answer = ask(script, method, path)
            assert_problem(answer, 401, words)
            assert answer.headers["WWW-Authenticate"] == 'Bearer realm="plumbline"'
            asked += 1
    assert asked >= 40


def test_every_operation_refuses_a_token_without_its_scope(analyst: User) -> None:
    for method, path, needed in operations():
        others = [
            one for one in (Permission.READ_LEDGER, Permission.MANAGE_SOURCES) if one != needed
        ]
        assert_problem(
            ask(Script(analyst, others), method, path), 403, f"do not allow you to {needed}"
        )


def test_every_operation_refuses_an_owner_who_may_no_longer(analyst: User) -> None:
    script = Script(analyst)
    User.objects.filter(pk=analyst.pk).update(roles=[])
    for method, path, needed in operations():
        assert_problem(ask(script, method, path), 403, f"Your roles do not allow you to {needed}")
    User.objects.filter(pk=analyst.pk).update(is_active=False)
    assert_problem(script.get("events/"), 401, "has left")


def test_nothing_is_written_by_whoever_is_refused(reader: User) -> None:
    script = Script(reader)

    assert_problem(script.post("events/", ITEM), 403)
    assert_problem(script.post("feeds/", {"url": "https://a.example/f"}), 403)
    assert not Event.objects.exists()
    assert not Feed.objects.exists()


@pytest.mark.parametrize("header", ["Bearer", "Bearer a b", "Bearer " + "x" * 300, "Bearer \xff"])
def test_a_header_that_holds_no_token_is_refused(header: str) -> None:
    answer = Client().get("/api/v1/events/", headers={"Authorization": header})

    assert_problem(answer, 401)


def test_people_read_by_their_session_and_write_with_its_token(
    sign_in: SignIn, analyst: User, stranger: User
) -> None:
    assert sign_in(analyst).get("/api/v1/events/").json()["results"] == []
    assert_problem(sign_in(stranger).get("/api/v1/events/"), 403)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(analyst)
    refused = strict.post("/api/v1/events/", ITEM, content_type="application/json")
    assert_problem(refused, 403, "CSRF")
    assert not Event.objects.exists()
    page = strict.get(reverse("tokens"))
    token = page.context["csrf_token"]
    stored = strict.post(
        "/api/v1/events/",
        ITEM,
        content_type="application/json",
        headers={"X-CSRFToken": str(token)},
    )
    assert stored.status_code == 201


def test_use_of_a_token_is_noted(analyst: User) -> None:
    script = Script(analyst)
    script.get("events/")
    script.token.refresh_from_db()
    assert timezone.now() - script.token.last_used_at < timedelta(minutes=1)

    with CaptureQueriesContext(connection) as queries:
        script.get("events/")
    assert not [one for one in queries if one["sql"].startswith("UPDATE")]


def test_a_token_that_asks_too_often_is_told_when_to_come_back(
    analyst: User, colleague: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TokenThrottle, "rate", "2/minute", raising=False)
    script, other = Script(analyst), Script(colleague)

    assert [script.get("events/").status_code for _ in range(3)] == [200, 200, 429]
    refused = script.get("events/")
    assert_problem(refused, 429, "throttled")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert other.get("events/").status_code == 200


@pytest.mark.parametrize("path", ["", "events", "nothing/", "events/none/", "events/1/2/"])
def test_an_address_where_nothing_is_answers_as_the_others(path: str) -> None:
    assert_problem(Client().get(f"/api/v1/{path}"), 404, "nothing at this address")


@pytest.mark.parametrize("number", [7, 2**63, 10**40])
def test_a_number_that_nothing_has_is_not_found(analyst: User, number: int) -> None:
    script = Script(analyst)
    for place in ("events", "documents", "feeds"):
        assert_problem(script.get(f"{place}/{number}/"), 404)


def test_methods_types_and_sizes_that_are_not_taken_are_named(analyst: User) -> None:
    script = Script(analyst)

    gone = script.client.delete("/api/v1/events/", headers=script.headers)
    assert_problem(gone, 405, "DELETE")
    assert {"GET", "POST"} <= set(gone.headers["Allow"].split(", "))
    form = script.post_bytes("events/", b"title=x", "application/x-www-form-urlencoded")
    assert_problem(form, 415, "application/x-www-form-urlencoded")
    large = script.post_bytes("events/", b" " * (MAX_BYTES + 1))
    assert_problem(large, 413, "larger than 10 MB")
    assert_problem(script.post_bytes("events/", b" " * (26 * 2**20)), 413)


@pytest.mark.parametrize("kind", ["text/html", "application/xml", "*/*", "nonsense"])
def test_whatever_a_client_would_rather_have_it_gets_json(analyst: User, kind: str) -> None:
    script = Script(analyst)
    script.headers["Accept"] = kind

    assert script.get("events/").headers["Content-Type"] == "application/json"


def test_a_failure_of_ours_is_a_problem_in_the_api_and_a_page_elsewhere() -> None:
    requests = RequestFactory()

    assert_problem(server_error(requests.get("/api/v1/events/")), 500, "server failed")
    assert server_error(requests.get("/events/")).headers["Content-Type"].startswith("text/html")


def test_a_host_that_is_not_ours_is_refused_as_a_problem() -> None:
    client = Client(raise_request_exception=False, headers={"host": "elsewhere.example"})

    assert_problem(client.get("/api/v1/events/"), 400)


def test_the_description_is_for_whoever_may_read(analyst: User, stranger: User) -> None:
    description = Script(analyst, [Permission.READ_LEDGER]).get("schema/")

    assert description.json()["openapi"].startswith("3.")
    assert "/api/v1/events/batch/" in description.json()["paths"]
    assert_problem(Client().get("/api/v1/schema/"), 401)


def test_the_reference_lists_every_operation_without_scripts(
    sign_in: SignIn, reader: User, stranger: User
) -> None:
    page = sign_in(reader).get(reverse("api")).text

    for method, path, _ in operations():
        assert f"{method.upper()} {path.replace('/1/', '/{id}/')}" in page
    assert "unsafe" not in sign_in(reader).get(reverse("api")).headers["Content-Security-Policy"]
    assert sign_in(stranger).get(reverse("api")).status_code == 403


def test_lists_cost_no_more_queries_for_three_rows_than_for_one(analyst: User) -> None:
    script = Script(analyst)
    script.get("events/")
    for place, factory in (("events/", EventFactory), ("feeds/", FeedFactory)):
        costs = []
        for rows in (1, 2):
            factory.create_batch(rows)
            with CaptureQueriesContext(connection) as queries:
                answer = script.get(place)
            costs.append((len(answer.json()["results"]), len(queries)))
        assert costs == [(1, 2), (3, 2)]
