"""Due checkpoints open by themselves, once."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from claims.models import Checkpoint, Claim
from reviews.models import Assignment
from reviews.services import open_due_checkpoints
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory

pytestmark = pytest.mark.django_db

DUE = date(2026, 3, 21)


def test_a_due_checkpoint_gets_two_open_seats() -> None:
    claim = RegisteredClaimFactory(due_on=DUE)

    assert open_due_checkpoints(on=DUE) == 1

    seats = Assignment.objects.filter(checkpoint__claim=claim)
    assert sorted(seats.values_list("role", "seat", "state")) == [
        ("review", 1, "open"),
        ("review", 2, "open"),
    ]
    assert AuditEntry.objects.filter(verb="opened for review").count() == 1


def test_a_checkpoint_of_tomorrow_stays_closed() -> None:
    RegisteredClaimFactory(due_on=DUE)

    assert open_due_checkpoints(on=DUE - timedelta(days=1)) == 0
    assert not Assignment.objects.exists()


def test_opening_again_adds_nothing() -> None:
    RegisteredClaimFactory(due_on=DUE)
    open_due_checkpoints(on=DUE)

    assert open_due_checkpoints(on=DUE) == 0
    assert Assignment.objects.count() == 2


def test_drafts_and_withdrawn_claims_are_not_opened() -> None:
    draft = ClaimFactory(due_on=DUE)
    Checkpoint.objects.create(claim=draft, due_on=DUE, is_final=True)
    withdrawn = RegisteredClaimFactory(due_on=DUE)
    withdrawn.status = Claim.Status.WITHDRAWN
    withdrawn.save()

    assert open_due_checkpoints(on=DUE) == 0


def test_three_checkpoints_cost_no_more_queries_than_one() -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            open_due_checkpoints(on=DUE)
        return len(captured)

    RegisteredClaimFactory(due_on=DUE)
    one = queries()
    for _ in range(3):
        RegisteredClaimFactory(due_on=DUE)

    assert queries() == one
