"""Events meet claims: each event, and each claim, exactly once, whoever works meanwhile."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from claims.models import Claim, Evidence, Matching
from claims.services import (
    accept_evidence,
    match_registered_claim,
    match_waiting_events,
    reject_evidence,
    unmatched_claims,
    withdraw_claim,
)
from sources.models import Regathering
from sources.services import merge_events, undo_merge
from tests.claims.events import far, near
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory

NOW = datetime(2024, 5, 1, tzinfo=UTC)
BEFORE_DUE = datetime(2025, 5, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_event_near_a_claim_is_suggested_for_it() -> None:
    claim, event = RegisteredClaimFactory(), near()
    far()

    assert match_waiting_events() == 2

    evidence = Evidence.objects.get()
    assert (evidence.claim, evidence.event, evidence.status) == (claim, event, "suggested")
    assert evidence.document == event.reports.get().document
    assert evidence.reason.startswith("shares ")
    assert evidence.passage in {event.title, event.summary}
    assert 0.45 <= evidence.score <= 1


def test_each_event_is_noted_with_how_many_claims_it_met() -> None:
    RegisteredClaimFactory.create_batch(2)
    first, second = near(), far()

    match_waiting_events()

    counts = dict(Matching.objects.values_list("event", "suggested"))
    assert counts == {first.pk: 2, second.pk: 0}


def test_compared_event_is_not_compared_again() -> None:
    RegisteredClaimFactory()
    near()
    match_waiting_events()

    assert match_waiting_events() == 0
    assert (Matching.objects.count(), Evidence.objects.count()) == (1, 1)


def test_limit_takes_the_oldest_first() -> None:
    events = [near() for _ in range(3)]

    assert match_waiting_events(limit=2) == 2
    assert set(Matching.objects.values_list("event", flat=True)) == {
        event.pk for event in events[:2]
    }


def test_without_claims_events_are_compared_with_nothing() -> None:
    near()

    assert match_waiting_events() == 1
    assert not Evidence.objects.exists()


def test_only_standing_claims_are_met(analyst: User) -> None:
    ClaimFactory()
    withdraw_claim(claim=RegisteredClaimFactory(), by=analyst, reason="Taken back.", at=BEFORE_DUE)
    near()

    match_waiting_events()

    assert not Evidence.objects.exists()


def test_claim_registered_later_is_in_the_next_batch() -> None:
    RegisteredClaimFactory()
    near()
    match_waiting_events()
    later = RegisteredClaimFactory()
    event = near()

    match_waiting_events()

    assert Evidence.objects.filter(claim=later).get().event == event


def test_claim_that_ended_is_not_in_the_next_batch(analyst: User) -> None:
    claim = RegisteredClaimFactory()
    near()
    match_waiting_events()
    withdraw_claim(claim=claim, by=analyst, reason="Taken back.", at=BEFORE_DUE)
    near()

    match_waiting_events()

    assert Evidence.objects.count() == 1


def test_merged_event_waits_until_it_stands_again(analyst: User) -> None:
    RegisteredClaimFactory()
    standing, merged = near(), near()
    merge_events(event=merged, into=standing, by=analyst)

    match_waiting_events()

    assert Evidence.objects.get().event == standing
    assert not Matching.objects.filter(event=merged).exists()
    undo_merge(merge=Regathering.objects.get(), by=analyst)
    assert match_waiting_events() == 1
    assert Matching.objects.get(event=merged).suggested == 1


@pytest.mark.parametrize("decided", [True, False], ids=["decided", "suggested"])
def test_event_is_not_suggested_where_what_became_part_of_it_is_linked(
    decided: bool, analyst: User
) -> None:
    claim = RegisteredClaimFactory()
    merged = near()
    match_waiting_events()
    if decided:
        reject_evidence(evidence=Evidence.objects.get(), by=analyst)
    standing = near()
    merge_events(event=merged, into=standing, by=analyst)

    match_waiting_events()
    match_registered_claim(claim=claim)

    assert Evidence.objects.get().event == merged
    assert Matching.objects.get(event=standing).suggested == 0


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2023, 3, 20), 0),
        (date(2023, 3, 21), 1),
        (date(2028, 3, 21), 1),
        (date(2028, 3, 22), 0),
    ],
)
def test_event_counts_from_the_day_the_claim_opens_to_its_latest(day: date, found: int) -> None:
    RegisteredClaimFactory()
    near(occurred_on=day)

    match_waiting_events()

    assert Evidence.objects.count() == found


def test_assessment_meets_events_of_the_two_years_before_it() -> None:
    RegisteredClaimFactory(kind=Claim.Kind.ASSESSMENT, opens_on=None)
    for day in (date(2021, 3, 20), date(2021, 3, 21), date(2040, 1, 1)):
        near(occurred_on=day)

    match_waiting_events()

    days = Evidence.objects.order_by("event__occurred_on").values_list(
        "event__occurred_on", flat=True
    )
    assert list(days) == [date(2021, 3, 21), date(2040, 1, 1)]


def test_failure_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    RegisteredClaimFactory()
    near()

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(Matching.objects, "bulk_create", fail)
        with pytest.raises(RuntimeError, match="killed"):
            match_waiting_events()

    assert (Evidence.objects.count(), Matching.objects.count()) == (0, 0)
    assert match_waiting_events() == 1


def test_new_claim_meets_stored_events() -> None:
    event = near()
    far()
    match_waiting_events()
    claim = RegisteredClaimFactory()

    assert match_registered_claim(claim=claim, at=NOW) == 1

    claim.refresh_from_db()
    assert claim.matched_at == NOW
    assert Evidence.objects.get().event == event


def test_claim_is_compared_once() -> None:
    claim = RegisteredClaimFactory()
    match_registered_claim(claim=claim, at=NOW)
    near()

    assert match_registered_claim(claim=claim) == 0
    claim.refresh_from_db()
    assert claim.matched_at == NOW


def test_pair_that_met_before_keeps_its_decision(analyst: User) -> None:
    claim = RegisteredClaimFactory()
    near()
    match_waiting_events()
    accept_evidence(evidence=Evidence.objects.get(), stance=2, by=analyst)

    assert match_registered_claim(claim=claim) == 0
    assert Evidence.objects.get().stance == 2


def test_both_ways_give_the_same_score_and_words() -> None:
    first = RegisteredClaimFactory()
    near()
    match_waiting_events()
    second = RegisteredClaimFactory()
    match_registered_claim(claim=second)

    one, two = (Evidence.objects.get(claim=claim) for claim in (first, second))
    assert (one.score, one.reason, one.passage) == (two.score, two.reason, two.passage)


def test_merged_events_and_events_outside_the_window_are_left_out() -> None:
    near(merged_into=near(occurred_on=date(2023, 3, 20)))
    near(occurred_on=date(2028, 3, 22))

    assert match_registered_claim(claim=RegisteredClaimFactory()) == 0


def test_claim_that_does_not_stand_is_left_alone() -> None:
    near()
    claim = ClaimFactory()

    assert match_registered_claim(claim=claim) == 0
    claim.refresh_from_db()
    assert claim.matched_at is None


def test_unmatched_claims_are_registered_and_not_compared_yet() -> None:
    ClaimFactory()
    match_registered_claim(claim=RegisteredClaimFactory())
    waiting = RegisteredClaimFactory()

    assert list(unmatched_claims()) == [waiting]
