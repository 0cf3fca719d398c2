"""Bulk changes at size and at once: statements that do not grow with the drafts, and other hands."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from accounts.roles import Role
from claims.models import Claim
from claims.services import drop_drafts, edit_drafts, register_drafts
from claims.services.bulk import BATCH, Bulk
from tests.claims.services.test_concurrency import at_once
from tests.factories.accounts import UserFactory
from tests.factories.claims import (
    BaseRateFactory,
    CheckpointFactory,
    ClaimFactory,
    RegisteredClaimFactory,
)
from tests.factories.sources import ClaimantFactory, QuoteFactory

pytestmark = pytest.mark.django_db


def numbers_of(claims: Sequence[Claim]) -> list[int]:
    return [claim.pk for claim in claims]


def statements(verb: Callable[..., Bulk], drafts: Sequence[Claim], **given: Any) -> list[str]:
    """The statements of one bulk change of these drafts, all of which it must change."""
    with CaptureQueriesContext(connection) as captured:
        assert verb(numbers=numbers_of(drafts), **given).changed == len(drafts)
    return [one["sql"] for one in captured]


def some_drafts(count: int) -> list[Claim]:
    """Drafts each with a claimant, a base rate and a checkpoint of its own, half of them in a chain."""
    quote = QuoteFactory()
    drafts = [
        ClaimFactory(quote=quote, base_rate=BaseRateFactory(reference_class=f"Class {count} {n}"))
        for n in range(count)
    ]
    for draft in drafts:
        CheckpointFactory(claim=draft)
    for draft in drafts[::2]:
        draft.predecessor = RegisteredClaimFactory(quote=quote, claimant=draft.claimant)
        draft.relation = Claim.Relation.REPEATS
        draft.save()
    return drafts


@pytest.mark.parametrize(
    "name", ["stake", "due_earliest", "base_rate", "topics", "handed_to", "lexicon"]
)
def test_sixty_drafts_are_changed_in_as_many_statements_as_three(
    name: str, analyst: User, colleague: User
) -> None:
    rate = BaseRateFactory(reference_class="Of all of them")
    give: dict[str, Any] = {
        "stake": {"changes": {"stake": 3}},
        "due_earliest": {"changes": {"due_earliest": date(2025, 3, 21)}},
        "base_rate": {"changes": {"base_rate": rate}},
        "lexicon": {"changes": {"lexicon": None}},
        "topics": {"changes": {}, "add_topics": ["war"]},
        "handed_to": {"changes": {}, "hand_to": colleague},
    }[name]

    few, many = (
        statements(edit_drafts, some_drafts(count), by=analyst, **give) for count in (3, 60)
    )

    assert len(few) == len(many)
    # The drafts, their checkpoints, the change, the audit.
    assert len([one for one in many if "SAVEPOINT" not in one]) == 4


def test_sixty_drafts_are_given_a_claimant_in_as_many_statements_as_three(analyst: User) -> None:
    claimant = ClaimantFactory()

    few, many = (
        statements(
            edit_drafts,
            ClaimFactory.create_batch(count),
            by=analyst,
            changes={"claimant": claimant},
        )
        for count in (3, 60)
    )

    assert len(few) == len(many)


def test_sixty_drafts_are_dropped_in_as_many_statements_as_three(analyst: User) -> None:
    few, many = (statements(drop_drafts, some_drafts(count), by=analyst) for count in (3, 60))

    assert len(few) == len(many)
    assert len([one for one in many if "SAVEPOINT" not in one]) == 3


def test_more_drafts_than_one_statement_holds_are_all_changed(analyst: User) -> None:
    quote = QuoteFactory()
    like = {"statement": "Trade grows.", "said_on": date(2023, 3, 21), "kind": "event"}
    drafts = Claim.objects.bulk_create(Claim(quote=quote, **like) for _ in range(BATCH + 1))

    done = edit_drafts(numbers=numbers_of(drafts), by=analyst, changes={"stake": 3})

    assert done.changed == BATCH + 1
    assert set(Claim.objects.values_list("stake", flat=True)) == {3}
    assert AuditEntry.objects.filter(verb="edited").count() == BATCH + 1


def wait_for_a_waiter() -> None:
    """Returns once somebody waits for a lock."""
    patience = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < patience:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
            time.sleep(0.01)
    pytest.fail("Nobody waits for a lock.")


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize("verb", [edit_drafts, drop_drafts])
def test_whoever_waits_for_the_first_draft_holds_none_of_the_others(
    verb: Callable[..., Bulk],
) -> None:
    numbers = numbers_of(ClaimFactory.create_batch(5))
    given = {"changes": {"stake": 3}} if verb is edit_drafts else {}
    ada = UserFactory(username="ada", roles=[Role.ANALYST])

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Claim.objects.select_for_update().get(pk=numbers[0])
            waiting = pool.submit(at_once, lambda: verb(numbers=numbers[::-1], by=ada, **given))
            wait_for_a_waiter()
            free = Claim.objects.select_for_update(skip_locked=True).order_by("pk")
            assert numbers_of(free) == numbers
        assert [done.changed for done in waiting.result()] == [5]


@pytest.mark.usefixtures("transactional_db")
def test_two_who_change_the_same_drafts_in_other_order_both_get_through() -> None:
    numbers = numbers_of(ClaimFactory.create_batch(30))
    ada, carl = (UserFactory(username=name, roles=[Role.ANALYST]) for name in ("ada", "carl"))

    one, two = at_once(
        lambda: edit_drafts(numbers=numbers, by=ada, changes={"stake": 3}, add_topics=["war"]),
        lambda: edit_drafts(numbers=numbers[::-1], by=carl, changes={}, add_topics=["trade"]),
    )

    assert (one.changed, two.changed) == (30, 30)
    # Whoever came second added to what the first had written.
    for stake, topics in Claim.objects.values_list("stake", "topics"):
        assert (stake, set(topics)) == (3, {"war", "trade"})
    assert AuditEntry.objects.filter(verb="edited").count() == 60


@pytest.mark.usefixtures("transactional_db")
def test_drafts_that_somebody_drops_meanwhile_are_changed_before_or_not_at_all() -> None:
    numbers = numbers_of(ClaimFactory.create_batch(30))
    ada, carl = (UserFactory(username=name, roles=[Role.ANALYST]) for name in ("ada", "carl"))

    edited, dropped = at_once(
        lambda: edit_drafts(numbers=numbers, by=ada, changes={"stake": 3}),
        lambda: drop_drafts(numbers=numbers[::-1], by=carl),
    )

    assert dropped.changed == 30
    assert Claim.objects.filter(stake=3).count() == edited.changed
    assert set(Claim.objects.values_list("status", flat=True)) == {"dropped"}


@pytest.mark.usefixtures("transactional_db")
def test_drafts_registered_by_two_at_once_are_registered_once() -> None:
    numbers = numbers_of(ClaimFactory.create_batch(6))
    ada, carl = (UserFactory(username=name, roles=[Role.ANALYST]) for name in ("ada", "carl"))

    at_once(
        lambda: register_drafts(numbers=numbers, by=ada),
        lambda: register_drafts(numbers=numbers[::-1], by=carl),
    )

    assert Claim.objects.ledger().count() == 6
    assert AuditEntry.objects.filter(verb="registered").count() == 6


@pytest.mark.usefixtures("transactional_db")
def test_change_of_drafts_that_are_registered_meanwhile_never_breaks_a_locked_claim() -> None:
    numbers = numbers_of(ClaimFactory.create_batch(10))
    ada, carl = (UserFactory(username=name, roles=[Role.ANALYST]) for name in ("ada", "carl"))

    edited, registered = at_once(
        lambda: edit_drafts(numbers=numbers, by=ada, changes={"held_if": "It grows."}),
        lambda: register_drafts(numbers=numbers[::-1], by=carl),
    )

    assert registered.changed == 10
    assert Claim.objects.filter(held_if="It grows.").count() == edited.changed
