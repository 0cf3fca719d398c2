"""Reports that publish themselves."""

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import record
from reports.models import Report, ReportSchedule
from reports.services.errors import ReportProblem
from reports.services.reports import publish_report

STEPS = {
    ReportSchedule.Every.WEEK: relativedelta(weeks=1),
    ReportSchedule.Every.MONTH: relativedelta(months=1),
    ReportSchedule.Every.QUARTER: relativedelta(months=3),
}
LAST_DAY_OF_ALL_MONTHS = 28


@transaction.atomic
def add_schedule(*, by: User, title: str, every: str, next_on: date) -> ReportSchedule:
    """Adds a schedule that publishes first on `next_on`. Raises ReportProblem for days 29 to 31."""
    if every != ReportSchedule.Every.WEEK and next_on.day > LAST_DAY_OF_ALL_MONTHS:
        raise ReportProblem("Choose a day from 1 to 28, which every month has.")
    schedule = ReportSchedule.objects.create(
        title=title, every=every, next_on=next_on, created_by=by
    )
    record(by=by, verb="scheduled", on=schedule, every=every, next_on=next_on.isoformat())
    return schedule


@transaction.atomic
def toggle_schedule(*, schedule: ReportSchedule, by: User) -> ReportSchedule:
    """Pauses a schedule, or takes it up again."""
    locked = ReportSchedule.objects.select_for_update().get(pk=schedule.pk)
    locked.is_active = not locked.is_active
    locked.save(update_fields=["is_active"])
    record(by=by, verb="resumed" if locked.is_active else "paused", on=locked)
    return locked


def publish_due_reports(*, at: datetime | None = None) -> list[Report]:
    """Publishes every report whose day has come, also those of days that were missed.

    Idempotent: a schedule that another process holds is left to it, and a period is published once.
    """
    published = []
    while (report := _publish_next(at or timezone.now())) is not None:
        published.append(report)
    return published


@transaction.atomic
def _publish_next(at: datetime) -> Report | None:
    """Publishes one period of the schedule that waits longest, and moves its day on. None: all done."""
    schedule = (
        ReportSchedule.objects.due(on=timezone.localtime(at).date())
        .select_for_update(skip_locked=True)
        .order_by("next_on", "pk")
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
