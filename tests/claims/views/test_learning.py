"""The page on what the ranking learned says what is in use and what was no better."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from claims.matching import AS_SHIPPED
from claims.models import Training
from claims.services import match_registered_claim, match_waiting_events
from sources.models import Event
from tests.claims.events import near
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.sources import EventFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def trained(minutes: int, *, learned: float, in_use: float) -> Training:
    better = learned > in_use
    return Training.objects.create(
        at=NOW + timedelta(minutes=minutes),
        until=NOW + timedelta(minutes=minutes),
        decisions=150,
        held_back=50,
        loss_in_use=0.6,
        loss_learned=0.5 if better else 0.7,
        concordance_in_use=in_use,
        concordance_learned=learned,
        weights={**AS_SHIPPED.values, "meaning": 1.25, "": -2.0},
        adopted=better,
    )


def test_a_new_install_says_that_nothing_was_learned(sign_in: SignIn, analyst: User) -> None:
    page = sign_in(analyst).get(reverse("learning")).content.decode()

    assert "Nothing learned yet" in page
    assert "In use is what Plumbline comes with." in page


def test_what_is_in_use_and_what_was_no_better_are_told_apart(
    sign_in: SignIn, analyst: User
) -> None:
    trained(0, learned=0.81, in_use=0.74)
    trained(10, learned=0.70, in_use=0.81)

    page = sign_in(analyst).get(reverse("learning")).content.decode()

    assert "stood first in 81% of 50 later decisions, before that in 74%" in page
    assert page.index("no better, not used") < page.index("in use</b>")
    assert "1.25" in page


def test_one_training_and_three_cost_the_same_queries(
    sign_in: SignIn, analyst: User, django_assert_max_num_queries
) -> None:
    client = sign_in(analyst)
    for minutes in range(3):
        trained(minutes, learned=0.8, in_use=0.7)

    with django_assert_max_num_queries(14):
        client.get(reverse("learning"))


def test_what_a_week_cut_off_stands_apart(sign_in: SignIn, analyst: User) -> None:
    kept = EvidenceFactory(event=EventFactory(title="The strong one"))
    cut = EvidenceFactory(event=EventFactory(title="The weak one"), cut=True, claim=kept.claim)
    client = sign_in(analyst)

    inbox = client.get(reverse("inbox")).content.decode()
    apart = client.get(reverse("inbox"), {"tab": "cut"}).content.decode()

    assert str(kept.event) in inbox
    assert str(cut.event) not in inbox
    assert str(cut.event) in apart
    assert str(kept.event) not in apart


def test_page_says_how_the_matcher_stands_and_warns_where_it_is_late(
    sign_in: SignIn, analyst: User
) -> None:
    claim, event = RegisteredClaimFactory(), near()
    client = sign_in(analyst)
    Event.objects.update(created_at=NOW)

    late = client.get(reverse("learning")).content.decode()
    match_waiting_events()
    match_registered_claim(claim=claim)
    well = client.get(reverse("learning")).content.decode()

    assert "compared with 1 open claim. None was compared yet." in late
    assert '<p class="notice warning">1 event and 1 claim wait to be compared' in late
    assert f">{event.title}</a>." in well
    assert "<p>No event and no claim waits to be compared.</p>" in well
