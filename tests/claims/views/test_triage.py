"""The inbox by event and by claim; several decided at once; the last decision undone; other passages."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from claims.models import Evidence
from claims.services import accept_evidence, reject_evidence
from claims.triage import PER_PAGE
from sources.models import Event, EventReport
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.sources import DocumentFactory, EventFactory, PublisherFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

HTMX = {"HX-Request": "true"}


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def numbers_on(response: HttpResponse) -> list[list[int]]:
    """The suggestions of each card, in their order."""
    return [[row.evidence.pk for row in card.rows] for card in response.context["cards"]]


def crossed() -> tuple[Evidence, Evidence, Evidence]:
    """Two events and two claims: the first event for both, the second for the first."""
    claim, other = RegisteredClaimFactory.create_batch(2)
    event, second = EventFactory(), EventFactory()
    return (
        EvidenceFactory(claim=claim, event=event, score=0.5),
        EvidenceFactory(claim=other, event=event, score=0.4),
        EvidenceFactory(claim=claim, event=second, score=0.45),
    )


def test_suggestions_are_gathered_by_event_or_by_claim_the_strongest_first(
    browser: Client,
) -> None:
    first, of_event, of_claim = (one.pk for one in crossed())

    assert numbers_on(browser.get("/inbox/")) == [[first, of_event], [of_claim]]
    assert numbers_on(browser.get("/inbox/?by=claim")) == [[first, of_claim], [of_event]]
    # For one claim that is what differs between rows.
    one = browser.get(f"/inbox/?claim={Evidence.objects.get(pk=first).claim_id}")
    assert numbers_on(one) == [[first, of_claim]]


@pytest.mark.parametrize("by", ["event", "claim"])
def test_one_row_and_three_cost_the_same_queries(
    by: str, browser: Client, django_assert_num_queries
) -> None:
    EvidenceFactory()
    with django_assert_num_queries(7):
        browser.get(f"/inbox/?by={by}")
    crossed()

    with django_assert_num_queries(7):
        browser.get(f"/inbox/?by={by}")


def test_pages_hold_so_many_and_say_how_many_there_are(browser: Client) -> None:
    claim = RegisteredClaimFactory()
    for number in range(PER_PAGE + 2):
        EvidenceFactory(claim=claim, score=0.9 - number / 100)

    first, second = browser.get("/inbox/"), browser.get("/inbox/?page=2")

    assert [sum(map(len, numbers_on(page))) for page in (first, second)] == [PER_PAGE, 2]
    assert f'<span class="count">{PER_PAGE + 2}</span>' in text_of(first)


def reported_also_by(event: Event, *names: str) -> None:
    for name in names:
        report = DocumentFactory(
            publisher=PublisherFactory(name=name), title=f"By {name}", text=f"{name} has seen it."
        )
        EventReport.objects.create(event=event, document=report)
    Event.objects.filter(pk=event.pk).update(report_count=1 + len(names))


def test_who_else_reported_an_event_is_named_and_how_many_are_independent(browser: Client) -> None:
    event = EventFactory(
        report=DocumentFactory(publisher=PublisherFactory(name="Port News"), title="First")
    )
    reported_also_by(event, "Wire", "Herald", "Post", "Sun")
    EvidenceFactory(event=event)

    page = text_of(browser.get("/inbox/"))

    assert "5 reports, at most <b>5 independent</b> · also in Wire, Herald, Post and 1 more" in page


def test_several_are_accepted_alike_and_their_rows_told(browser: Client, analyst: User) -> None:
    links = crossed()
    ticked = [links[0].pk, links[2].pk]

    response = browser.post(
        "/inbox/accept/",
        {"evidence": ticked, "stance": "2", "credibility": "3", "note": "Both."},
        headers=HTMX,
    )

    page = text_of(response)
    assert (response.status_code, "2 accepted." in page) == (200, True)
    assert [f'<li id="e{one.pk}" hx-swap-oob="true">' in page for one in links] == [
        True,
        False,
        True,
    ]
    stored = Evidence.objects.filter(status="accepted").order_by("pk")
    assert list(stored.values_list("pk", "stance", "credibility", "note", "decided_by")) == [
        (number, 2, 3, "Both.", analyst.pk) for number in ticked
    ]


def test_several_are_rejected_without_scripts_and_triage_goes_on(browser: Client) -> None:
    links = crossed()

    response = browser.post(
        "/inbox/reject/",
        {"evidence": [one.pk for one in links], "reason": "not_about", "back": "by=claim&page=2"},
        follow=True,
    )

    assert response.redirect_chain == [("/inbox/?by=claim&page=2", 302)]
    assert "3 rejected." in text_of(response)
    assert set(Evidence.objects.values_list("status", "reject_reason")) == {
        ("rejected", "not_about")
    }


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "plain"])
def test_what_somebody_decided_meanwhile_is_told_and_the_rest_is_decided(
    headers: dict[str, str], browser: Client, colleague: User
) -> None:
    first, second, third = crossed()
    reject_evidence(evidence=second, by=colleague)
    numbers = [first.pk, second.pk, third.pk, 999_999]

    response = browser.post(
        "/inbox/accept/", {"evidence": numbers, "stance": "1"}, headers=headers, follow=not headers
    )

    page = text_of(response)
    assert "2 accepted." in page
    assert "carl has already rejected this. Undo that first." in page
    statuses = dict(Evidence.objects.values_list("pk", "status"))
    assert statuses == {first.pk: "accepted", second.pk: "rejected", third.pk: "accepted"}


@pytest.mark.parametrize(
    ("press", "values", "words"),
    [
        ("accept", {"stance": "1"}, "Nothing is selected."),
        ("accept", {"evidence": "x", "stance": "1"}, "Nothing is selected."),
        ("accept", {"evidence": True}, "Choose which way it bears on the claim, from −2 to +2."),
        ("reject", {"evidence": True}, "Choose why you reject it."),
        ("reject", {"evidence": True, "reason": "other"}, "Say in the note why you reject it"),
    ],
)
def test_several_are_not_decided_without_what_it_takes(
    press: str, values: dict[str, object], words: str, browser: Client
) -> None:
    link = EvidenceFactory()
    if values.get("evidence") is True:
        values = values | {"evidence": link.pk}

    by_htmx = browser.post(f"/inbox/{press}/", values, headers=HTMX)
    plain = browser.post(f"/inbox/{press}/", values, follow=True)

    assert by_htmx.status_code == 422
    assert words in text_of(by_htmx)
    assert words in text_of(plain)
    link.refresh_from_db()
    assert link.status == "suggested"


def test_last_decision_is_put_back_with_its_rows(browser: Client) -> None:
    first, second, _ = crossed()
    browser.post("/inbox/reject/", {"evidence": [first.pk, second.pk], "reason": "too_weak"})

    response = browser.post("/inbox/undo/", {"shown": [first.pk]}, headers=HTMX)

    page = text_of(response)
    assert "2 back in the inbox." in page
    assert f'<li class="suggestion" id="e{first.pk}"' in page
    # What this page does not show comes with the next.
    assert f'id="e{second.pk}"' not in page
    assert set(Evidence.objects.values_list("status", flat=True)) == {"suggested"}


def test_one_that_is_put_back_is_named_and_nothing_is_left_to_undo(
    browser: Client, colleague: User
) -> None:
    link, theirs, _ = crossed()
    reject_evidence(evidence=theirs, by=colleague)
    browser.post(f"/inbox/{link.pk}/accept/", {"stance": "1"})

    undone = browser.post("/inbox/undo/", follow=True)
    again = browser.post("/inbox/undo/", headers=HTMX)

    assert f"Back in the inbox: {link.event.title}" in text_of(undone)
    assert again.status_code == 422
    assert "There is nothing of yours to undo from the last hours." in text_of(again)
    theirs.refresh_from_db()
    assert theirs.status == "rejected"


def test_another_sentence_of_the_report_is_kept_as_the_passage(
    browser: Client, analyst: User
) -> None:
    report = DocumentFactory(
        title="Ports agree", text="They met on Monday. Trade grew by a fifth. It rained."
    )
    link = EvidenceFactory(event=EventFactory(report=report, title="Ports agree", summary=""))

    offered = text_of(browser.get(f"/inbox/{link.pk}/passages/", headers=HTMX))
    plain = browser.get(f"/inbox/{link.pk}/passages/")
    browser.post(f"/inbox/{link.pk}/accept/", {"stance": "1", "passage": "Trade grew by a fifth."})

    assert 'value="Trade grew by a fifth."' in offered
    assert plain.url == report.get_absolute_url()
    link.refresh_from_db()
    assert (link.status, link.passage) == ("accepted", "Trade grew by a fifth.")


@pytest.mark.parametrize(
    ("press", "values"), [("accept", {"stance": "1"}), ("reject", {"reason": "too_weak"})]
)
def test_a_decision_costs_the_same_queries_however_much_waits(
    press: str, values: dict[str, str], browser: Client
) -> None:
    def counted() -> int:
        link = EvidenceFactory()
        with CaptureQueriesContext(connection) as queries:
            answer = browser.post(f"/inbox/{link.pk}/{press}/", values, headers=HTMX)
        assert answer.status_code == 200
        return len(queries)

    first = counted()
    claim = RegisteredClaimFactory()
    for _ in range(10):
        EvidenceFactory(claim=claim)

    assert counted() == first


def test_words_that_the_report_does_not_have_are_no_passage(browser: Client) -> None:
    link = EvidenceFactory()

    response = browser.post(
        f"/inbox/{link.pk}/accept/", {"stance": "1", "passage": "Trade fell."}, headers=HTMX
    )

    assert response.status_code == 422
    assert "The chosen passage does not stand in the report." in text_of(response)
    link.refresh_from_db()
    assert link.status == "suggested"


def test_decided_tabs_cost_the_same_queries_for_one_and_three(
    browser: Client, analyst: User, django_assert_max_num_queries
) -> None:
    for link in crossed():
        accept_evidence(evidence=link, stance=1, by=analyst)

    with django_assert_max_num_queries(9):
        page = browser.get("/inbox/?tab=accepted")

    assert len(page.context["decided"]) == 3
