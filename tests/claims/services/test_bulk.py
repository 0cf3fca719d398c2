"""Many drafts changed, handed over, dropped or registered at once."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import AuditEntry, User
from claims.models import Claim
from claims.services import drop_drafts, edit_drafts, register_drafts
from claims.services.bulk import Bulk
from claims.validators import ClaimProblem
from reviews.queries import has_part_in
from tests.factories.claims import (
    BaseRateFactory,
    CheckpointFactory,
    ClaimFactory,
    RegisteredClaimFactory,
)
from tests.factories.sources import ClaimantFactory

pytestmark = pytest.mark.django_db

# What lies beyond every number that the database gave out, and still within its numbers.
BEYOND = 10**18 - 1


def numbers_of(claims: Sequence[Claim]) -> list[int]:
    return [claim.pk for claim in claims]


def told(done: Bulk) -> list[tuple[int, str]]:
    """What stood in the way, by the number of the claim."""
    return [(claim.pk, words) for claim, words in done.refused]


def rows() -> list[dict[str, Any]]:
    """Every claim as it is stored."""
    return list(Claim.objects.order_by("pk").values())


def audit() -> list[tuple[str, int, str]]:
    """Everything the audit says: verb, claim and who."""
    entries = AuditEntry.objects.filter(object_type="claims.claim").order_by("pk")
    return list(entries.values_list("verb", "object_id", "by__username"))


def chained(earlier: Claim, **fields: Any) -> Claim:
    """A draft that says again what its claimant said before."""
    given = {"claimant": earlier.claimant, "predecessor": earlier, "relation": "repeats"}
    return ClaimFactory(**given | fields)


def test_drafts_are_given_every_value_at_once(analyst: User) -> None:
    drafts = ClaimFactory.create_batch(2)
    claimant, rate = ClaimantFactory(), BaseRateFactory(probability=Decimal("0.1"))
    changes = {
        "claimant": claimant,
        "base_rate": rate,
        "stake": Claim.Stake.HIGH,
        "opens_on": date(2024, 1, 1),
        "due_earliest": date(2024, 6, 1),
        "due_on": date(2025, 1, 1),
        "due_latest": date(2026, 1, 1),
    }

    done = edit_drafts(numbers=numbers_of(drafts), by=analyst, changes=changes)

    assert done == Bulk(changed=2, refused=[])
    for draft in Claim.objects.drafts():
        assert {name: getattr(draft, name) for name in changes} == changes


def test_what_is_not_named_stays_as_it_was(analyst: User) -> None:
    draft, bystander = ClaimFactory(topics=["trade"]), ClaimFactory()
    before = rows()

    edit_drafts(numbers=[draft.pk], by=analyst, changes={"stake": 3})

    assert rows() == [before[0] | {"stake": 3}, before[1]]
    assert before[1]["id"] == bystander.pk


def test_topics_are_added_behind_those_that_are_there(analyst: User) -> None:
    bare, tagged = ClaimFactory(), ClaimFactory(topics=["war", "trade"])

    done = edit_drafts(
        numbers=[bare.pk, tagged.pk], by=analyst, changes={}, add_topics=["trade", "ports", "trade"]
    )

    assert done.changed == 2
    assert list(Claim.objects.order_by("pk").values_list("topics", flat=True)) == [
        ["trade", "ports"],
        ["war", "trade", "ports"],
    ]


def test_each_changed_draft_has_one_row_in_the_audit(analyst: User) -> None:
    drafts = ClaimFactory.create_batch(2)

    edit_drafts(numbers=numbers_of(drafts), by=analyst, changes={"stake": 3}, add_topics=["war"])

    assert audit() == [("edited", draft.pk, "ada") for draft in drafts]
    assert AuditEntry.objects.first().detail == {"fields": ["stake", "topics"]}


def test_drafts_that_have_it_already_are_neither_counted_nor_recorded(analyst: User) -> None:
    other, same = ClaimFactory(topics=["war"]), ClaimFactory(stake=3, topics=["war"])

    done = edit_drafts(
        numbers=[other.pk, same.pk], by=analyst, changes={"stake": 3}, add_topics=["war"]
    )

    assert done == Bulk(changed=1, refused=[])
    assert audit() == [("edited", other.pk, "ada")]


def test_changing_twice_changes_nothing(analyst: User) -> None:
    draft = ClaimFactory()
    give = {"changes": {"claimant": ClaimantFactory(), "stake": 1}, "add_topics": ["war"]}
    edit_drafts(numbers=[draft.pk], by=analyst, **give)
    before = rows()

    assert edit_drafts(numbers=[draft.pk], by=analyst, **give) == Bulk()
    assert rows() == before
    assert len(audit()) == 1


def test_number_that_is_named_twice_counts_once(analyst: User) -> None:
    draft = ClaimFactory()

    assert edit_drafts(numbers=[draft.pk] * 3, by=analyst, changes={"stake": 3}).changed == 1


@pytest.mark.parametrize("verb", [edit_drafts, drop_drafts, register_drafts])
def test_only_drafts_are_touched(verb: Callable[..., Bulk], analyst: User) -> None:
    others = [
        RegisteredClaimFactory(),
        ClaimFactory(status=Claim.Status.PROPOSED),
        ClaimFactory(status=Claim.Status.DROPPED),
    ]
    before = rows()
    given = {"changes": {"stake": 3}} if verb is edit_drafts else {}

    done = verb(numbers=[*numbers_of(others), BEYOND, 0, -1], by=analyst, **given)

    assert done == Bulk()
    assert rows() == before
    assert audit() == []


@pytest.mark.parametrize("verb", [edit_drafts, drop_drafts, register_drafts])
def test_no_numbers_is_nothing_to_do(verb: Callable[..., Bulk], analyst: User) -> None:
    ClaimFactory()
    given = {"changes": {"stake": 3}} if verb is edit_drafts else {}

    assert verb(numbers=[], by=analyst, **given) == Bulk()
    assert audit() == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"due_on": date(2023, 3, 21)},
            "The due date, 2023-03-21, must come after 2023-03-21, the day it was said.",
        ),
        ({"due_latest": date(2025, 1, 1)}, "The dates must run: opens, earliest, due, latest."),
        (
            {"due_on": date(2027, 1, 1)},
            (
                "The last checkpoint, 2026-03-21, is the final one: it cannot come before the due date, "
                "2027-01-01."
            ),
        ),
        (
            {"due_on": date(2025, 1, 1), "due_latest": date(2026, 1, 1)},
            "The checkpoint 2026-03-21 comes after the latest date.",
        ),
        ({"said_on": date(2026, 3, 21)}, "The due date, 2026-03-21, must come after 2026-03-21"),
        ({"statement": " "}, "Write the claim as one sentence."),
        ({"stake": 7}, "Value 7 is not a valid choice."),
        (
            {"probability_low": Decimal("0.9")},
            "The probability range is upside down: its low end is above its high.",
        ),
    ],
)
def test_draft_that_the_changes_would_break_stays_and_says_why(
    changes: dict[str, Any], words: str, analyst: User
) -> None:
    draft = CheckpointFactory().claim
    before = rows()

    done = edit_drafts(numbers=[draft.pk], by=analyst, changes=changes, add_topics=["war"])

    assert done.changed == 0
    assert [(pk, one[: len(words)]) for pk, one in told(done)] == [(draft.pk, words)]
    assert rows() == before
    assert audit() == []


def test_good_drafts_are_changed_beside_the_bad_ones(analyst: User) -> None:
    early, late = ClaimFactory(), ClaimFactory(said_on=date(2026, 3, 20))

    done = edit_drafts(
        numbers=[late.pk, early.pk],
        by=analyst,
        changes={"opens_on": date(2026, 1, 1), "due_earliest": date(2026, 1, 1)}
        | {"due_on": date(2026, 3, 20)},
    )

    assert done.changed == 1
    assert told(done) == [
        (late.pk, "The due date, 2026-03-20, must come after 2026-03-20, the day it was said.")
    ]
    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.due_on, late.due_on) == (date(2026, 3, 20), date(2026, 3, 21))


def test_due_date_alone_is_not_a_horizon(analyst: User) -> None:
    dates = dict.fromkeys(("opens_on", "due_earliest", "due_on", "due_latest"))
    draft = ClaimFactory(**dates)

    done = edit_drafts(numbers=[draft.pk], by=analyst, changes={"due_on": date(2027, 1, 1)})

    assert told(done) == [
        (draft.pk, "Give all four dates of the horizon: opens, earliest, due, latest.")
    ]


def test_topic_that_is_too_long_is_refused_for_each_draft(analyst: User) -> None:
    drafts = ClaimFactory.create_batch(2)

    done = edit_drafts(
        numbers=numbers_of(drafts), by=analyst, changes={}, add_topics=["x" * 60, "y" * 61]
    )

    assert done.changed == 0
    assert [pk for pk, _ in told(done)] == numbers_of(drafts)
    assert "at most 60 characters (it has 61)" in done.refused[0][1]
    assert set(Claim.objects.values_list("topics__len", flat=True)) == {0}


def test_claimant_of_a_chained_draft_stays(analyst: User) -> None:
    earlier = RegisteredClaimFactory(claimant=ClaimantFactory(name="Orlov"))
    bound, free = chained(earlier), ClaimFactory()
    other = ClaimantFactory()

    done = edit_drafts(numbers=[bound.pk, free.pk], by=analyst, changes={"claimant": other})

    assert done.changed == 1
    assert told(done) == [
        (
            bound.pk,
            f"Claim {earlier.pk} is by another claimant. A claim comes after one by the same claimant.",
        )
    ]
    bound.refresh_from_db()
    free.refresh_from_db()
    assert (bound.claimant, free.claimant) == (earlier.claimant, other)


def test_drafts_are_handed_to_a_colleague(analyst: User, colleague: User) -> None:
    drafts = [ClaimFactory(), ClaimFactory(handed_to=analyst), ClaimFactory(handed_to=colleague)]

    done = edit_drafts(numbers=numbers_of(drafts), by=analyst, changes={}, hand_to=colleague)

    assert done == Bulk(changed=2, refused=[])
    assert set(Claim.objects.values_list("handed_to__username", flat=True)) == {"carl"}
    assert audit() == [("edited", draft.pk, "ada") for draft in drafts[:2]]
    assert AuditEntry.objects.first().detail == {"fields": ["handed_to", "topics"]}


def test_drafts_are_not_handed_to_somebody_who_may_not_write_claims(
    analyst: User, reader: User
) -> None:
    draft = ClaimFactory()

    with pytest.raises(ClaimProblem) as problem:
        edit_drafts(numbers=[draft.pk], by=analyst, changes={"stake": 3}, hand_to=reader)

    assert str(problem.value) == "rene may not write claims, so nobody can hand them one."
    draft.refresh_from_db()
    assert (draft.stake, draft.handed_to) == (2, None)


def test_whoever_changed_drafts_together_has_part_in_each(
    analyst: User, colleague: User, reviewer: User
) -> None:
    changed, refused = ClaimFactory(), ClaimFactory(said_on=date(2025, 1, 1))
    numbers = [changed.pk, refused.pk]

    edit_drafts(
        numbers=numbers, by=reviewer, changes={"due_on": date(2025, 1, 1)}, hand_to=colleague
    )

    assert [has_part_in(reviewer, one) for one in (changed, refused)] == [True, False]
    assert not has_part_in(colleague, changed)


@pytest.mark.parametrize("name", ["status", "registered_at", "content_hash", "handed_to", "id"])
def test_field_that_is_not_edited_is_a_mistake_of_the_program(name: str, analyst: User) -> None:
    with pytest.raises(TypeError, match=f"^edit_drafts does not change {name}$"):
        edit_drafts(numbers=[ClaimFactory().pk], by=analyst, changes={name: None})


def test_dropped_drafts_can_be_taken_back(analyst: User) -> None:
    drafts, other = ClaimFactory.create_batch(2), ClaimFactory()

    done = drop_drafts(numbers=numbers_of(drafts), by=analyst)

    assert done == Bulk(changed=2, refused=[])
    assert list(Claim.objects.order_by("pk").values_list("status", flat=True)) == [
        *["dropped", "dropped"],
        "draft",
    ]
    assert audit() == [("dropped", draft.pk, "ada") for draft in drafts]
    assert drop_drafts(numbers=numbers_of([*drafts, other]), by=analyst).changed == 1


def test_whole_drafts_are_registered_and_the_others_say_what_they_lack(analyst: User) -> None:
    whole = ClaimFactory.create_batch(2)
    bare = ClaimFactory(base_rate=None, held_if="")
    numbers = numbers_of([bare, *whole])

    done = register_drafts(numbers=numbers, by=analyst)

    assert done.changed == 2
    assert told(done) == [
        (
            bare.pk,
            (
                "This claim cannot be registered yet. It lacks a base rate with its source; what would "
                "count as held."
            ),
        )
    ]
    ledger = Claim.objects.ledger().order_by("pk")
    assert list(ledger.values_list("pk", "registered_by")) == [
        (one.pk, analyst.pk) for one in whole
    ]
    assert audit() == [("registered", one.pk, "ada") for one in whole]
    assert register_drafts(numbers=numbers, by=analyst).changed == 0


def test_of_two_that_replace_one_claim_the_first_is_registered(analyst: User) -> None:
    far = {"due_on": date(2100, 1, 1), "due_latest": date(2100, 1, 1)}
    earlier = RegisteredClaimFactory(**far)
    drafts = [chained(earlier, relation="replaces", **far) for _ in range(2)]

    done = register_drafts(numbers=numbers_of(drafts), by=analyst)

    assert done.changed == 1
    assert told(done) == [
        (
            drafts[1].pk,
            (
                f"Claim {earlier.pk} is superseded, so it cannot be replaced. Say that this one repeats "
                "it."
            ),
        )
    ]
