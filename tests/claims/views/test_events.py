"""Events: the list, one event, linking by hand and entering one."""

from collections.abc import Callable
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from claims.models import Evidence
from claims.services import reject_evidence
from claims.views.links import link_to
from sources.models import Document, Event, EventReport
from tests.factories.claims import ClaimFactory, EvidenceFactory, RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory
from tests.factories.sources import DocumentFactory, EventFactory, QuoteFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

EVENT = {
    "title": "The ports open a ferry line",
    "summary": "Two ships a day.",
    "occurred_on": "2024-02-03",
    "publisher": "Port Review",
    "url": "https://review.example/ferry",
}


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def test_list_shows_events_that_stand_with_their_counts(browser: Client) -> None:
    evidence = EvidenceFactory()
    merged = EventFactory(merged_into=evidence.event, title="Told twice")

    page = text_of(browser.get("/events/"))

    assert evidence.event.title in page
    assert merged.title not in page
    assert 'data-label="Claims" class="num">1<' in page


@pytest.mark.parametrize("query", ["?q=ferry", "?q=%00ferry", "?page=x&q=FERRY"])
def test_events_are_found_by_their_words(query: str, browser: Client) -> None:
    EventFactory(title="The ferry sails")
    EventFactory(title="Rain")

    page = text_of(browser.get(f"/events/{query}"))

    assert "The ferry sails" in page
    assert "Rain" not in page


def test_event_page_shows_reports_and_claims_it_may_bear_on(browser: Client, analyst: User) -> None:
    event = EventFactory(title="<u>Ferry</u>")
    shown = EvidenceFactory(event=event, reason="shares ports; reads 64% alike")
    rejected = RegisteredClaimFactory(statement="Wheat falls.")
    reject_evidence(evidence=EvidenceFactory(event=event, claim=rejected), by=analyst)

    page = text_of(browser.get(event.get_absolute_url()))

    assert "&lt;u&gt;Ferry&lt;/u&gt;" in page
    assert shown.claim.get_absolute_url() in page
    assert "Wheat falls." not in page
    assert event.reports.get().document.publisher.name in page


def test_merged_event_leads_to_the_one_that_stands(browser: Client) -> None:
    standing = EventFactory()
    merged = EventFactory(merged_into=standing)

    assert browser.get(merged.get_absolute_url()).url == standing.get_absolute_url()


def test_event_is_linked_to_a_claim_by_its_number(browser: Client, analyst: User) -> None:
    claim, event = RegisteredClaimFactory(), EventFactory()

    response = browser.post(
        f"/events/{event.pk}/link/", {"claim": claim.pk, "stance": "-2", "note": "Seen."}
    )

    assert response.url == event.get_absolute_url()
    evidence = Evidence.objects.get()
    assert (evidence.claim, evidence.stance, evidence.decided_by) == (claim, -2, analyst)
    assert "strongly undermines (−2)" in text_of(browser.get(response.url))


def test_link_to_a_claim_that_is_no_claim_is_refused(browser: Client) -> None:
    draft, event = ClaimFactory(), EventFactory()

    for number in (draft.pk, "x", "", 999_999, "9" * 30):
        response = browser.post(f"/events/{event.pk}/link/", {"claim": number, "stance": "1"})
        assert response.status_code == 422
        assert "claim" in response.context["form"].errors
    assert not Evidence.objects.exists()


def test_link_that_somebody_decided_otherwise_is_refused_in_words(
    browser: Client, colleague: User
) -> None:
    evidence = EvidenceFactory()
    reject_evidence(evidence=evidence, by=colleague)

    response = browser.post(
        f"/events/{evidence.event_id}/link/", {"claim": evidence.claim_id, "stance": "1"}
    )

    assert response.status_code == 422
    assert "carl has already rejected this. Undo that first." in text_of(response)


def test_merged_event_is_not_linked(browser: Client) -> None:
    merged = EventFactory(merged_into=EventFactory())
    claim = RegisteredClaimFactory()

    response = browser.post(f"/events/{merged.pk}/link/", {"claim": claim.pk, "stance": "1"})

    assert response.status_code == 404


def test_event_by_hand_is_stored_with_its_source(browser: Client, analyst: User) -> None:
    response = browser.post("/events/add/", EVENT, follow=True)

    event = Event.objects.get()
    document = EventReport.objects.get(event=event).document
    assert (event.title, event.occurred_on) == (EVENT["title"], date(2024, 2, 3))
    assert (document.origin, document.url, document.captured_by) == ("hand", EVENT["url"], analyst)
    assert document.publisher is not None
    assert document.publisher.name == "Port Review"
    assert f"Added: {link_to(event)}." in text_of(response)


def test_event_by_hand_that_is_known_is_not_stored_twice(browser: Client) -> None:
    browser.post("/events/add/", EVENT)

    response = browser.post("/events/add/", EVENT, follow=True)

    known = f"This is known already, as {link_to(Event.objects.get())}; nothing was stored twice."
    assert known in text_of(response)
    assert (Event.objects.count(), Document.objects.count()) == (1, 1)


def test_another_report_of_a_known_event_is_said_to_join_it(browser: Client) -> None:
    browser.post("/events/add/", EVENT)

    response = browser.post(
        "/events/add/",
        EVENT | {"url": "https://gazette.example/", "publisher": "Gazette"},
        follow=True,
    )

    known = f"Added as another report of {link_to(Event.objects.get())}, which is known."
    assert known in text_of(response)
    assert (Event.objects.count(), Document.objects.count()) == (1, 2)


@pytest.mark.parametrize("name", ["title", "occurred_on", "publisher"])
def test_event_by_hand_names_the_field_it_lacks(name: str, browser: Client) -> None:
    response = browser.post("/events/add/", EVENT | {name: ""})

    assert response.status_code == 422
    assert response.context["form"].errors == {name: ["This field is required."]}
    assert not Event.objects.exists()


@pytest.mark.parametrize("page", ["/events/add/", "/events/import/", "/intake/"])
def test_post_without_any_value_is_refused(page: str, browser: Client) -> None:
    assert browser.post(page).status_code == 422


def test_event_of_a_text_to_be_judged_blind_is_closed_to_its_judge(
    reviewer: User, analyst: User, sign_in: SignIn
) -> None:
    older = DocumentFactory(origin="feed", url_key="review.example/a")
    report = DocumentFactory(origin="feed", url_key="review.example/a", previous=older)
    event, other = EventFactory(report=report), EventFactory()
    claim = RegisteredClaimFactory(quote=QuoteFactory(document=older))
    AssignmentFactory(checkpoint=claim.checkpoints.get())

    response = sign_in(reviewer).get(event.get_absolute_url())

    assert response.status_code == 403
    assert "blind" in text_of(response)
    assert sign_in(reviewer).get(other.get_absolute_url()).status_code == 200
    assert sign_in(analyst).get(event.get_absolute_url()).status_code == 200
