"""What reports are compared with is kept for a week after they were stored, and then removed."""

from datetime import UTC, datetime, timedelta

import pytest

from sources.models import Clue, EventReport, Fingerprint
from sources.services import forget_fingerprints, forgetting
from sources.services.forgetting import KEEP_DAYS
from sources.tasks import forget_fingerprints as sweep
from tests.sources.services.gathering_desk import copy, receive

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, tzinfo=UTC)
DAM = {"title": "Water of the Tolmar dam is let out", "summary": "Rain fell for nine days."}


def stored(number: int, *, days_ago: float) -> EventReport:
    receive(copy(number, **DAM))
    report = EventReport.objects.latest("pk")
    at = NOW - timedelta(days=days_ago)
    Fingerprint.objects.filter(pk=report.pk).update(stored_at=at)
    return report


def kept() -> tuple[list[int], list[int]]:
    """The reports with a fingerprint, and those with a clue."""
    clues = Clue.objects.order_by("report").values_list("report", flat=True)
    return sorted(Fingerprint.objects.values_list("pk", flat=True)), sorted(set(clues))


def test_a_week_after_it_was_stored_a_report_is_compared_no_more() -> None:
    stored(1, days_ago=KEEP_DAYS + 0.1)
    young = stored(2, days_ago=KEEP_DAYS - 0.1)

    assert forget_fingerprints(at=NOW) == 1
    assert kept() == ([young.pk], [young.pk])
    assert forget_fingerprints(at=NOW) == 0
    assert EventReport.objects.count() == 2


def test_an_old_file_that_was_imported_today_stays() -> None:
    report = stored(1, days_ago=0)
    Fingerprint.objects.update(reported_at=NOW - timedelta(days=900))

    assert forget_fingerprints(at=NOW) == 0
    assert kept() == ([report.pk], [report.pk])


def test_many_are_removed_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "BATCH", 2)
    for number in range(5):
        stored(number, days_ago=20 - number)

    assert forget_fingerprints(at=NOW) == 5
    assert kept() == ([], [])


def test_one_go_ends_after_some_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "BATCH", 1)
    monkeypatch.setattr(forgetting, "BATCHES", 2)
    reports = [stored(number, days_ago=20 - number).pk for number in range(5)]

    assert forget_fingerprints(at=NOW) == 2
    assert kept() == (reports[2:], reports[2:])


def test_clues_of_removed_reports_go_with_those_around_them() -> None:
    stored(1, days_ago=9)
    gone = stored(2, days_ago=9)
    stored(3, days_ago=9)
    young = stored(4, days_ago=1)
    gone.delete()

    forget_fingerprints(at=NOW)

    assert kept() == ([young.pk], [young.pk])


def test_a_copy_that_comes_after_all_was_forgotten_is_another_event() -> None:
    stored(1, days_ago=9)
    sweep()

    [later] = receive(copy(2, **DAM))
    assert later.report_count == 1
    assert EventReport.objects.count() == 2
