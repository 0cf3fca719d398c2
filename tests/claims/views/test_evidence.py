"""The inbox: accept, reject and undo, by plain press and by htmx."""

from collections.abc import Callable
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from claims.models import Evidence
from claims.services import accept_evidence, reject_evidence
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.sources import EventFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

HTMX = {"HX-Request": "true"}
CHOOSE = "Choose which way it bears on the claim, from −2 to +2."


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def test_inbox_shows_event_passage_and_why_it_is_suggested(browser: Client) -> None:
    event = EventFactory(title="<i>Ports</i> agree")
    EvidenceFactory(event=event, reason="shares trade, ports; reads 64% alike")

    page = text_of(browser.get("/inbox/"))

    assert "&lt;i&gt;Ports&lt;/i&gt; agree" in page
    assert '<mark class="hit">Trade</mark> between the two <mark class="hit">ports</mark>' in page
    assert "Suggested because it shares trade, ports; reads 64% alike." in page


def test_inbox_of_one_claim_shows_its_evidence_alone(browser: Client) -> None:
    wanted, other = EvidenceFactory(), EvidenceFactory()

    page = text_of(browser.get(f"/inbox/?claim={wanted.claim_id}"))

    assert wanted.event.title in page
    assert other.event.title not in page


@pytest.mark.parametrize("query", ["?claim=x", "?claim=9999999", "?tab=x", "?page=x", "?tab=%00"])
def test_inbox_survives_senseless_filters(query: str, browser: Client) -> None:
    evidence = EvidenceFactory()

    assert evidence.event.title in text_of(browser.get(f"/inbox/{query}"))


def test_empty_inbox_says_how_it_fills(browser: Client) -> None:
    assert "Every event is compared with the open claims" in text_of(browser.get("/inbox/"))


@pytest.mark.parametrize(("tab", "at"), [("accepted", 0), ("rejected", 1)])
def test_decided_tabs_show_who_decided(
    tab: str, at: int, browser: Client, analyst: User, colleague: User
) -> None:
    pair = [EvidenceFactory(), EvidenceFactory()]
    accept_evidence(evidence=pair[0], stance=-2, by=colleague)
    reject_evidence(evidence=pair[1], by=analyst)

    page = text_of(browser.get(f"/inbox/?tab={tab}"))

    assert pair[at].event.title in page
    assert pair[1 - at].event.title not in page
    assert f"by {('carl', 'ada')[at]}," in page


def test_plain_accept_decides_and_goes_back_to_the_inbox(browser: Client, analyst: User) -> None:
    evidence = EvidenceFactory()

    response = browser.post(
        f"/inbox/{evidence.pk}/accept/", {"stance": "-1", "credibility": "2", "note": " Seen. "}
    )

    evidence.refresh_from_db()
    assert response.url == "/inbox/"
    assert (evidence.status, evidence.stance, evidence.credibility, evidence.note) == (
        "accepted",
        -1,
        2,
        "Seen.",
    )
    assert evidence.decided_by == analyst


def test_triage_of_one_claim_goes_on_with_that_claim(browser: Client) -> None:
    evidence = EvidenceFactory()

    response = browser.post(
        f"/inbox/{evidence.pk}/reject/",
        {"back": f"claim={evidence.claim_id}&x=1", "reason": "too_weak", "note": "Other ports."},
    )

    evidence.refresh_from_db()
    assert response.url == f"/inbox/?claim={evidence.claim_id}"
    assert (evidence.status, evidence.note) == ("rejected", "Other ports.")


