"""The pages on which an event entered by hand is corrected or taken back."""

from collections.abc import Callable
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from claims.services import accept_evidence
from sources.models import Document, Event
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory
from tests.factories.sources import DocumentFactory, EventFactory, QuoteFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

RIGHT = {"title": "Ferry sails", "summary": "Two ships.", "occurred_on": "2024-02-01"}


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


@pytest.fixture
def event() -> Event:
    """An event that somebody entered by hand."""
    document = DocumentFactory(origin="hand", title="Fery sails", text="")
    return EventFactory(title="Fery sails", summary="", report=document)


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def test_event_is_corrected_and_its_page_says_by_whom(browser: Client, event: Event) -> None:
    edit = f"/events/{event.pk}/edit/"
    assert f'href="{edit}"' in text_of(browser.get(event.get_absolute_url()))
    assert browser.get(edit).context["form"]["title"].value() == "Fery sails"

    page = text_of(browser.post(edit, RIGHT, follow=True))

    event.refresh_from_db()
    assert (event.title, event.occurred_on) == ("Ferry sails", date(2024, 2, 1))
    assert "Corrected." in page
    assert "Its title was “Fery sails”. It had no summary. Its day was 2024-01-12." in page
    assert '<span class="sub">by ada, ' in page


@pytest.mark.parametrize(
    ("changes", "field"), [({"title": ""}, "title"), ({"occurred_on": "2924-02-01"}, "occurred_on")]
)
def test_what_is_wrong_is_named(
    changes: dict[str, str], field: str, browser: Client, event: Event
) -> None:
    response = browser.post(f"/events/{event.pk}/edit/", RIGHT | changes)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_what_leans_on_the_event_is_named(browser: Client, event: Event, colleague: User) -> None:
    evidence = accept_evidence(evidence=EvidenceFactory(event=event), stance=1, by=colleague)
    words = f"As evidence this event is accepted for claim {evidence.claim_id}"

    page = text_of(browser.get(f"/events/{event.pk}/edit/"))
    refused = browser.post(f"/events/{event.pk}/edit/", RIGHT)
    kept = browser.post(f"/events/{event.pk}/take-back/", follow=True)

    assert f"It cannot be corrected. {words}" in page
    assert f"It cannot be taken back. {words}" in page
    assert (refused.status_code, words in text_of(refused)) == (422, True)
    assert f"Not taken back. {words}" in text_of(kept)
    assert Event.objects.get().title == "Fery sails"


def test_event_is_taken_back_and_what_was_entered_is_linked(browser: Client, event: Event) -> None:
    document = Document.objects.get()

    response = browser.post(f"/events/{event.pk}/take-back/", follow=True)

    assert response.redirect_chain == [("/events/", 302)]
    assert f"<a href='{document.get_absolute_url()}'>What was entered</a> is kept." in text_of(
        response
    )
    assert not Event.objects.exists()
    assert browser.get(document.get_absolute_url()).status_code == 200


def test_event_of_a_feed_offers_no_correction(browser: Client) -> None:
    arrived = EventFactory()

    assert "Correct or take back" not in text_of(browser.get(arrived.get_absolute_url()))
    page = text_of(browser.get(f"/events/{arrived.pk}/edit/"))
    assert "Only an event that somebody entered by hand is corrected or taken back." in page
    assert "<textarea" not in page


@pytest.mark.parametrize("name", ["reviewer", "lead", "reader", "stranger"])
def test_who_enters_no_events_corrects_none(
    name: str, event: Event, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    browser = sign_in(request.getfixturevalue(name))

    assert browser.get(f"/events/{event.pk}/edit/").status_code == 403
    assert browser.post(f"/events/{event.pk}/edit/", RIGHT).status_code == 403
    assert browser.post(f"/events/{event.pk}/take-back/").status_code == 403
    if name != "stranger":
        page = text_of(browser.get(event.get_absolute_url()))
        assert "Correct or take back" not in page
    assert Event.objects.get().title == "Fery sails"


def test_event_of_a_text_to_be_judged_blind_is_closed_here_too(
    event: Event, analyst: User, sign_in: SignIn
) -> None:
    document = event.reports.get().document
    quote = QuoteFactory(document=DocumentFactory(url_key="a.example/1"))
    report = DocumentFactory(origin="hand", url_key="a.example/1", previous=quote.document)
    shut = EventFactory(report=report)
    claim = RegisteredClaimFactory(quote=quote)
    AssignmentFactory(checkpoint=claim.checkpoints.get())
    analyst.roles = ["analyst", "reviewer"]
    analyst.save()
    browser = sign_in(analyst)

    assert browser.get(f"/events/{shut.pk}/edit/").status_code == 403
    assert browser.post(f"/events/{shut.pk}/take-back/").status_code == 403
    assert browser.get(f"/events/{event.pk}/edit/").status_code == 200
    assert document in Document.objects.all()
