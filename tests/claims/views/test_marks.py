"""That an event or a text was retracted is said wherever it is shown, in the same words."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from claims.models import Evidence
from claims.notices import marks_under
from claims.services import accept_evidence
from sources.models import Event, EventReport, Notice
from sources.queries import with_mark
from sources.services import mark_document, mark_event, merge_events, take_back_notice
from tests.factories.claims import EvidenceFactory
from tests.factories.reviews import AssignmentFactory
from tests.factories.sources import DocumentFactory, EventFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

RETRACTED = '<span class="chip tone-alert">retracted</span>'
CORRECTED = '<span class="chip tone-alert">corrected</span>'


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def marked(event: Event, by: User, kind: str = "retracted") -> Notice:
    return mark_event(event=event, kind=kind, words="It was made up.", by=by)


def mark_of(event: Event) -> str:
    return with_mark(Event.objects.filter(pk=event.pk)).get().mark  # type: ignore[attr-defined]


def test_event_is_marked_in_the_list_on_its_page_and_on_that_of_its_report(
    browser: Client, analyst: User
) -> None:
    event, other = EventFactory(title="Ferry sails"), EventFactory(title="Rain")
    report = event.reports.get().document
    pages = ("/events/?q=Ferry", event.get_absolute_url(), report.get_absolute_url())
    assert [RETRACTED in text_of(browser.get(page)) for page in pages] == [False] * 3

    marked(event, analyst)

    assert [text_of(browser.get(page)).count(RETRACTED) for page in pages] == [1] * 3
    assert RETRACTED not in text_of(browser.get("/events/?q=Rain"))
    assert RETRACTED not in text_of(browser.get(other.get_absolute_url()))


def test_evidence_is_marked_through_time_and_on_the_judging_page(
    browser: Client, analyst: User, reviewer: User, sign_in: SignIn
) -> None:
    evidence = accept_evidence(evidence=EvidenceFactory(), stance=1, by=analyst)
    seat = AssignmentFactory(checkpoint=evidence.claim.checkpoints.get(), reviewer=reviewer)
    seat.lease_expires_at = datetime.max.replace(tzinfo=seat.leased_at.tzinfo, year=2100)
    seat.save()
    judging = sign_in(reviewer)
    page = evidence.claim.get_absolute_url()
    assert RETRACTED not in text_of(judging.get(seat.get_absolute_url()))

    marked(evidence.event, analyst)

    assert f"supports</span> · {RETRACTED}" in text_of(browser.get(page)).replace("&nbsp;", " ")
    assert f"{evidence.event.title} {RETRACTED}" in text_of(judging.get(seat.get_absolute_url()))


def test_event_that_may_be_the_same_is_marked(browser: Client, analyst: User) -> None:
    event, other = EventFactory(title="Ferry sails"), EventFactory(title="Ship leaves")
    marked(other, analyst, "corrected")

    page = text_of(browser.get(f"{event.get_absolute_url()}?same=ship"))

    assert f"Ship leaves</a> {CORRECTED}" in page


def test_mark_of_a_part_is_one_of_the_whole_and_a_retraction_goes_before_a_correction(
    analyst: User,
) -> None:
    part, whole = EventFactory(), EventFactory()
    marked(whole, analyst, "corrected")
    assert (mark_of(part), mark_of(whole)) == ("", "corrected")
    marked(part, analyst)

    merge_events(event=part, into=whole, by=analyst)

    assert mark_of(whole) == "retracted"


def test_what_was_taken_back_or_only_may_be_so_is_no_mark(analyst: User) -> None:
    event = EventFactory()
    take_back_notice(notice=marked(event, analyst), words="It holds.", by=analyst)
    Notice.objects.create(kind="retracted", event=event, is_suggestion=True)
    Notice.objects.create(kind="vanished", event=event)

    assert mark_of(event) == ""


def test_evidence_is_marked_by_its_report_too(analyst: User) -> None:
    event = EventFactory()
    EventReport.objects.create(event=event, document=DocumentFactory(origin="file"))
    evidence = EvidenceFactory(event=event)
    mark_document(document=evidence.document, kind="corrected", words="Three.", by=analyst)
    Notice.objects.create(kind="retracted", event=event, is_suggestion=True)
    EvidenceFactory()

    links = Evidence.objects.select_related("event", "document")
    assert marks_under(list(links)) == {evidence.pk: "corrected"}
    assert mark_of(event) == ""


def test_page_of_a_report_without_event_names_none(browser: Client) -> None:
    page = text_of(browser.get(DocumentFactory(origin="feed").get_absolute_url()))

    assert "Reports the event" not in page


def test_every_version_of_a_report_leads_to_its_event(browser: Client, analyst: User) -> None:
    first = DocumentFactory(origin="feed", url_key="a.example/1")
    event = EventFactory(report=first, title="<u>Ferry</u>")
    body = DocumentFactory(origin="capture", url_key="a.example/1", previous=first)

    for document in (first, body):
        page = text_of(browser.get(document.get_absolute_url()))
        link = f'<a href="{event.get_absolute_url()}">&lt;u&gt;Ferry&lt;/u&gt;</a>'
        assert f"Reports the event {link} of 12 January 2024." in page


def test_three_events_cost_no_more_queries_than_one(
    browser: Client, analyst: User, django_assert_num_queries
) -> None:
    counts = []
    for more in (1, 2):
        for _ in range(more):
            marked(EventFactory(), analyst)
        with django_assert_num_queries(6, exact=False) as queries:
            page = text_of(browser.get("/events/"))
        counts.append((page.count(RETRACTED), len(queries)))

    assert [shown for shown, _ in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]
