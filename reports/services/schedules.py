"""Reports that publish themselves."""

import logging
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import record
from reports.models import Report, ReportSchedule
from reports.services.errors import ReportProblem
from reports.services.reports import publish_report

logger = logging.getLogger(__name__)

STEPS = {
    ReportSchedule.Every.WEEK: relativedelta(weeks=1),
    ReportSchedule.Every.MONTH: relativedelta(months=1),
    ReportSchedule.Every.QUARTER: relativedelta(months=3),
}
LAST_DAY_OF_ALL_MONTHS = 28
FARTHEST = relativedelta(years=5)
# Of each schedule; the next run takes up the rest.
MOST_MISSED_PERIODS = 12


@transaction.atomic
def add_schedule(
    *, by: User, title: str, every: str, next_on: date, at: datetime | None = None
) -> ReportSchedule:
    """Adds a schedule that publishes first on `next_on`.

    Raises ReportProblem for a day before today, beyond five years, or, but weekly, from 29 to 31.
    """
    _check_first_day(next_on, every=every, today=_day(at))
    schedule = ReportSchedule.objects.create(
        title=title, every=every, next_on=next_on, created_by=by
    )
    record(by=by, verb="scheduled", on=schedule, every=every, next_on=next_on.isoformat())
    return schedule


def _check_first_day(first: date, *, every: str, today: date) -> None:
    # A mistyped year would publish, and freeze, a report for every period since.
    if first < today:
        raise ReportProblem("Choose today or a later day: missed periods are published by hand.")
    if first > today + FARTHEST:
        raise ReportProblem("Choose a day within five years.")
    if every != ReportSchedule.Every.WEEK and first.day > LAST_DAY_OF_ALL_MONTHS:
        raise ReportProblem("Choose a day from 1 to 28, which every month has.")


@transaction.atomic
def toggle_schedule(*, schedule: ReportSchedule, by: User) -> ReportSchedule:
    """Pauses a schedule, or takes it up again."""
    locked = ReportSchedule.objects.select_for_update().get(pk=schedule.pk)
    locked.is_active = not locked.is_active
    locked.save(update_fields=["is_active"])
    record(by=by, verb="resumed" if locked.is_active else "paused", on=locked)
    return locked


def publish_due_reports(*, at: datetime | None = None) -> list[Report]:
    """Publishes the reports whose day has come, those of missed days first: at most 12 of a schedule.

    Idempotent: a schedule that another process holds is left to it, and a period is published once.
    A schedule that fails is logged and keeps its day; the others are published all the same.
    """
    waiting = ReportSchedule.objects.due(on=_day(at)).order_by("next_on", "pk")
    published: list[Report] = []
    for pk in list(waiting.values_list("pk", flat=True)):
        try:
            _publish_missed(pk, at or timezone.now(), into=published)
        except Exception:
            logger.exception("Schedule %s could not publish its report.", pk)
    return published


def _publish_missed(pk: int, at: datetime, *, into: list[Report]) -> None:
    for _ in range(MOST_MISSED_PERIODS):
        report = _publish_next(pk, at)
        if report is None:
            return
        into.append(report)


@transaction.atomic
def _publish_next(pk: int, at: datetime) -> Report | None:
    """Publishes one period of a schedule and moves its day on. None: done, or held by another."""
    schedule = (
        ReportSchedule.objects.due(on=_day(at))
        .filter(pk=pk)
        .select_for_update(skip_locked=True)
        .first()
    )
    if schedule is None:
        return None
    step = STEPS[ReportSchedule.Every(schedule.every)]
    report = publish_report(
        by=None,
        period_start=schedule.next_on - step,
        period_end=schedule.next_on - timedelta(days=1),
        title=schedule.title,
        at=at,
        schedule=schedule,
    )
    schedule.next_on += step
    schedule.save(update_fields=["next_on"])
    return report


def _day(at: datetime | None) -> date:
    return timezone.localtime(at).date()
