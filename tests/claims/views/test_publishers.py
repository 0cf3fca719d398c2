"""A publisher's own page: counts, its two other forms, and grades that are asked apart from credibility."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from claims.services import accept_evidence
from sources.models import Publisher
from sources.services import grade_publisher
from tests.factories.claims import EvidenceFactory
from tests.factories.sources import DocumentFactory, EventFactory, FeedFactory, PublisherFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def reported_by(publisher: Publisher) -> EventFactory:
    return EventFactory(report=DocumentFactory(origin="feed", publisher=publisher))


def test_page_counts_what_it_brought_under_all_its_names(browser: Client, analyst: User) -> None:
    publisher = FeedFactory().publisher
    DocumentFactory(publisher=PublisherFactory(merged_into=publisher), title="Another")
    accept_evidence(evidence=EvidenceFactory(event=reported_by(publisher)), stance=1, by=analyst)

    page = browser.get(publisher.get_absolute_url()).text

    for words in ("2 documents", "1 event<", "1 feed<", "1 piece of evidence"):
        assert words in page


def test_publisher_that_nobody_graded_does_not_read_as_failing(browser: Client) -> None:
    publisher = PublisherFactory()

    for page in (publisher.get_absolute_url(), reverse("sources:publishers")):
        shown = browser.get(page).text
        assert "not graded yet" in shown
        assert "grade F" not in shown


def test_grade_is_never_taken_from_the_credibility_of_reports(
    browser: Client, analyst: User
) -> None:
    publisher = PublisherFactory()
    accept_evidence(
        evidence=EvidenceFactory(event=reported_by(publisher)), stance=1, credibility=1, by=analyst
    )

    form = browser.get(publisher.get_absolute_url()).context["grade_form"]

    assert form["reliability"].value() == ""
    publisher.refresh_from_db()
    assert publisher.reliability == ""


def test_credibility_is_never_taken_from_the_grade(browser: Client, lead: User) -> None:
    publisher = PublisherFactory()
    grade_publisher(publisher=publisher, reliability="A", reason="Corrects in public.", by=lead)
    evidence = EvidenceFactory(event=reported_by(publisher))

    inbox = browser.get("/inbox/")
    form = inbox.context["cards"][0].first.form
    link = browser.get(evidence.event.get_absolute_url()).context["form"]

    assert (form["credibility"].value(), link["credibility"].value()) == (None, None)
    assert "selected" not in str(form["credibility"]).replace('value="" selected', "")


def test_name_is_edited(browser: Client) -> None:
    publisher = PublisherFactory()

    values = {"name": "Harbour Review", "domain": "harbour.example"}
    page = browser.post(f"/publishers/{publisher.pk}/edit/", values, follow=True).text

    assert "<h1>Harbour Review</h1>" in page


def test_name_that_another_has_is_refused_beside_the_form(browser: Client) -> None:
    PublisherFactory(name="The Wire")

    answer = browser.post(f"/publishers/{PublisherFactory().pk}/edit/", {"name": "the wire"})

    assert answer.status_code == 422
    assert "The Wire has this name or host." in answer.text


def test_two_are_said_to_be_one_and_two_again(browser: Client) -> None:
    first, other = PublisherFactory(name="The Wire"), PublisherFactory(name="Wire")

    merged = browser.post(f"/publishers/{other.pk}/merge/", {"into": "the wire"}, follow=True)
    assert merged.redirect_chain[-1][0] == first.get_absolute_url()
    assert "<h2>Its other names</h2>" in merged.text
    assert "Separate Wire again" in merged.text
    assert browser.get(other.get_absolute_url()).url == first.get_absolute_url()

    parted = browser.post(f"/publishers/{other.pk}/part/", follow=True).text
    assert "stands by itself again" in parted


def test_publisher_that_is_not_known_is_no_other_name(browser: Client) -> None:
    answer = browser.post(f"/publishers/{PublisherFactory().pk}/merge/", {"into": "Nobody"})

    assert answer.status_code == 422
    assert "There is no publisher of this name or host." in answer.text
