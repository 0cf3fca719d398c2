"""Counts by period: added feeds are no rise."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from sources.models import FeedDay
from sources.periods import KINDS, counts_by
from tests.factories.sources import FeedFactory

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


def lay(since: date, until: date, *, items: int, feeds: int = 1) -> None:
    """Feeds that bring as many items, half of them events, each day; on the first day a backlog."""
    length = (until - since).days + 1
    FeedDay.objects.bulk_create(
        FeedDay(
            feed=feed,
            day=since + timedelta(days=day),
            answers=4,
            items=items * (1 if day else 20),
            events=items // 2,
            continues=bool(day),
        )
        for feed in [FeedFactory() for _ in range(feeds)]
        for day in range(length)
    )


def test_feeds_that_are_added_are_a_rise_of_what_came_and_of_nothing_else() -> None:
    today = timezone.localdate()
    lay(today - timedelta(days=90), today, items=10)
    lay(today - timedelta(days=20), today, items=40, feeds=2)

    counts = counts_by(KINDS["day"])

    assert (counts.starts[-1], len(counts.starts), counts.feeds[-22:-19]) == (today, 60, [1, 3, 3])
    assert counts.reports.raw[-22:-18] == [10, 1610, 90, 90]
    assert counts.reports.per_feed[-22:-18] == [10, pytest.approx(1610 / 3), 30, 30]
    assert counts.reports.normalised == [pytest.approx(90)] * 59 + [None]
    assert counts.events.normalised == [pytest.approx(45)] * 59 + [None]


def test_weeks_and_months_are_those_of_the_calendar_and_the_running_one_has_no_figure() -> None:
    today = timezone.localdate()
    lay(today - timedelta(days=800), today, items=10)

    weeks, months = counts_by(KINDS["week"]), counts_by(KINDS["month"])

    assert {start.weekday() for start in weeks.starts} == {0}
    assert weeks.reports.raw[:-1] == [70] * 25
    assert {start.day for start in months.starts} == {1}
    assert months.starts[-1] == today.replace(day=1)
    assert months.reports.raw[-1] == 10 * today.day
    lengths = [(b - a).days for a, b in zip(months.starts, months.starts[1:], strict=False)]
    assert months.reports.normalised == [*(pytest.approx(10 * n) for n in lengths), None]


def test_a_feed_that_was_not_heard_for_most_of_a_week_says_nothing_about_it() -> None:
    today = timezone.localdate()
    lay(today - timedelta(days=100), today, items=10)
    lay(today - timedelta(days=100), today, items=10)
    monday = counts_by(KINDS["week"]).starts[-3]
    deaf = FeedDay.objects.filter(feed=FeedDay.objects.latest("pk").feed)
    deaf.filter(day__gte=monday, day__lt=monday + timedelta(days=4)).delete()
    deaf.filter(day=monday + timedelta(days=4)).update(items=50, continues=False)

    counts = counts_by(KINDS["week"])

    assert counts.reports.raw[-4:-1] == [140, 140, 140]
    assert counts.reports.normalised[-4:-1] == [pytest.approx(140)] * 3


@pytest.mark.parametrize("by", ["day", "week", "month", "", "century"])
def test_the_page_and_the_file_show_the_same(sign_in: SignIn, reader: User, by: str) -> None:
    lay(timezone.localdate() - timedelta(days=70), timezone.localdate(), items=10)
    client = sign_in(reader)

    page = client.get(reverse("sources:counts"), {"by": by})
    file = client.get(reverse("sources:counts_csv"), {"by": by}).getvalue().decode()

    assert page.status_code == 200
    assert page.text.count("<polyline") == 4
    lines = file.splitlines()
    assert lines[0].startswith("from,active feeds,reports,reports per feed,reports normalised")
    shown = KINDS.get(by, KINDS["week"]).shown
    assert (len(lines), page.text.count('<th scope="row"')) == (shown + 1, shown)


def test_without_feeds_the_page_says_so(sign_in: SignIn, reader: User) -> None:
    assert "Nothing to count" in sign_in(reader).get(reverse("sources:counts")).text


def test_who_may_not_read_the_ledger_sees_no_counts(sign_in: SignIn, stranger: User) -> None:
    for name in ("sources:counts", "sources:counts_csv"):
        assert sign_in(stranger).get(reverse(name)).status_code == 403


def test_more_feeds_cost_no_more_queries(
    sign_in: SignIn, reader: User, django_assert_num_queries
) -> None:
    client = sign_in(reader)
    today = timezone.localdate()
    for feeds in (1, 2):
        lay(today - timedelta(days=3), today, items=2, feeds=feeds)
        with django_assert_num_queries(3):
            client.get(reverse("sources:counts"), {"by": "day"})
