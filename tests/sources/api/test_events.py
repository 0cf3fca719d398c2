"""Events and documents over the API: read, narrowed, paged, and pushed."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from sources.models import Document, Event, EventReport
from sources.services import mark_event
from tests.factories.sources import (
    DocumentFactory,
    EventFactory,
    PublisherFactory,
    QuoteFactory,
)
from tests.scripts import ITEM, Script, assert_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def script(analyst: User) -> Script:
    return Script(analyst)


def titles(script: Script, **query: object) -> list[str]:
    return [row["title"] for row in script.get("events/", **query).json()["results"]]


def test_an_event_is_told_with_who_reported_it(script: Script) -> None:
    event = EventFactory(
        title="The ports sign",
        occurred_on=date(2024, 1, 11),
        first_reported_at=datetime(2024, 1, 12, 8, tzinfo=UTC),
    )
    [report] = event.reports.all()
    publisher = report.document.publisher

    answer = script.get(f"events/{event.pk}/").json()

    assert answer.pop("created_at")
    assert answer == {
        "id": event.pk,
        "title": "The ports sign",
        "summary": "Trade between the two ports grew.",
        "occurred_on": "2024-01-11",
        "first_reported_at": "2024-01-12T08:00:00Z",
        "language": "en",
        "report_count": 1,
        "mark": "",
        "merged_into": None,
        "reports": [
            {
                "document": report.document_id,
                "title": "The ports sign",
                "url": "",
                "language": "en",
                "publisher": {
                    "id": publisher.pk,
                    "name": publisher.name,
                    "domain": publisher.domain,
                    "reliability": "",
                },
                "published_at": "2024-01-12T08:00:00Z",
            }
        ],
    }


def test_events_are_narrowed_by_words_days_publisher_and_language(script: Script) -> None:
    wire = PublisherFactory(name="The Wire", domain="wire.example")
    for number, (title, language, publisher) in enumerate(
        [("Grain", "en", wire), ("Corn", "en-GB", None), ("Weizen", "de", None)]
    ):
        moment = datetime(2024, 1, 10 + number, 23, 59, tzinfo=UTC)
        document = DocumentFactory(origin="file", title=title, publisher=publisher)
        EventFactory(title=title, language=language, first_reported_at=moment, report=document)

    assert titles(script) == ["Weizen", "Corn", "Grain"]
    assert titles(script, words="GRAINS") == ["Grain"]
    assert titles(script, words="corn or grain") == ["Corn", "Grain"]
    assert titles(script, reported_from="2024-01-11") == ["Weizen", "Corn"]
    assert titles(script, reported_to="2024-01-11") == ["Corn", "Grain"]
    assert titles(script, language="en") == ["Corn", "Grain"]
    for named in (wire.pk, "the wire", "wire.example"):
        assert titles(script, publisher=named) == ["Grain"]
    assert titles(script, publisher=10**30) == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"reported_from": "yesterday"}, "reported_from"),
        ({"reported_to": "2024-02-31"}, "reported_to"),
        ({"words": "a\0b"}, "words"),
        ({"words": "x" * 201}, "words"),
        ({"fields": "title,secret"}, "fields"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"cursor": "cD1hYmM="}, "cursor"),
        ({"cursor": "é"}, "cursor"),
    ],
)
def test_a_parameter_that_is_not_right_is_named(
    script: Script, query: dict[str, str], field: str
) -> None:
    EventFactory()

    problem = assert_problem(script.get("events/", **query), 400)

    assert [one["field"] for one in problem["errors"]] == [field]


def test_pages_hold_every_event_once_though_others_arrive(script: Script) -> None:
    events = EventFactory.create_batch(5)

    seen: list[int] = []
    answer = script.get("events/", page_size=2).json()
    while True:
        seen += [row["id"] for row in answer["results"]]
        if not answer["next"]:
            break
        EventFactory()
        answer = script.client.get(answer["next"], headers=script.headers).json()

    assert seen == [event.pk for event in reversed(events)]
    assert answer["previous"]


def test_only_the_members_asked_for_are_told(script: Script) -> None:
    event = EventFactory()

    assert script.get("events/", fields="id, title").json()["results"] == [
        {"id": event.pk, "title": event.title}
    ]
    detail = script.get(f"events/{event.pk}/", fields="reports").json()
    assert list(detail) == ["reports"]
    assert detail["reports"][0]["publisher"]["name"]


def test_a_merged_event_is_left_out_of_lists_and_names_the_other(script: Script) -> None:
    first, second = EventFactory.create_batch(2)
    Event.objects.filter(pk=second.pk).update(merged_into=first)

    assert titles(script) == [first.title]
    assert script.get(f"events/{second.pk}/").json()["merged_into"] == first.pk


def test_three_reports_cost_no_more_queries_than_one(script: Script) -> None:
    event = EventFactory()
    script.get("events/")
    costs = []
    for more in (0, 2):
        for document in DocumentFactory.create_batch(more, origin="feed"):
            EventReport.objects.create(event=event, document=document)
        with CaptureQueriesContext(connection) as queries:
            answer = script.get(f"events/{event.pk}/")
        costs.append((len(answer.json()["reports"]), len(queries)))
    assert costs == [(1, 3), (3, 3)]


def test_a_document_is_told_as_it_was_taken(script: Script) -> None:
    event = EventFactory()
    [report] = event.reports.all()

    answer = script.get(f"documents/{report.document_id}/").json()

    document = report.document
    assert (answer["id"], answer["event"], answer["content_hash"]) == (
        *(document.pk, event.pk),
        document.content_hash,
    )
    assert (answer["title"], answer["text"], answer["origin"]) == (
        *(document.title, document.text),
        "file",
    )


@pytest.mark.parametrize("origin", ["paste", "upload", "page", "excerpt"])
def test_articles_may_tell_what_is_hidden_and_are_left_out(script: Script, origin: str) -> None:
    event = EventFactory()
    article = DocumentFactory(origin=origin)
    EventReport.objects.create(event=event, document=article)

    assert_problem(script.get(f"documents/{article.pk}/"), 404)
    assert article.title not in script.get(f"events/{event.pk}/").content.decode()


def test_a_text_that_claims_quote_is_left_out_in_every_version(script: Script) -> None:
    page = {"origin": "feed", "url": "https://a.example/1", "url_key": "a.example/1"}
    old = DocumentFactory(**page)
    new = DocumentFactory(**page, previous=old)
    assert script.get(f"documents/{new.pk}/").status_code == 200

    QuoteFactory(document=old)

    for document in (old, new):
        assert_problem(script.get(f"documents/{document.pk}/"), 404)


def test_an_event_does_not_say_what_a_text_says_that_is_left_out(script: Script) -> None:
    publisher = PublisherFactory(name="Port Review")
    report = DocumentFactory(origin="feed", publisher=publisher)
    event = EventFactory(report=report, summary=report.text)
    QuoteFactory(document=report)

    shown = script.get(f"events/{event.pk}/").json()
    (listed,) = script.get("events/").json()["results"]

    assert (shown["summary"], shown["reports"], listed["summary"]) == ("", [], "")
    assert (shown["title"], listed["title"]) == ("", "")
    assert titles(script, words=event.title) == titles(script, words="Orlov") == []
    assert titles(script, publisher="Port Review") == []


def test_a_title_that_another_report_has_in_the_open_is_told(script: Script) -> None:
    event = EventFactory(title="The ports sign", summary="Orlov is behind it.")
    quoted = DocumentFactory(origin="feed", title="Orlov speaks")
    EventReport.objects.create(event=event, document=quoted)
    QuoteFactory(document=quoted)

    (listed,) = script.get("events/").json()["results"]

    assert (listed["title"], listed["summary"]) == ("The ports sign", "")
    assert titles(script, words="ports") == ["The ports sign"]
    assert titles(script, words="Orlov") == []


@pytest.mark.parametrize("hidden", ["Orlov", "Petrov"])
def test_words_that_are_not_told_are_not_found_out_by_leaving_them_out(
    script: Script, hidden: str
) -> None:
    event = EventFactory(title="The ports sign", summary=f"{hidden} is behind it.")
    quoted = DocumentFactory(origin="feed", title="Somebody speaks")
    EventReport.objects.create(event=event, document=quoted)
    told = EventFactory(title="Ports close", summary="Orlov left.")
    QuoteFactory(document=quoted)

    assert titles(script, words="ports -Orlov") == ["The ports sign"]
    assert titles(script, words="ports") == [told.title, "The ports sign"]
    assert titles(script, words="ports -sign") == [told.title]


def test_a_mark_is_told(script: Script, analyst: User) -> None:
    event, other = EventFactory(title="The ports sign"), EventFactory(title="Rain")
    mark_event(event=event, kind="retracted", words="Made up.", by=analyst)

    rows = script.get("events/").json()["results"]

    assert {row["title"]: row["mark"] for row in rows} == {
        "The ports sign": "retracted",
        "Rain": "",
    }
    assert script.get(f"events/{event.pk}/").json()["mark"] == "retracted"
    assert script.get(f"events/{other.pk}/", fields="mark").json() == {"mark": ""}


def test_pushing_one_event_answers_201_and_then_200(script: Script) -> None:
    first, again = script.post("events/", ITEM), script.post("events/", ITEM)

    event, document = Event.objects.get(), Document.objects.get()
    told = {"key": "cms-1", "event": event.pk, "document": document.pk, "problems": []}
    assert (first.status_code, first.json()) == (201, told | {"status": "created"})
    assert (again.status_code, again.json()) == (200, told | {"status": "known"})


def test_pushing_what_cannot_be_stored_says_why(script: Script) -> None:
    for body, field, words in (
        ({"title": "Ports sign"}, "date_published", "is missing"),
        (ITEM | {"published_at": "soon"}, "published_at", "not a date"),
        ([ITEM], "", "not a JSON object"),
        (None, "", "not a JSON object"),
    ):
        problem = assert_problem(script.post("events/", body), 400, words)
        assert [one["field"] for one in problem["errors"]] == [field]
    assert not Document.objects.exists()


def test_a_batch_keeps_the_good_rest_in_the_order_given(script: Script) -> None:
    batch = {"items": [ITEM, {"key": "x"}, ITEM | {"key": "copy"}]}
    answer = script.post("events/batch/", batch)

    first, bad, copy = answer.json()["results"]
    assert answer.status_code == 200
    assert answer.json()["counts"] == {
        "created": 1,
        "joined": 0,
        "known": 1,
        "updated": 0,
        "invalid": 1,
    }
    assert (first["status"], copy["status"], copy["event"]) == (
        *("created", "known"),
        first["event"],
    )
    assert bad == {
        "key": "x",
        "status": "invalid",
        "event": None,
        "document": None,
        "problems": [{"field": "title", "message": "is missing"}],
    }


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "required"),
        ({"items": "all"}, "list"),
        ([], "dictionary"),
        ({"items": [{}] * 1001}, "no more than 1000"),
    ],
)
def test_what_is_no_batch_is_refused_as_a_whole(script: Script, body: object, words: str) -> None:
    assert_problem(script.post("events/batch/", body), 400, words)


def test_an_empty_batch_is_nothing_to_do(script: Script) -> None:
    assert script.post("events/batch/", {"items": []}).json()["results"] == []
