from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from reports.forms import last_month
from reports.models import Report, ReportSchedule
from reports.services import add_schedule
from reviews.outcomes import Outcome
from tests.factories.sources import ClaimantFactory
from tests.reports.ledger import desk

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
FORM = {"period_start": "2026-03-01", "period_end": "2026-03-31", "title": "March"}
# Whatever the day, the first of January is at most a year off.
NEW_YEAR = date(timezone.localdate().year + 1, 1, 1)
SCHEDULE = {"title": "Monthly", "every": "month", "next_on": NEW_YEAR.isoformat()}


@pytest.mark.parametrize("url", ["/reports/publish/", "/reports/schedules/add/"])
def test_only_leads_publish(
    url: str, lead: User, reader: User, reviewer: User, stranger: User, sign_in: SignIn
) -> None:
    assert sign_in(lead).get(url).status_code == 200
    for other in (reader, reviewer, stranger):
        browser = sign_in(other)
        assert browser.get(url).status_code == 403
        assert browser.post(url, FORM | SCHEDULE | {"action": "publish"}).status_code == 403
    assert not Report.objects.exists()
    assert not ReportSchedule.objects.exists()


def test_form_begins_with_the_month_before() -> None:
    assert last_month(date(2026, 1, 15)) == {
        "period_start": date(2025, 12, 1),
        "period_end": date(2025, 12, 31),
    }


def test_preview_shows_the_funnel_and_publishes_nothing(lead: User, sign_in: SignIn) -> None:
    desk(ClaimantFactory(), [Outcome.HELD, None])

    page = sign_in(lead).post("/reports/publish/", FORM | {"action": "preview"})

    assert page.status_code == 200
    assert page.context["counts"]["due"] == 2
    assert b"1 claim of the period is not judged yet." in page.content
    assert not Report.objects.exists()


def test_publishing_leads_to_the_frozen_report(lead: User, sign_in: SignIn) -> None:
    desk(ClaimantFactory(), [Outcome.HELD])

    answer = sign_in(lead).post(
        "/reports/publish/", FORM | {"action": "publish", "is_public": "on"}
    )

    report = Report.objects.get()
    assert answer.headers["Location"] == "/reports/1/"
    assert (report.title, report.is_public, report.published_by) == ("March", True, lead)
    assert report.claims.count() == 1


def test_wrong_period_is_answered_with_422(lead: User, sign_in: SignIn) -> None:
    answer = sign_in(lead).post(
        "/reports/publish/", FORM | {"period_start": "2026-04-01", "action": "publish"}
    )

    assert answer.status_code == 422
    assert b"must end on or after" in answer.content
    assert not Report.objects.exists()


def test_lead_adds_pauses_and_resumes_a_schedule(lead: User, sign_in: SignIn) -> None:
    browser = sign_in(lead)

    assert browser.post("/reports/schedules/add/", SCHEDULE).status_code == 302
    schedule = ReportSchedule.objects.get()
    assert (schedule.every, schedule.next_on, schedule.created_by) == (
        "month",
        NEW_YEAR,
        lead,
    )
    assert b"Monthly, every month" in browser.get("/reports/publish/").content

    toggle = f"/reports/schedules/{schedule.pk}/toggle/"
    browser.post(toggle)
    assert b"paused" in browser.get("/reports/publish/").content
    browser.post(toggle)
    schedule.refresh_from_db()
    assert schedule.is_active


def test_schedule_on_a_day_some_months_lack_is_answered_with_422(
    lead: User, sign_in: SignIn
) -> None:
    answer = sign_in(lead).post(
        "/reports/schedules/add/", SCHEDULE | {"next_on": f"{NEW_YEAR.year}-01-31"}
    )

    assert answer.status_code == 422
    assert b"Choose a day from 1 to 28" in answer.content


@pytest.mark.parametrize("day", ["0202-04-01", "9202-04-01"])
def test_mistyped_year_of_a_schedule_is_answered_with_422(
    day: str, lead: User, sign_in: SignIn
) -> None:
    answer = sign_in(lead).post("/reports/schedules/add/", SCHEDULE | {"next_on": day})

    assert answer.status_code == 422
    assert not ReportSchedule.objects.exists()


def test_toggling_is_for_leads_and_by_post(lead: User, reader: User, sign_in: SignIn) -> None:
    schedule = add_schedule(by=lead, title="Weekly", every="week", next_on=NEW_YEAR)
    url = f"/reports/schedules/{schedule.pk}/toggle/"

    assert sign_in(reader).post(url).status_code == 403
    assert sign_in(lead).get(url).status_code == 405
    schedule.refresh_from_db()
    assert schedule.is_active
