"""Seats at checkpoints, what was found there, and verdicts."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import factory

from accounts.roles import Role
from reviews.models import Assignment, Review, Verdict
from reviews.outcomes import Confidence, Outcome
from tests.factories.accounts import UserFactory
from tests.factories.claims import CheckpointFactory

JUDGED = datetime(2026, 4, 1, 9, tzinfo=UTC)


class AssignmentFactory(factory.django.DjangoModelFactory):
    """An open seat; with `reviewer`, a leased one."""

    class Meta:
        model = Assignment

    checkpoint = factory.SubFactory(CheckpointFactory)
    role = Assignment.Role.REVIEW
    seat = factory.Sequence(lambda n: n % 30_000 + 1)
    reviewer = None
    state = factory.LazyAttribute(
        lambda seat: Assignment.State.LEASED if seat.reviewer else Assignment.State.OPEN
    )
    leased_at = factory.LazyAttribute(lambda seat: JUDGED if seat.reviewer else None)
    lease_expires_at = factory.LazyAttribute(
        lambda seat: JUDGED + timedelta(hours=1) if seat.reviewer else None
    )


class ReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Review
        skip_postgeneration_save = True

    assignment = factory.SubFactory(
        AssignmentFactory,
        reviewer=factory.SubFactory(UserFactory, roles=[Role.REVIEWER]),
        state=Assignment.State.DONE,
    )
    outcome = Outcome.HELD
    confidence = Confidence.HIGH
    reason = "Trade lay above that of 2022 in each year."
    at = JUDGED


class VerdictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Verdict

    checkpoint = factory.SubFactory(CheckpointFactory)
    outcome = Outcome.HELD
    value = Decimal(1)
    basis = Verdict.Basis.AGREEMENT
    at = JUDGED
