"""Several publishers at once, and writers under way while a report freezes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.moments import moment_of_writing
from accounts.roles import Role
from reports.models import Report
from reports.services import add_schedule, publish_due_reports, publish_report, recompute
from reviews.models import Verdict
from reviews.outcomes import Outcome
from tests.factories.accounts import UserFactory
from tests.reports.ledger import MARCH, final_checkpoint, judged_claim

pytestmark = pytest.mark.usefixtures("transactional_db")

PATIENCE = 30


def in_threads(work: Callable[[], object], times: int) -> None:
    def closing() -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        for future in [pool.submit(closing) for _ in range(times)]:
            future.result(timeout=PATIENCE)


def test_publishers_at_once_take_one_number_each() -> None:
    in_threads(lambda: publish_report(by=None, **MARCH), times=4)

    assert list(Report.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]


def test_schedulers_at_once_publish_one_report() -> None:
    lead = UserFactory(roles=[Role.LEAD])
    today = timezone.localdate()
    add_schedule(by=lead, title="Weekly", every="week", next_on=today)

    in_threads(publish_due_reports, times=4)

    assert Report.objects.count() == 1


def test_a_publisher_waits_for_a_verdict_under_way_and_counts_it() -> None:
    claim = judged_claim(None)
    begun, waited_for = Event(), Event()

    def judge() -> None:
        try:
            with transaction.atomic():
                at = moment_of_writing()
                Verdict.objects.create(
                    checkpoint=final_checkpoint(claim), outcome=Outcome.HELD, value=1, at=at
                )
                begun.set()
                assert waited_for.wait(PATIENCE)
        finally:
            connection.close()

    def publish() -> Report:
        try:
            return publish_report(by=None, period_start=date(2026, 3, 1), period_end=claim.due_on)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        judging = pool.submit(judge)
        assert begun.wait(PATIENCE)
        publishing = pool.submit(publish)
        wait_until_blocked()
        waited_for.set()
        judging.result(timeout=PATIENCE)
        report = publishing.result(timeout=PATIENCE)

    assert Verdict.objects.get().at <= report.cutoff
    assert report.claims.get().standing == "scored"
    assert recompute(report) == report.figures


def wait_until_blocked() -> None:
    """Until some process waits for an advisory lock that another holds."""
    for _ in range(PATIENCE * 50):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            if cursor.fetchone():
                return
        sleep(0.02)
    raise AssertionError("nobody waits")


def test_an_open_transaction_that_writes_nothing_holds_up_nobody() -> None:
    claim = judged_claim()
    begun, done = Event(), Event()

    def dump() -> None:
        try:
            with transaction.atomic():
                Verdict.objects.count()
                begun.set()
                assert done.wait(PATIENCE)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        dumping = pool.submit(dump)
        assert begun.wait(PATIENCE)
        report = publish_report(by=None, period_start=date(2026, 3, 1), period_end=claim.due_on)
        done.set()
        dumping.result(timeout=PATIENCE)

    assert report.claims.get().standing == "scored"
