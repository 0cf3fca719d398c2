"""Every rule of who may judge what: in the queue, at the button, for the lead, and in the database."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.roles import Role
from accounts.services import record
from claims.models import Claim, Imputation
from claims.services import (
    accept_evidence,
    reject_evidence,
    set_claim_words,
    set_likelihood_ratio,
    undo_evidence,
)
from reviews.eligibility import AUTHORING, PARTS, RULES, Bar, Pair, bars_between
from reviews.models import Assignment, DeclaredConflict, Policy
from reviews.queries import claims_to_judge, has_part_in, has_to_judge, open_seats
from reviews.services import (
    appeal_verdict,
    declare_conflict,
    end_conflict,
    hand_back,
    lease_next,
    open_due_checkpoints,
    postpone,
    set_policy,
    skip,
    submit_review,
    take_adjudication,
)
from reviews.shortages import shortages
from reviews.validators import LeaseLost
from sources.services import merge_publishers
from tests.factories.accounts import UserFactory
from tests.factories.claims import EvidenceFactory, RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory, ReviewFactory, VerdictFactory
from tests.factories.sources import PublisherFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
WHOLE = {"outcome": "held", "confidence": 3, "reason": "Trade grew.", "at": NOW}


@pytest.fixture
def claim() -> Claim:
    """A claim whose checkpoint is open for two reviewers."""
    claim = RegisteredClaimFactory(topics=["trade"])
    open_due_checkpoints(on=date(2027, 1, 1))
    return claim


def seat_of(claim: Claim, who: User) -> Assignment:
    seat = lease_next(by=who, at=NOW)
    assert seat is not None
    assert seat.checkpoint.claim_id == claim.pk
    return seat


def judged_it(claim: Claim, who: User) -> None:
    submit_review(assignment=seat_of(claim, who), by=who, **WHOLE)


def skipped_it(claim: Claim, who: User) -> None:
    skip(assignment=seat_of(claim, who), by=who, reason="No Polish.", at=NOW)


def postponed_it(claim: Claim, who: User) -> None:
    postpone(assignment=seat_of(claim, who), by=who, until=date(2026, 4, 20), at=NOW)


def handed_it_back(claim: Claim, who: User) -> None:
    hand_back(assignment=seat_of(claim, who), by=who, at=NOW)


def appealed_its_verdict(claim: Claim, who: User) -> None:
    verdict = VerdictFactory(checkpoint=claim.checkpoints.get())
    appeal_verdict(verdict=verdict, by=who, words="The port was closed.")


def registered_it(claim: Claim, who: User) -> None:
    """A claim that is locked: only what made it can be another."""
    other = RegisteredClaimFactory(registered_by=who)
    Assignment.objects.all().delete()
    Claim.objects.filter(pk=claim.pk).update(status=Claim.Status.WITHDRAWN)
    claim.pk = other.pk
    open_due_checkpoints(on=date(2027, 1, 1))


def authored_by(verb: str) -> Callable[[Claim, User], None]:
    def part(claim: Claim, who: User) -> None:
        record(by=who, verb=verb, on=claim)

    part.__name__ = verb
    return part


def set_its_words(claim: Claim, who: User) -> None:
    set_claim_words(claim=claim, must=["ports"], by=who)


def read_its_probability(claim: Claim, who: User) -> None:
    Imputation.objects.create(claim=claim, coder=who, low="0.6", high="0.7")


def linked_evidence(claim: Claim, who: User) -> None:
    accept_evidence(evidence=EvidenceFactory(claim=claim), stance=1, by=who)


def rejected_evidence_and_undid_it(claim: Claim, who: User) -> None:
    evidence = EvidenceFactory(claim=claim)
    reject_evidence(evidence=evidence, by=who)
    undo_evidence(evidence=evidence, by=who)


def gave_a_likelihood_ratio(claim: Claim, who: User) -> None:
    evidence = EvidenceFactory(claim=claim)
    accept_evidence(evidence=evidence, stance=1, by=UserFactory(roles=[Role.ANALYST]))
    set_likelihood_ratio(evidence=evidence, ratio=Decimal(3), by=who)


def is_its_claimant(claim: Claim, who: User) -> None:
    claim.claimant.user = who
    claim.claimant.save()


def declared_its_claimant(claim: Claim, who: User) -> None:
    declare_conflict(user=who, by=who, reason="My brother.", claimant=claim.claimant)


def declared_its_publisher(claim: Claim, who: User) -> None:
    publisher = claim.quote.document.publisher
    declare_conflict(user=who, by=who, reason="I write there.", publisher=publisher)


def declared_another_name_of_its_publisher(claim: Claim, who: User) -> None:
    """Also where the two were found to be one later."""
    other = PublisherFactory()
    declare_conflict(user=who, by=who, reason="I write there.", publisher=other)
    lead = UserFactory(roles=[Role.LEAD])
    merge_publishers(publisher=other, into=claim.quote.document.publisher, by=lead)


def declared_a_topic(claim: Claim, who: User) -> None:
    declare_conflict(user=who, by=who, reason="I own ships.", topic=" Trade ")


PART = [
    (Bar.REGISTERED, registered_it),
    *((Bar.WORDED, authored_by(verb)) for verb in AUTHORING),
    (Bar.WORDED, set_its_words),
    (Bar.READ, read_its_probability),
    (Bar.DECIDED, linked_evidence),
    (Bar.DECIDED, rejected_evidence_and_undid_it),
    (Bar.DECIDED, gave_a_likelihood_ratio),
    (Bar.CLAIMANT, is_its_claimant),
    (Bar.DECLARED, declared_its_claimant),
    (Bar.DECLARED, declared_its_publisher),
    (Bar.DECLARED, declared_another_name_of_its_publisher),
    (Bar.DECLARED, declared_a_topic),
]
OTHER = [
    (Bar.SITS, judged_it),
    (Bar.SET_ASIDE, skipped_it),
    (Bar.SET_ASIDE, postponed_it),
    (Bar.HANDED_BACK, handed_it_back),
    (Bar.APPEALED, appealed_its_verdict),
]


def name_of(case: object) -> str:
    return str(getattr(case, "__name__", case))


def test_each_rule_is_asked_here() -> None:
    assert {bar for bar, _ in (*PART, *OTHER)} == set(Bar) == set(RULES)
    assert {bar for bar, _ in PART} == set(PARTS)


@pytest.mark.parametrize(("bar", "made"), [*PART, *OTHER], ids=name_of)
def test_a_rule_keeps_the_checkpoint_from_this_person_and_no_other(
    bar: Bar, made: Callable[[Claim, User], None], claim: Claim, second_reviewer: User
) -> None:
    who = UserFactory(username="dora", roles=[Role.REVIEWER, Role.ANALYST])
    assert lease_next(by=second_reviewer, at=NOW) is not None
    if made is registered_it:
        Assignment.objects.all().delete()

    made(claim, who)

    pair = Pair(claim.checkpoints.get().pk, claim.pk, who.pk, NOW)
    assert bars_between(pair) == [bar]
    assert lease_next(by=who, at=NOW) is None
    assert has_part_in(who, claim) is (bar in PARTS)
    # What is only put off comes back, so it stays hidden.
    assert has_to_judge(who, claim) is (bar == Bar.SET_ASIDE)
    assert claims_to_judge(who).contains(claim) is (bar == Bar.SET_ASIDE)
    third = UserFactory(username="third", roles=[Role.REVIEWER])
    assert bars_between(Pair(pair.checkpoint, claim.pk, third.pk, NOW)) == []


@pytest.mark.parametrize(("bar", "made"), PART, ids=name_of)
def test_the_database_holds_each_part_whoever_writes(
    bar: Bar, made: Callable[[Claim, User], None], claim: Claim, reviewer: User
) -> None:
    made(claim, reviewer)
    seat = Assignment.objects.for_review().filter(checkpoint__claim=claim.pk)[0]
    seat.reviewer, seat.state = reviewer, Assignment.State.LEASED
    seat.leased_at = seat.lease_expires_at = NOW

    words = "declared a conflict" if bar == Bar.DECLARED else "Nobody who worded"
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        seat.save()


@pytest.mark.parametrize(
    ("change", "may"),
    [
        ({}, True),
        ({"is_active": False}, False),
        ({"roles": []}, False),
        ({"roles": ["lead"]}, False),
    ],
    ids=["a reviewer", "left", "without a role", "a lead"],
)
def test_only_reviewers_who_have_not_left_are_asked(
    change: dict[str, object], may: bool, claim: Claim, reviewer: User
) -> None:
    User.objects.filter(pk=reviewer.pk).update(**change)

    assert (lease_next(by=User.objects.get(pk=reviewer.pk), at=NOW) is not None) is may


def test_the_database_gives_no_seat_to_who_has_left(claim: Claim, reviewer: User) -> None:
    User.objects.filter(pk=reviewer.pk).update(is_active=False)

    with pytest.raises(IntegrityError, match="Nobody who has left"), transaction.atomic():
        Assignment.objects.filter(seat=1).update(
            reviewer=reviewer, state="leased", leased_at=NOW, lease_expires_at=NOW
        )


def test_a_conflict_with_something_else_keeps_nobody_away(claim: Claim, reviewer: User) -> None:
    other = RegisteredClaimFactory(topics=["grain"], said_on=date(2022, 1, 1))
    declare_conflict(user=reviewer, by=reviewer, reason="x", claimant=other.claimant)
    declare_conflict(user=reviewer, by=reviewer, reason="x", topic="grain")
    declare_conflict(
        user=reviewer, by=reviewer, reason="x", publisher=other.quote.document.publisher
    )

    assert seat_of(claim, reviewer)
    assert DeclaredConflict.objects.standing().count() == 3


def test_an_ended_conflict_keeps_nobody_away(claim: Claim, reviewer: User, lead: User) -> None:
    declared_a_topic(claim, reviewer)
    end_conflict(conflict=DeclaredConflict.objects.get(), by=lead)

    assert seat_of(claim, reviewer)


@pytest.mark.parametrize(
    ("made", "after"), [(skipped_it, timedelta(days=7)), (postponed_it, timedelta(days=19))]
)
def test_what_was_put_off_is_offered_again(
    made: Callable[[Claim, User], None], after: timedelta, claim: Claim, reviewer: User
) -> None:
    made(claim, reviewer)

    assert lease_next(by=reviewer, at=NOW + after - timedelta(hours=10)) is None
    assert lease_next(by=reviewer, at=NOW + after) is not None


def test_no_voter_and_nobody_with_a_part_settles_a_disagreement(claim: Claim, lead: User) -> None:
    dual = UserFactory(username="dual", roles=[Role.REVIEWER, Role.LEAD])
    party = UserFactory(username="party", roles=[Role.LEAD])
    judged_it(claim, dual)
    ReviewFactory(assignment__checkpoint=claim.checkpoints.get(), assignment__seat=9)
    declare_conflict(user=party, by=party, reason="x", claimant=claim.claimant)
    seat = AssignmentFactory(
        checkpoint=claim.checkpoints.get(), role=Assignment.Role.ADJUDICATION, seat=1
    )

    for who in (dual, party):
        with pytest.raises(LeaseLost):
            take_adjudication(assignment=seat, by=who, at=NOW)
    assert take_adjudication(assignment=seat, by=lead, at=NOW).reviewer == lead


def test_where_the_policy_names_who_settles_no_other_lead_does(claim: Claim, lead: User) -> None:
    chief = UserFactory(username="chief", roles=[Role.LEAD])
    set_policy(reviewers=2, steps=2, adjudicators=[chief], by=lead)
    AssignmentFactory(checkpoint=claim.checkpoints.get(), role="adjudication", seat=1)

    assert not open_seats(lead).exists()
    assert open_seats(chief).count() == 1
    assert Policy.current().named() == [chief.pk]


def test_the_lead_is_told_who_is_missing_and_why(claim: Claim, reviewer: User) -> None:
    linked_evidence(claim, reviewer)
    declared_a_topic(claim, UserFactory(username="conflicted", roles=[Role.REVIEWER]))
    UserFactory(username="able", roles=[Role.REVIEWER])
    UserFactory(username="left", roles=[Role.REVIEWER], is_active=False)

    (short,) = shortages(at=NOW)

    assert (short.checkpoint, short.seats, short.able, short.people) == (
        claim.checkpoints.get(), 2, 1, 3,
    )  # fmt: skip
    assert short.reasons == [(Bar.DECIDED.label, 1), (Bar.DECLARED.label, 1)]


def test_where_people_are_enough_nothing_is_told(claim: Claim) -> None:
    for n in range(2):
        UserFactory(username=f"able{n}", roles=[Role.REVIEWER])

    assert shortages(at=NOW) == []


def test_three_checkpoints_cost_no_more_queries_than_one(django_assert_num_queries) -> None:
    RegisteredClaimFactory()
    open_due_checkpoints(on=date(2027, 1, 1))
    with django_assert_num_queries(9):
        assert len(shortages(at=NOW)) == 1
    for _ in range(2):
        RegisteredClaimFactory()
    open_due_checkpoints(on=date(2027, 1, 1))
    with django_assert_num_queries(9):
        assert len(shortages(at=NOW)) == 3
