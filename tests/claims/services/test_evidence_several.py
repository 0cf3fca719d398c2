"""One decision on several suggestions, and the last decision undone."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from claims.models import Evidence
from claims.services import (
    accept_evidence,
    accept_several,
    reject_evidence,
    reject_several,
    undo_last,
)
from claims.services.evidence_several import Several
from claims.tasks import watch_leaned_on_pages
from claims.validators import ClaimProblem
from sources.models import PageWatch
from tests.factories.claims import EvidenceFactory
from tests.factories.sources import DocumentFactory, EventFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 5, 1, 9, tzinfo=UTC)


def some(count: int) -> list[int]:
    return [EvidenceFactory().pk for _ in range(count)]


def test_all_are_accepted_alike_and_audited(analyst: User) -> None:
    numbers = some(3)

    done = accept_several(numbers=numbers, stance=-1, credibility=2, note=" So. ", by=analyst)

    assert sorted(one.pk for one in done.decided) == numbers
    values = Evidence.objects.values_list("status", "stance", "credibility", "note", "decided_by")
    assert set(values) == {("accepted", -1, 2, "So.", analyst.pk)}
    told = AuditEntry.objects.filter(verb="accepted").order_by("object_id")
    assert [(one.object_id, one.detail) for one in told] == [
        (
            one.pk,
            {"claim": one.claim_id, "stance": -1, "credibility": 2, "note": "So."},
        )
        for one in Evidence.objects.order_by("pk")
    ]


def test_what_somebody_decided_meanwhile_is_named_and_the_rest_is_kept(
    analyst: User, colleague: User
) -> None:
    numbers = some(3)
    taken = Evidence.objects.get(pk=numbers[1])
    accept_evidence(evidence=taken, stance=2, credibility=1, by=colleague)

    done = reject_several(numbers=[*numbers, 999_999], reason="too_weak", by=analyst)

    ((refused, why),) = done.refused
    words = "carl has already accepted this: strongly supports, credibility 1. Undo that first."
    assert (refused.pk, why, done.gone) == (taken.pk, words, 1)
    assert list(Evidence.objects.order_by("pk").values_list("status", "reject_reason")) == [
        ("rejected", "too_weak"),
        ("accepted", ""),
        ("rejected", "too_weak"),
    ]


@pytest.mark.parametrize("reason", ["nonsense", "other"])
def test_reason_is_known_or_written(reason: str, analyst: User) -> None:
    with pytest.raises(ClaimProblem):
        reject_several(numbers=some(1), reason=reason, by=analyst)

    assert Evidence.objects.get().status == "suggested"


def test_undo_puts_back_all_of_the_last_decision_then_the_one_before(analyst: User) -> None:
    first, *others = some(3)
    reject_evidence(evidence=Evidence.objects.get(pk=first), reason="duplicate", by=analyst, at=NOW)
    accept_several(numbers=others, stance=1, by=analyst, at=NOW + timedelta(hours=1))

    later = NOW + timedelta(hours=2)
    undone = [sorted(one.pk for one in undo_last(by=analyst, at=later).decided) for _ in range(3)]

    assert undone == [others, [first], []]
    assert set(Evidence.objects.values_list("status", "reject_reason")) == {("suggested", "")}
    undone = AuditEntry.objects.filter(verb="undid").order_by("object_id")
    assert [one.detail for one in undone] == [
        {"claim": one.claim_id, "was": "rejected" if one.pk == first else "accepted"}
        for one in Evidence.objects.order_by("pk")
    ]


def test_undo_leaves_what_others_and_earlier_days_decided(analyst: User, colleague: User) -> None:
    theirs, old = some(2)
    reject_evidence(evidence=Evidence.objects.get(pk=theirs), by=colleague, at=NOW)
    reject_evidence(evidence=Evidence.objects.get(pk=old), by=analyst, at=NOW - timedelta(hours=13))

    assert undo_last(by=analyst, at=NOW).decided == []


@pytest.mark.parametrize(("decide", "asked"), [(accept_several, 1), (reject_several, 0)])
def test_pages_of_what_is_accepted_are_asked_for_at_once(
    decide: Callable[..., Several],
    asked: int,
    analyst: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    sent: list[str] = []
    monkeypatch.setattr("claims.services.evidence_several.current_app.send_task", sent.append)
    values = {"stance": 1} if asked else {"reason": "too_weak"}

    with django_capture_on_commit_callbacks(execute=True):
        decide(numbers=some(3), by=analyst, **values)

    assert sent == ["claims.tasks.watch_leaned_on_pages"] * asked


def test_page_of_what_was_accepted_with_others_is_watched_by_that_task(analyst: User) -> None:
    report = DocumentFactory(origin="file", url="https://ports.example/a", url_key="a key")
    link = EvidenceFactory(event=EventFactory(report=report))

    accept_several(numbers=[link.pk], stance=1, by=analyst)
    watch_leaned_on_pages()

    assert PageWatch.objects.get(url_key="a key").is_active


def test_sixty_are_decided_in_as_many_statements_as_three(analyst: User) -> None:
    counts = []
    for count in (3, 60):
        numbers = some(count)
        with CaptureQueriesContext(connection) as queries:
            assert len(accept_several(numbers=numbers, stance=1, by=analyst).decided) == count
        counts.append(len(queries))

    assert counts[0] == counts[1]
