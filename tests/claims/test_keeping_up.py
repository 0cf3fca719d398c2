"""Whether events are compared as they come: what waits, since when, and from when on that is late."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from claims.keeping_up import LATE, keeping_up, last_compared
from claims.services import match_registered_claim, match_waiting_events, set_claim_words
from sources.models import Event
from tests.claims.events import far, near
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory

pytestmark = pytest.mark.django_db

CAME = datetime(2026, 3, 2, 12, tzinfo=UTC)
# Before the factory's claim was registered.
EARLY = datetime(2020, 3, 2, 12, tzinfo=UTC)


def test_nothing_waits_in_a_new_install() -> None:
    ClaimFactory()

    now = keeping_up()

    assert (now.events, now.claims, now.since, last_compared()) == (0, 0, None, None)
    assert now.in_words == "No event and no claim waits to be compared."
    assert not now.is_late()


def test_events_and_claims_wait_until_they_are_compared() -> None:
    claim = RegisteredClaimFactory()
    near()
    newest = far()
    Event.objects.update(created_at=EARLY)

    now = keeping_up()

    assert (now.events, now.claims, now.since) == (2, 1, EARLY)
    assert now.in_words == (
        "2 events and 1 claim wait to be compared, the first since 2 Mar 2020 12:00."
    )
    match_waiting_events()
    match_registered_claim(claim=claim)
    assert keeping_up().since is None
    last = last_compared()
    assert last
    assert last.event == newest


def test_claim_whose_words_were_set_waits_since_then(analyst: User) -> None:
    claim = RegisteredClaimFactory()
    match_registered_claim(claim=claim)

    set_claim_words(claim=claim, must=["ports"], by=analyst, at=CAME)

    now = keeping_up()
    assert (now.claims, now.since) == (1, CAME)


def test_what_waits_is_late_from_five_minutes_on() -> None:
    near()
    Event.objects.update(created_at=CAME)

    now = keeping_up()

    assert not now.is_late(CAME + LATE)
    assert now.is_late(CAME + LATE + timedelta(seconds=1))
