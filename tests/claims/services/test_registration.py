"""Registration: what it asks for, what it locks, and the dates it makes by convention."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AuditEntry, User
from claims.models import Claim
from claims.services import conventional_checkpoints, register_claim, set_checkpoints
from claims.services.registration import content_hash
from claims.validators import ClaimProblem, NotJudgeable
from tests.factories.claims import ClaimFactory

pytestmark = pytest.mark.django_db

type OnCommit = Callable[..., AbstractContextManager[object]]

NOW = datetime(2024, 5, 1, 9, tzinfo=UTC)
PROBABILITY = "a probability range (from the hedge, declared, or read)"
HORIZON = "a horizon (opens, earliest, due, latest)"
NO_DATES = dict.fromkeys(("opens_on", "due_earliest", "due_on", "due_latest"))


def lacks(claim: Claim, by: User) -> list[str]:
    with pytest.raises(NotJudgeable) as problem:
        register_claim(claim=claim, by=by)
    claim.refresh_from_db()
    assert not claim.is_registered
    return problem.value.missing


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"claimant": None}, ["a claimant"]),
        ({"probability_low": None, "probability_high": None}, [PROBABILITY]),
        ({"base_rate": None}, ["a base rate with its source"]),
        (NO_DATES, [HORIZON]),
        ({"held_if": " "}, ["what would count as held"]),
        ({"failed_if": ""}, ["what would count as failed"]),
        ({"kind": "conditional"}, ["the condition it depends on"]),
        ({"kind": "quantity", "metric": "tonnes"}, ["a metric and a threshold"]),
        ({"kind": "assessment", "claimant": None, "held_if": ""}, ["a claimant"]),
    ],
)
def test_what_is_missing_is_listed(
    fields: dict[str, object], missing: list[str], analyst: User
) -> None:
    assert lacks(ClaimFactory(**fields), analyst) == missing


def test_everything_missing_is_told_in_one_sentence(analyst: User) -> None:
    claim = ClaimFactory(claimant=None, base_rate=None, held_if="")

    with pytest.raises(NotJudgeable) as problem:
        register_claim(claim=claim, by=analyst)

    assert str(problem.value) == (
        "This claim cannot be registered yet. It lacks a claimant; a base rate with its source; "
        "what would count as held."
    )


def test_registered_claim_is_locked_hashed_and_in_the_audit(analyst: User) -> None:
    claim = register_claim(claim=ClaimFactory(), by=analyst, at=NOW)

    claim.refresh_from_db()
    assert (claim.status, claim.registered_at, claim.registered_by) == (
        Claim.Status.REGISTERED,
        NOW,
        analyst,
    )
    assert claim.content_hash == content_hash(claim)
    entry = AuditEntry.objects.get(verb="registered")
    assert (entry.by, entry.object_id) == (analyst, claim.pk)
    assert entry.detail == {"content_hash": claim.content_hash}


def test_proposed_claim_that_lacks_nothing_is_registered(analyst: User) -> None:
    claim = ClaimFactory(status=Claim.Status.PROPOSED)

    assert register_claim(claim=claim, by=analyst).is_registered


def test_dropped_claim_is_not_registered(analyst: User) -> None:
    with pytest.raises(ClaimProblem, match=r"^This claim was dropped\. Keep it before you"):
        register_claim(claim=ClaimFactory(status=Claim.Status.DROPPED), by=analyst)


def test_registering_twice_changes_nothing(analyst: User, colleague: User) -> None:
    claim = ClaimFactory()
    first = register_claim(claim=claim, by=analyst, at=NOW)

    again = register_claim(claim=claim, by=colleague)

    assert (again.registered_by, again.registered_at) == (analyst, NOW)
    assert again.content_hash == first.content_hash
    assert AuditEntry.objects.filter(verb="registered").count() == 1


@pytest.mark.parametrize(("day", "late"), [(20, False), (21, True), (22, True)])
def test_due_date_that_has_passed_is_noted_in_the_audit(
    day: int, late: bool, analyst: User
) -> None:
    register_claim(claim=ClaimFactory(), by=analyst, at=datetime(2026, 3, day, 12, tzinfo=UTC))

    detail = AuditEntry.objects.get(verb="registered").detail
    assert detail.get("due_passed_on") == ("2026-03-21" if late else None)


def test_worker_is_asked_to_match_once_the_claim_stands(
    analyst: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    asked: list[tuple[str, list[int]]] = []
    monkeypatch.setattr(
        "claims.services.registration.current_app.send_task",
        lambda name, args: asked.append((name, args)),
    )

    with django_capture_on_commit_callbacks(execute=True):
        claim = register_claim(claim=ClaimFactory(), by=analyst)

    assert asked == [("claims.tasks.match_claim", [claim.pk])]


def test_lost_message_does_not_undo_a_registration(
    analyst: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr("claims.services.registration.current_app.send_task", refuse)

    with django_capture_on_commit_callbacks(execute=True):
        claim = register_claim(claim=ClaimFactory(), by=analyst)

    claim.refresh_from_db()
    assert claim.is_registered
    assert "no broker" in caplog.text


def due_dates(claim: Claim) -> list[tuple[date, bool]]:
    return list(claim.checkpoints.order_by("due_on").values_list("due_on", "is_final"))


def test_checkpoints_nobody_set_are_made_by_convention(analyst: User) -> None:
    claim = register_claim(claim=ClaimFactory(), by=analyst)

    assert due_dates(claim) == [
        (date(2024, 3, 21), False),
        (date(2025, 3, 21), False),
        (date(2026, 3, 21), True),
    ]


def test_checkpoints_somebody_set_stand(analyst: User) -> None:
    claim = ClaimFactory()
    set_checkpoints(claim=claim, dates=[date(2024, 9, 1), date(2026, 4, 1)], by=analyst)

    register_claim(claim=claim, by=analyst)

    assert due_dates(claim) == [(date(2024, 9, 1), False), (date(2026, 4, 1), True)]


def test_checkpoint_that_an_edit_left_outside_the_horizon_is_refused(analyst: User) -> None:
    claim = ClaimFactory()
    set_checkpoints(claim=claim, dates=[date(2027, 1, 1)], by=analyst)
    Claim.objects.filter(pk=claim.pk).update(due_latest=date(2026, 6, 1))

    with pytest.raises(ClaimProblem, match=r"^The checkpoint 2027-01-01 comes after the latest"):
        register_claim(claim=claim, by=analyst)


def test_assessment_has_no_checkpoint(analyst: User) -> None:
    claim = register_claim(claim=ClaimFactory(kind=Claim.Kind.ASSESSMENT), by=analyst)

    assert due_dates(claim) == []


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"kind": "event"}, ["2026-03-21"]),
        ({"kind": "continuing"}, ["2024-03-21", "2025-03-21", "2026-03-21"]),
        ({"kind": "continuing", "due_earliest": None}, ["2026-03-21"]),
        ({"kind": "continuing", "due_earliest": date(2026, 3, 21)}, ["2026-03-21"]),
        (
            {"kind": "continuing", "due_earliest": date(2024, 2, 29), "due_on": date(2028, 2, 29)},
            ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"],
        ),
        (
            {"kind": "continuing", "due_earliest": date(2024, 2, 29), "due_on": date(2025, 2, 28)},
            ["2024-02-29", "2025-02-28"],
        ),
        ({"kind": "continuing", **NO_DATES}, []),
    ],
)
def test_conventional_checkpoints(fields: dict[str, object], days: list[str]) -> None:
    claim = ClaimFactory.build(quote=None, claimant=None, lexicon=None, base_rate=None, **fields)

    assert [day.isoformat() for day in conventional_checkpoints(claim)] == days


@given(earliest=st.dates(date(1900, 1, 1), date(2100, 1, 1)), length=st.integers(0, 3000))
def test_conventional_checkpoints_run_from_the_earliest_to_the_due_date_a_year_apart(
    earliest: date, length: int
) -> None:
    due = earliest + timedelta(length)
    said = earliest - timedelta(days=1)
    claim = Claim(kind=Claim.Kind.CONTINUING, said_on=said, due_earliest=earliest, due_on=due)

    days = conventional_checkpoints(claim)

    assert (days[0], days[-1]) == (earliest, due)
    gaps = [(after - day).days for day, after in pairwise(days)]
    assert all(365 <= gap <= 366 for gap in gaps[:-1])
    assert all(0 < gap <= 366 for gap in gaps[-1:])


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.integers(0, 90_000).map(lambda hours: NOW + timedelta(hours=hours / 6)),
        ),
        min_size=2,
        max_size=4,
    ),
    st.sampled_from(Claim.Kind.values),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40),
)
def test_registering_again_and_again_by_whom_and_whenever_changes_nothing(
    analyst: User, colleague: User, times: list[tuple[bool, datetime]], kind: str, words: str
) -> None:
    claim = ClaimFactory(
        kind=kind, statement=f"Trade {words}", condition="c", metric="m", threshold="t"
    )
    seen = set()

    for mine, moment in times:
        by = analyst if mine else colleague
        registered = register_claim(claim=claim, by=by, at=moment)
        days = tuple(registered.checkpoints.values_list("due_on", flat=True))
        seen.add(
            (
                registered.content_hash,
                registered.registered_at,
                registered.registered_by_id,
                days,
            )
        )

    assert len(seen) == 1
    assert AuditEntry.objects.filter(verb="registered", object_id=claim.pk).count() == 1
    assert Claim.objects.get(pk=claim.pk).content_hash == content_hash(claim)
