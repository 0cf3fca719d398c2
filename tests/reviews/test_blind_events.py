"""Titles of events do not tell what a text says of which somebody may judge a claim blind."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from claims.blindness import events_hidden_from
from claims.models import Claim, Evidence
from claims.services import accept_evidence
from reviews.lines import NOT_SHOWN
from reviews.outcomes import Confidence, Outcome
from reviews.services import submit_review
from sources.models import Event, Witness
from sources.services import keep_apart, merge_events
from tests.factories.accounts import UserFactory
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory
from tests.factories.sources import DocumentFactory, EventFactory, QuoteFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

TITLE = "Zebulon Quirk sees trade grow"
PAGE = {"origin": "feed", "url_key": "quirk.example/a"}


@pytest.fixture
def dual() -> User:
    """Somebody who triages evidence and judges claims."""
    return UserFactory(username="dora", roles=[Role.ANALYST, Role.REVIEWER])


@pytest.fixture
def event() -> Event:
    """An event reported by the newer version of a text of which a claim waits for judges."""
    older = DocumentFactory(**PAGE)
    event = EventFactory(title=TITLE, report=DocumentFactory(**PAGE, previous=older))
    claim = RegisteredClaimFactory(quote=QuoteFactory(document=older))
    AssignmentFactory(checkpoint=claim.checkpoints.get())
    return event


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def test_event_is_left_out_of_the_list_and_of_its_search(
    event: Event, reviewer: User, analyst: User, sign_in: SignIn
) -> None:
    EventFactory(title="Rain")

    for query in ("", "?q=Quirk"):
        assert TITLE not in text_of(sign_in(reviewer).get(f"/events/{query}"))
        assert TITLE in text_of(sign_in(analyst).get(f"/events/{query}"))
    assert "Rain" in text_of(sign_in(reviewer).get("/events/"))


def test_it_is_hidden_by_the_text_itself_by_its_versions_and_through_mergers(
    event: Event, reviewer: User, analyst: User, reader: User
) -> None:
    claim = Claim.objects.get()
    itself = EventFactory(report=claim.quote.document)
    assert set(events_hidden_from(reviewer)) == {event.pk, itself.pk}
    assert events_hidden_from(analyst) == events_hidden_from(reader) == []

    whole = merge_events(event=itself, into=EventFactory(), by=analyst)

    assert set(events_hidden_from(reviewer)) == {event.pk, whole.pk}


def test_it_opens_when_this_person_has_judged(event: Event, reviewer: User) -> None:
    seat = AssignmentFactory(
        checkpoint=Claim.objects.get().checkpoints.get(), reviewer=reviewer, seat=30_000
    )
    seat.lease_expires_at = seat.lease_expires_at.replace(year=2100)
    seat.save()
    assert events_hidden_from(reviewer) == [event.pk]

    submit_review(
        assignment=seat,
        by=reviewer,
        outcome=Outcome.HELD,
        confidence=Confidence.HIGH,
        reason="Seen.",
        leaned_on=[],
    )

    assert events_hidden_from(reviewer) == []


def test_evidence_of_another_claim_tells_its_day_and_side_alone(
    event: Event, reviewer: User, analyst: User, sign_in: SignIn
) -> None:
    other = RegisteredClaimFactory(statement="Wheat falls.")
    evidence = EvidenceFactory(claim=other, event=event, passage="Quirk said so.")
    accept_evidence(evidence=evidence, stance=1, by=analyst)
    publisher = evidence.document.publisher.name

    shown = text_of(sign_in(reviewer).get(other.get_absolute_url()))
    whole = text_of(sign_in(analyst).get(other.get_absolute_url()))

    assert NOT_SHOWN in shown
    assert "12 Jan 2024" in shown
    for words in (TITLE, "Quirk said so.", publisher, event.get_absolute_url()):
        assert words not in shown
        assert words in whole


def test_it_does_not_wait_in_the_inbox_of_who_may_judge_it(
    event: Event, dual: User, analyst: User, sign_in: SignIn
) -> None:
    EvidenceFactory(event=event, claim=RegisteredClaimFactory())
    EvidenceFactory(event=EventFactory(title="Rain"), claim=RegisteredClaimFactory())
    merged = EventFactory(title="Quirk again", merged_into=event)
    EvidenceFactory(event=merged, claim=RegisteredClaimFactory())
    assert Evidence.objects.suggested().count() == 3

    page = text_of(sign_in(dual).get("/inbox/"))

    assert "Rain" in page
    assert "Quirk" not in page
    assert text_of(sign_in(analyst).get("/inbox/")).count("Quirk") > 1


def test_page_of_another_event_does_not_name_it(
    event: Event, dual: User, analyst: User, sign_in: SignIn
) -> None:
    shown = EventFactory(title="Rain")
    keep_apart(event=shown, other=event, by=analyst)
    Witness.objects.create(report=shown.reports.get(), event=shown, other=event)
    page = f"{shown.get_absolute_url()}?same=Quirk"

    assert text_of(sign_in(analyst).get(page)).count(TITLE) == 4
    assert TITLE not in text_of(sign_in(dual).get(page))
    assert TITLE not in text_of(sign_in(dual).get(f"{shown.get_absolute_url()}?same={event.pk}"))


def test_page_of_a_report_does_not_name_it(event: Event, reviewer: User, sign_in: SignIn) -> None:
    report = DocumentFactory(origin="feed")
    event.reports.create(document=report)

    page = text_of(sign_in(reviewer).get(report.get_absolute_url()))

    assert report.title in page
    assert TITLE not in page
