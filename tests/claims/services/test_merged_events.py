"""Links of one claim to events that became one count as one, and apart again when they are divided."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, date, datetime

import pytest
from django.db import connections, transaction

from accounts.models import User
from claims.models import Claim, Evidence
from claims.queries import events_with_counts, evidence_in, links_of
from claims.services import accept_evidence, link_evidence, reject_evidence, undo_evidence
from claims.validators import AlreadyDecided
from sources.models import Event, Regathering
from sources.services import merge_events, undo_merge
from tests.factories.accounts import UserFactory
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.sources import EventFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 5, 1, 9, tzinfo=UTC)
LATER = datetime(2024, 5, 2, 9, tzinfo=UTC)


@pytest.fixture
def claim() -> Claim:
    return RegisteredClaimFactory()


@pytest.fixture
def pair(claim: Claim) -> tuple[Evidence, Evidence]:
    """Suggestions of two events for one claim; the first has the higher score."""
    return EvidenceFactory(claim=claim, score=0.9), EvidenceFactory(claim=claim, score=0.6)


def merge(one: Evidence, into: Evidence, by: User) -> Event:
    return merge_events(event=one.event, into=into.event, by=by)


def divide(by: User) -> None:
    undo_merge(merge=Regathering.objects.filter(kind="merged").latest("pk"), by=by)


def test_the_stronger_of_two_suggestions_waits(
    pair: tuple[Evidence, Evidence], analyst: User
) -> None:
    strong, weak = pair
    standing = merge(strong, into=weak, by=analyst)

    assert list(Evidence.objects.suggested()) == [strong]
    assert evidence_in(status="suggested").get().report_count == 2
    assert list(links_of(standing)) == [strong]
    assert [event.claim_count for event in events_with_counts()] == [1]


def test_suggestion_does_not_wait_where_its_event_is_decided(
    pair: tuple[Evidence, Evidence], analyst: User
) -> None:
    strong, weak = pair
    accept_evidence(evidence=weak, stance=1, by=analyst)
    standing = merge(weak, into=strong, by=analyst)

    assert not Evidence.objects.suggested()
    assert list(Evidence.objects.accepted()) == [weak]
    assert list(links_of(standing)) == [weak]


def test_acceptance_goes_before_a_rejection_and_the_last_of_two_counts(
    pair: tuple[Evidence, Evidence], analyst: User
) -> None:
    first, second = pair
    accept_evidence(evidence=first, stance=2, by=analyst, at=NOW)
    reject_evidence(evidence=second, by=analyst, at=LATER)
    standing = merge(second, into=first, by=analyst)

    assert list(Evidence.objects.accepted()) == [first]
    assert list(links_of(standing)) == [first]
    assert not evidence_in(status="rejected")
    assert [event.claim_count for event in events_with_counts()] == [1]

    undo_evidence(evidence=first, by=analyst)
    assert list(evidence_in(status="rejected")) == [second]
    assert not links_of(standing)


def test_divided_events_count_apart_again_as_they_were_judged(
    pair: tuple[Evidence, Evidence], analyst: User
) -> None:
    first, second = pair
    accept_evidence(evidence=first, stance=2, by=analyst, at=NOW)
    accept_evidence(evidence=second, stance=-1, by=analyst, at=LATER)
    before = list(Evidence.objects.order_by("pk").values())
    merge(first, into=second, by=analyst)
    assert list(Evidence.objects.accepted()) == [second]

    divide(analyst)

    assert list(Evidence.objects.accepted()) == [first, second]
    assert [event.claim_count for event in events_with_counts()] == [1, 1]
    assert list(Evidence.objects.order_by("pk").values()) == before


def test_links_fold_through_a_chain_of_mergers(claim: Claim, analyst: User) -> None:
    links = [EvidenceFactory(claim=claim, score=score) for score in (0.9, 0.8, 0.7)]
    accept_evidence(evidence=links[0], stance=1, by=analyst)
    merge(links[0], into=links[1], by=analyst)
    standing = merge(links[1], into=links[2], by=analyst)

    assert list(links_of(standing)) == [links[0]]
    assert not Evidence.objects.suggested()
    divide(analyst)
    assert list(Evidence.objects.suggested()) == [links[2]]


def test_links_of_other_claims_stay_theirs(pair: tuple[Evidence, Evidence], analyst: User) -> None:
    first, second = pair
    other = EvidenceFactory(event=second.event, claim=RegisteredClaimFactory())
    accept_evidence(evidence=first, stance=1, by=analyst)
    merge(first, into=second, by=analyst)

    assert list(Evidence.objects.suggested()) == [other]


def test_accepting_what_counts_as_decided_says_who_decided(
    pair: tuple[Evidence, Evidence], analyst: User, colleague: User
) -> None:
    gone, standing = pair
    accept_evidence(evidence=gone, stance=1, by=analyst)
    event = merge(gone, into=standing, by=analyst)
    words = f"ada has already accepted this as event {gone.event_id}: supports. Undo that first."

    with pytest.raises(AlreadyDecided) as stale:
        accept_evidence(evidence=standing, stance=1, by=colleague)
    with pytest.raises(AlreadyDecided) as linked:
        link_evidence(claim=gone.claim, event=event, stance=2, by=colleague)

    assert {str(stale.value), str(linked.value)} == {words}
    standing.refresh_from_db()
    assert standing.status == "suggested"


def test_the_same_decision_through_the_standing_event_changes_nothing(
    pair: tuple[Evidence, Evidence], analyst: User
) -> None:
    gone, standing = pair
    accept_evidence(evidence=gone, stance=1, by=analyst)
    event = merge(gone, into=standing, by=analyst)

    assert link_evidence(claim=gone.claim, event=event, stance=1, by=analyst) == gone
    assert accept_evidence(evidence=standing, stance=1, by=analyst) == gone
    assert Evidence.objects.filter(status="accepted").count() == 1


def test_linking_accepts_what_was_suggested_for_a_part(claim: Claim, analyst: User) -> None:
    suggested = EvidenceFactory(claim=claim)
    event = merge_events(event=suggested.event, into=EventFactory(), by=analyst)

    assert link_evidence(claim=claim, event=event, stance=2, by=analyst) == suggested
    assert Evidence.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_who_links_an_event_waits_for_its_merger() -> None:
    evidence, into = EvidenceFactory(), EventFactory()
    by = UserFactory()

    def link() -> None:
        try:
            EvidenceFactory(event=into, document=evidence.document)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        merge_events(event=evidence.event, into=into, by=by)
        linking = pool.submit(link)
        _, waiting = wait([linking], timeout=3)

    linking.result()
    assert not waiting


def test_undone_decision_gives_way_to_the_one_before(
    pair: tuple[Evidence, Evidence], analyst: User
) -> None:
    first, second = pair
    accept_evidence(evidence=first, stance=2, by=analyst, at=NOW)
    accept_evidence(evidence=second, stance=-1, by=analyst, at=LATER)
    merge(first, into=second, by=analyst)

    undone = undo_evidence(evidence=second, by=analyst)

    assert undone.counting() == first
    assert list(Evidence.objects.accepted()) == [first]
    assert not Evidence.objects.suggested()


def test_until_a_day_only_what_had_happened_by_then_counts(claim: Claim, analyst: User) -> None:
    early, late = (
        EvidenceFactory(claim=claim, event=EventFactory(occurred_on=date(2024, 1, day)))
        for day in (10, 12)
    )
    accept_evidence(evidence=early, stance=1, by=analyst, at=NOW)
    accept_evidence(evidence=late, stance=2, by=analyst, at=LATER)
    merge(early, into=late, by=analyst)

    assert list(Evidence.objects.accepted()) == [late]
    assert list(Evidence.objects.accepted(until=date(2024, 1, 11))) == [early]
    assert not Evidence.objects.accepted(until=date(2024, 1, 9))