@pytest.mark.parametrize(
    ("press", "values", "shown"),
    [
        ("accept", {"stance": "2"}, "strongly supports (+2)"),
        ("accept", {"stance": "-2", "credibility": "6"}, "credibility 6"),
        ("reject", {"reason": "duplicate"}, "duplicate of what is linked"),
    ],
)
def test_htmx_press_gives_the_decided_row_with_the_way_back(
    press: str, values: dict[str, str], shown: str, browser: Client
) -> None:
    evidence = EvidenceFactory()

    response = browser.post(f"/inbox/{evidence.pk}/{press}/", values, headers=HTMX)

    page = text_of(response).strip()
    assert page.startswith(f'<li id="e{evidence.pk}"')
    assert shown in page
    assert f"/inbox/{evidence.pk}/undo/" in page


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, CHOOSE),
        ({"stance": "3"}, CHOOSE),
        ({"stance": "x"}, CHOOSE),
        ({"stance": "1", "credibility": "7"}, "7 is not one of the available choices."),
        ({"stance": "1", "note": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_accept_with_a_value_off_the_scale_is_refused_in_words(
    values: dict[str, str], words: str, browser: Client
) -> None:
    evidence = EvidenceFactory()

    by_htmx = browser.post(f"/inbox/{evidence.pk}/accept/", values, headers=HTMX)
    plain = browser.post(f"/inbox/{evidence.pk}/accept/", values, follow=True)

    assert by_htmx.status_code == 422
    for response in (by_htmx, plain):
        assert words in text_of(response)
    evidence.refresh_from_db()
    assert evidence.status == "suggested"


def test_second_press_of_the_same_button_shows_the_same_row(browser: Client) -> None:
    evidence = EvidenceFactory()

    first, again = (
        browser.post(f"/inbox/{evidence.pk}/accept/", {"stance": "1"}, headers=HTMX)
        for _ in range(2)
    )

    assert (first.status_code, again.status_code) == (200, 200)
    assert "Accepted" in text_of(again)


@pytest.mark.parametrize(
    ("press", "values"), [("accept", {"stance": "1"}), ("reject", {"reason": "too_weak"})]
)
def test_decision_of_somebody_else_is_told(
    press: str, values: dict[str, str], browser: Client, colleague: User
) -> None:
    evidence = EvidenceFactory()
    reject_evidence(evidence=evidence, by=colleague)

    by_htmx = browser.post(f"/inbox/{evidence.pk}/{press}/", values, headers=HTMX)
    plain = browser.post(f"/inbox/{evidence.pk}/{press}/", values, follow=True)

    assert by_htmx.status_code == 422
    for response in (by_htmx, plain):
        assert "carl has already rejected this. Undo that first." in text_of(response)


def test_undone_evidence_is_back_with_its_form(browser: Client) -> None:
    evidence = EvidenceFactory()
    browser.post(f"/inbox/{evidence.pk}/accept/", {"stance": "1"})

    response = browser.post(f"/inbox/{evidence.pk}/undo/", headers=HTMX)

    page = text_of(response).strip()
    assert page.startswith(f'<li class="suggestion" id="e{evidence.pk}"')
    assert f"/inbox/{evidence.pk}/accept/" in page
    assert Evidence.objects.get().status == "suggested"


def test_plain_undo_goes_back_to_the_inbox(browser: Client, analyst: User) -> None:
    evidence = EvidenceFactory()
    reject_evidence(evidence=evidence, by=analyst)

    response = browser.post(f"/inbox/{evidence.pk}/undo/", follow=True)

    assert response.redirect_chain == [("/inbox/", 302)]
    assert "Back in the inbox." in text_of(response)


def test_undo_for_a_claim_that_ended_leaves_no_form(browser: Client, analyst: User) -> None:
    claim = RegisteredClaimFactory(due_on=date(2100, 1, 1), due_latest=date(2100, 1, 1))
    evidence = EvidenceFactory(claim=claim)
    accept_evidence(evidence=evidence, stance=1, by=analyst)
    browser.post(f"/claims/{claim.pk}/withdraw/", {"reason": "Taken back."})

    response = browser.post(f"/inbox/{evidence.pk}/undo/", headers=HTMX)

    assert "<form" not in text_of(response)


@pytest.mark.parametrize("press", ["accept", "reject", "undo"])
def test_unknown_evidence_is_not_found(press: str, browser: Client) -> None:
    assert browser.post(f"/inbox/999999/{press}/", {"stance": "1"}).status_code == 404
