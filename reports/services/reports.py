"""Publishing a report, and making it again."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from accounts.moments import moment_of_cutoff
from accounts.services import record
from reports.models import Report, ReportedClaim, ReportSchedule
from reports.queries import (
    Due,
    cohort,
    gradings,
    newest_tables,
    registered_counts,
    tables_of,
)
from reports.scoring.figures import figures_of
from reports.scoring.funnel import funnel
from reports.scoring.lexicons import Table
from reports.services.errors import ReportProblem
from reports.services.version import code_version


@transaction.atomic
def publish_report(
    *,
    by: User | None,
    period_start: date,
    period_end: date,
    title: str = "",
    at: datetime | None = None,
    schedule: ReportSchedule | None = None,
    is_public: bool = False,
) -> Report:
    """Freezes the figures of the claims that fell due in the period, as they stand at `at` or now.

    Two publishers at once get two numbers. Raises ReportProblem where the period is not in order.
    """
    if period_start > period_end:
        raise ReportProblem("The period must end on or after the day it starts.")
    cutoff = moment_of_cutoff(at)
    due = cohort(cutoff=cutoff, period_start=period_start, period_end=period_end)
    number = (Report.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    report = Report.objects.create(
        number=number,
        title=title or _title(period_start, period_end),
        period_start=period_start,
        period_end=period_end,
        cutoff=cutoff,
        # Any number would do; one that everybody can guess shows that it was not picked.
        seed=number,
        code_version=code_version(),
        figures=_figures(due, cutoff=cutoff, lexicons=newest_tables(), seed=number),
        is_public=is_public,
        schedule=schedule,
        published_at=at or timezone.now(),
        published_by=by,
    )
    ReportedClaim.objects.bulk_create((_row(report, one) for one in due), batch_size=1000)
    record(by=by, verb="published", on=report, number=number, claims=len(due))
    return report


def recompute(report: Report) -> dict[str, Any]:
    """The figures of a report made again from the ledger and its recorded cut-off, lexicons and seed."""
    due = cohort(
        cutoff=report.cutoff, period_start=report.period_start, period_end=report.period_end
    )
    return _figures(due, cutoff=report.cutoff, lexicons=tables_of(report), seed=report.seed)


def preview(*, period_start: date, period_end: date, at: datetime | None = None) -> dict[str, int]:
    """The funnel that a report of this period would print now."""
    cutoff = at or timezone.now()
    due = cohort(cutoff=cutoff, period_start=period_start, period_end=period_end)
    registered = sum(registered_counts(cutoff=cutoff).values())
    return funnel(registered=registered, standings=[one.row.standing for one in due]).as_dict()


def _figures(
    due: list[Due], *, cutoff: datetime, lexicons: list[Table], seed: int
) -> dict[str, Any]:
    return figures_of(
        [one.row for one in due],
        registered=registered_counts(cutoff=cutoff),
        gradings=gradings(due, cutoff=cutoff),
        lexicons=lexicons,
        seed=seed,
    )


def _row(report: Report, due: Due) -> ReportedClaim:
    row = due.row
    return ReportedClaim(
        report=report,
        claim_id=row.claim,
        claimant_id=row.claimant,
        claimant_name=due.claimant_name,
        standing=row.standing,
        hedge=row.hedge,
        range_source=row.source.value,
        due_on=due.due_on,
        cluster=row.cluster,
        low=row.low,
        high=row.high,
        base_rate=row.base_rate,
        outcome=row.outcome,
        score=row.score,
        improvement=row.improvement,
    )


def _title(start: date, end: date) -> str:
    return f"Claims due {date_format(start, 'j F Y')} to {date_format(end, 'j F Y')}"
