from datetime import UTC, date, datetime

import pytest

from accounts.models import AuditEntry, User
from reports.models import Report, ReportSchedule
from reports.services import ReportProblem, add_schedule, publish_due_reports, toggle_schedule
from reports.tasks import publish_due_reports as task
from tests.reports.ledger import judged_claim

pytestmark = pytest.mark.django_db

MARCH_1 = datetime(2026, 3, 1, 6, tzinfo=UTC)
APRIL_1 = datetime(2026, 4, 1, 6, tzinfo=UTC)


def monthly(lead: User, **fields: object) -> ReportSchedule:
    first = {"next_on": date(2026, 4, 1), "at": MARCH_1}
    values = {"title": "Monthly", "every": "month"} | first | fields
    return add_schedule(by=lead, **values)


def periods() -> list[tuple[date, date]]:
    return list(Report.objects.order_by("number").values_list("period_start", "period_end"))


def test_a_schedule_is_audited(lead: User) -> None:
    schedule = monthly(lead)

    entry = AuditEntry.objects.get(verb="scheduled", object_id=schedule.pk)
    assert (entry.by, entry.detail) == (lead, {"every": "month", "next_on": "2026-04-01"})


def test_a_day_that_some_months_lack_is_refused(lead: User) -> None:
    with pytest.raises(ReportProblem, match="1 to 28"):
        monthly(lead, next_on=date(2026, 3, 31))

    assert monthly(lead, every="week", next_on=date(2026, 3, 31)).pk


@pytest.mark.parametrize(
    ("first", "problem"),
    [
        (date(2026, 2, 28), "today or a later day"),
        (date(202, 4, 1), "today or a later day"),
        (date(2031, 3, 2), "within five years"),
    ],
)
def test_a_first_day_in_the_past_or_far_off_is_refused(
    lead: User, first: date, problem: str
) -> None:
    with pytest.raises(ReportProblem, match=problem):
        monthly(lead, next_on=first)

    assert not ReportSchedule.objects.exists()


@pytest.mark.parametrize("first", [date(2026, 3, 1), date(2031, 3, 1)])
def test_today_and_five_years_on_can_be_first_days(lead: User, first: date) -> None:
    assert monthly(lead, next_on=first).next_on == first


@pytest.mark.parametrize(
    ("every", "start", "following"),
    [
        ("week", date(2026, 3, 25), date(2026, 4, 8)),
        ("month", date(2026, 3, 1), date(2026, 5, 1)),
        ("quarter", date(2026, 1, 1), date(2026, 7, 1)),
    ],
)
def test_a_report_covers_the_period_just_ended_and_the_next_day_is_set(
    lead: User, every: str, start: date, following: date
) -> None:
    schedule = monthly(lead, every=every)

    [report] = publish_due_reports(at=APRIL_1)

    schedule.refresh_from_db()
    assert (report.period_start, report.period_end) == (start, date(2026, 3, 31))
    assert (report.title, report.schedule, report.published_by) == ("Monthly", schedule, None)
    assert schedule.next_on == following


def test_publishing_again_publishes_nothing(lead: User) -> None:
    monthly(lead)
    publish_due_reports(at=APRIL_1)

    assert publish_due_reports(at=APRIL_1) == []
    assert Report.objects.count() == 1


def test_nothing_is_published_before_its_day(lead: User) -> None:
    monthly(lead)

    assert publish_due_reports(at=datetime(2026, 3, 31, 23, 59, tzinfo=UTC)) == []


def test_missed_days_are_made_up_for_in_order(lead: User) -> None:
    monthly(lead)

    publish_due_reports(at=datetime(2026, 6, 2, tzinfo=UTC))

    assert periods() == [
        (date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 4, 30)),
        (date(2026, 5, 1), date(2026, 5, 31)),
    ]


def test_many_missed_periods_are_published_twelve_a_run(lead: User) -> None:
    schedule = monthly(lead)
    later = datetime(2027, 6, 2, tzinfo=UTC)

    assert [len(publish_due_reports(at=later)) for _ in range(3)] == [12, 3, 0]
    schedule.refresh_from_db()
    assert schedule.next_on == date(2027, 7, 1)
    assert len(set(periods())) == 15


def test_a_schedule_that_fails_is_logged_and_leaves_the_others(
    lead: User, caplog: pytest.LogCaptureFixture
) -> None:
    # Before it there is no month.
    broken = ReportSchedule.objects.create(
        title="First day", every="month", next_on=date.min, created_by=lead
    )
    sound = monthly(lead)

    [report] = publish_due_reports(at=APRIL_1)

    assert report.schedule == sound
    broken.refresh_from_db()
    assert broken.next_on == date.min
    assert f"Schedule {broken.pk} could not publish its report." in caplog.text


def test_a_paused_schedule_publishes_nothing_until_resumed(lead: User) -> None:
    schedule = monthly(lead)

    assert not toggle_schedule(schedule=schedule, by=lead).is_active
    assert publish_due_reports(at=APRIL_1) == []
    assert toggle_schedule(schedule=schedule, by=lead).is_active
    assert len(publish_due_reports(at=APRIL_1)) == 1
    verbs = AuditEntry.objects.filter(object_type="reports.reportschedule").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["scheduled", "paused", "resumed"]


def test_the_task_publishes_what_is_due_today(lead: User) -> None:
    judged_claim()
    monthly(lead)

    assert task.name == "reports.tasks.publish_due_reports"
    assert task() == Report.objects.count() > 0
    assert task() == 0
    assert Report.objects.order_by("number").first().claims.count() == 1
