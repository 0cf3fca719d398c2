"""The event's page: who reported it, merging, splitting, keeping apart."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from claims.services import accept_evidence
from sources.models import Event, EventReport, Regathering, Witness
from sources.services import merge_events, split_event
from tests.factories.claims import EvidenceFactory
from tests.factories.sources import DocumentFactory, EventFactory, PublisherFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


@pytest.fixture
def pair() -> tuple[Event, Event]:
    return EventFactory(title="Ferry sails", report_count=1), EventFactory(title="Ship leaves")


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def page_of(browser: Client, event: Event, query: str = "") -> str:
    return text_of(browser.get(event.get_absolute_url() + query))


def add_reports(event: Event, *texts: str) -> list[EventReport]:
    made = [
        EventReport.objects.create(event=event, document=DocumentFactory(origin="file", text=text))
        for text in texts
    ]
    Event.objects.filter(pk=event.pk).update(report_count=event.reports.count())
    return made


def test_reports_are_counted_by_publisher_and_wording_and_copies_folded(browser: Client) -> None:
    event = EventFactory(summary="The ferry sailed on Monday with two hundred people on board.")
    copy = event.summary
    first, *_ = add_reports(event, copy, copy, "A band played on the quay while the mayor waved.")

    page = page_of(browser, event)

    assert "4 reports by 4 publishers in 2 wordings: <b>at most 2 independent sources</b>" in page
    assert "2 more in the same words" in page
    assert f"{first.document.publisher}</a>" in page
    assert " · en · " in page


def test_copy_on_a_later_page_names_who_had_the_words_first(browser: Client) -> None:
    event = EventFactory(report=DocumentFactory(publisher=PublisherFactory(name="Port Review")))
    text = event.reports.get().document.text
    add_reports(event, *[text] * 50)

    page = page_of(browser, event, "?page=2")

    assert "the same words as Port Review" in page
    assert "51–51 of 51 reports" in page


def test_reader_sees_reports_and_history_and_changes_nothing(
    pair: tuple[Event, Event], analyst: User, reader: User, sign_in: SignIn
) -> None:
    event, other = pair
    merge_events(event=other, into=event, by=analyst, reason="One ship.")
    browser = sign_in(reader)

    page = page_of(browser, event)

    assert "2 reports by 2 publishers" in page
    assert "One ship." in page
    for control in ("checkbox", "Split the ticked reports off", "Undo", ">Merge<"):
        assert control not in page
    assert Regathering.objects.count() == 1


def test_larger_event_stands_and_leads_on(browser: Client, pair: tuple[Event, Event]) -> None:
    small, large = pair
    add_reports(large, "A band played.")

    response = browser.post(
        f"/events/{small.pk}/merge/", {"other": large.pk, "reason": "One ship."}, follow=True
    )

    assert response.redirect_chain == [(large.get_absolute_url(), 302)]
    words = f"Merged: “Ferry sails”, event {small.pk}, is part of this event now."
    assert words in text_of(response)
    assert browser.get(small.get_absolute_url()).url == large.get_absolute_url()
    noted = Regathering.objects.get()
    assert (noted.kind, noted.event, noted.other, noted.reason) == (
        "merged",
        large,
        small,
        "One ship.",
    )


def test_merger_is_undone_from_the_history(browser: Client, pair: tuple[Event, Event]) -> None:
    event, other = pair
    browser.post(f"/events/{event.pk}/merge/", {"other": other.pk})

    response = browser.post(f"/events/undo/{Regathering.objects.get().pk}/", follow=True)

    link = f'<a href="{other.get_absolute_url()}">Ship leaves</a>'
    assert f"Undone: this event and {link} are separate again." in text_of(response)
    assert set(Event.objects.standing()) == {event, other}
    assert browser.get(other.get_absolute_url()).status_code == 200


def test_ticked_reports_are_taken_out(browser: Client, pair: tuple[Event, Event]) -> None:
    event, _ = pair
    report, stays = add_reports(event, "A band played.", "Rain fell.")

    response = browser.post(
        f"/events/{event.pk}/split/", {"reports": [report.pk], "reason": "Music."}, follow=True
    )

    report.refresh_from_db()
    link = f'<a href="{report.event.get_absolute_url()}">{report.document.title}</a>'
    assert f"Split: the ticked reports tell of {link} now." in text_of(response)
    assert report.event != event
    assert stays in event.reports.all()


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({}, "Choose the reports that tell of something else."),
        ({"reports": ["x"]}, "A report that was chosen is not of this event any more: look again."),
    ],
)
def test_nothing_to_take_out_is_told(
    posted: dict[str, list[str]], words: str, browser: Client
) -> None:
    event = EventFactory()

    response = browser.post(f"/events/{event.pk}/split/", posted, follow=True)

    assert words in text_of(response)


def test_event_that_may_be_the_same_is_kept_apart(
    browser: Client, pair: tuple[Event, Event]
) -> None:
    event, other = pair
    Witness.objects.create(report=event.reports.get(), event=event, other=other)
    assert "One report tells of both: “Ferry sails”" in page_of(browser, event)
    assert "One report tells of both: “Ferry sails”" in page_of(browser, other)

    response = browser.post(
        f"/events/{event.pk}/keep-apart/", {"other": other.pk, "reason": "Two ships."}, follow=True
    )

    assert "whatever is still reported." in text_of(response)
    assert "tells of both" not in page_of(browser, other)
    assert "Two ships." in page_of(browser, other)


def test_other_event_is_found_by_words_and_by_number(
    browser: Client, pair: tuple[Event, Event], analyst: User
) -> None:
    event, other = pair
    gone = EventFactory(title="Rain")
    merge_events(event=gone, into=other, by=analyst)

    for query in ("ship", str(other.pk), str(gone.pk)):
        found = browser.get(f"{event.get_absolute_url()}?same={query}").context["found"]
        assert list(found) == [other]
    for query in ("ferry", str(event.pk), "%00", "9" * 30):
        page = browser.get(f"{event.get_absolute_url()}?same={query}")
        assert list(page.context["found"]) == []


@pytest.mark.parametrize("other", ["", "x", "999999", "9" * 30])
@pytest.mark.parametrize("verb", ["merge", "keep-apart"])
def test_event_of_no_such_number_is_told(verb: str, other: str, browser: Client) -> None:
    event = EventFactory()

    response = browser.post(f"/events/{event.pk}/{verb}/", {"other": other}, follow=True)

    assert "There is no event of this number." in text_of(response)


def test_event_is_not_made_one_with_itself(browser: Client) -> None:
    event = EventFactory()

    response = browser.post(f"/events/{event.pk}/merge/", {"other": event.pk}, follow=True)

    assert "This is the same event: choose another one." in text_of(response)


def test_link_says_that_it_was_judged_before_the_merger(
    browser: Client, pair: tuple[Event, Event], analyst: User
) -> None:
    event, gone = pair
    evidence = EvidenceFactory(event=gone)
    accept_evidence(evidence=evidence, stance=1, by=analyst)
    merge_events(event=gone, into=event, by=analyst)

    assert "as “Ship leaves”, which is part of this event" in page_of(browser, event)


def test_link_by_a_report_that_was_taken_out_says_so(browser: Client, analyst: User) -> None:
    event = EventFactory(title="Ferry sails")
    add_reports(event, "Rain fell.")
    evidence = EvidenceFactory(event=event)
    made = split_event(event=event, reports=[evidence.document.event_report.pk], by=analyst)

    page = page_of(browser, event)

    link = f'<a href="{made.get_absolute_url()}">Ferry sails</a>'
    assert f"by a report that tells of {link} now: look at the link again" in page
