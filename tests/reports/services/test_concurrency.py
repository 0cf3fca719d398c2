"""Several publishers at once, and writers under way while a report freezes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest
from django.db import connection, transaction
from django.utils import timezone

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


def test_a_verdict_under_way_while_publishing_does_not_slip_in_afterwards() -> None:
    claim = judged_claim(None)
    begun, published = Event(), Event()

    def judge() -> None:
        try:
            with transaction.atomic():
                Verdict.objects.create(
                    checkpoint=final_checkpoint(claim), outcome=Outcome.HELD, value=1
                )
                begun.set()
                assert published.wait(PATIENCE)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        judging = pool.submit(judge)
        assert begun.wait(PATIENCE)
        report = publish_report(by=None, period_start=date(2026, 3, 1), period_end=claim.due_on)
        published.set()
        judging.result(timeout=PATIENCE)

    assert Verdict.objects.get().at > report.cutoff
    assert recompute(report) == report.figures
    assert report.claims.get().standing == "unresolved"
