"""Events and reports of feeds by day, week or month, out of what was counted as they came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDay, TruncMonth, TruncWeek
from django.utils import timezone

from sources.counting import Cell, normalised, per_feed
from sources.models import FeedDay


@dataclass(frozen=True)
class Kind:
    """A length of periods: how its first day is found, how long it is, how many are shown."""

    name: str
    trunc: type[TruncDay | TruncWeek | TruncMonth]
    step: relativedelta
    shown: int


KINDS = {
    "day": Kind("day", TruncDay, relativedelta(days=1), 60),
    "week": Kind("week", TruncWeek, relativedelta(weeks=1), 26),
    "month": Kind("month", TruncMonth, relativedelta(months=1), 24),
}
# A feed that was listened to on fewer days of a period says nothing about it.
LEAST_EXPOSURE = 0.5


@dataclass(frozen=True)
class Series:
    """One measure over the periods: as it came, for each feed, and as if feeds had not changed."""

    raw: list[int]
    per_feed: list[float | None]
    normalised: list[float | None]


@dataclass(frozen=True)
class Counts:
    """The periods by their first days, feeds that answered in each, and both measures.

    The last period is not over: it has no figure that could be compared.
    """

    starts: list[date]
    feeds: list[int]
    reports: Series
    events: Series

    def rows(
        self,
    ) -> Iterator[
        tuple[date, int, int, float | None, float | None, int, float | None, float | None]
    ]:
        """The periods as rows of a table."""
        reports, events = self.reports, self.events
        return zip(
            *(self.starts, self.feeds),
            *(reports.raw, reports.per_feed, reports.normalised),
            *(events.raw, events.per_feed, events.normalised),
            strict=True,
        )


def counts_by(kind: Kind, *, at: datetime | None = None) -> Counts:
    """The counts of the last periods of this length, the one of today included."""
    starts = _starts(kind, timezone.localdate(at))
    rows = _rows(kind, starts)
    feeds, reports, events = ([0] * len(starts) for _ in range(3))
    for row in rows:
        feeds[row.period] += row.answered > 0
        reports[row.period] += row.reports
        events[row.period] += row.events
    heard = [row for row in rows if row.exposure >= LEAST_EXPOSURE and row.period < len(starts) - 1]
    return Counts(
        starts,
        feeds,
        _series(reports, feeds, [row.cell(row.reports_heard) for row in heard]),
        _series(events, feeds, [row.cell(row.events_heard) for row in heard]),
    )


class _Row(NamedTuple):
    """One feed in one period: all it brought, and what came on the days that continue others."""

    feed: int
    period: int
    answered: int
    reports: int
    events: int
    exposure: float
    reports_heard: int
    events_heard: int

    def cell(self, count: int) -> Cell:
        """A count of it."""
        return Cell(self.feed, self.period, count, self.exposure)


def _starts(kind: Kind, today: date) -> list[date]:
    first = {
        "day": today,
        "week": today - timedelta(days=today.weekday()),
        "month": today.replace(day=1),
    }[kind.name]
    return [first - kind.step * back for back in reversed(range(kind.shown))]


def _rows(kind: Kind, starts: Sequence[date]) -> list[_Row]:
    """Every feed in every period in which anything is known of it.

    It is heard on the days on which, and on whose eve, it answered: what came on another day may
    have been lying there for long.
    """
    place = {start: number for number, start in enumerate(starts)}
    lengths = [(start + kind.step - start).days for start in starts]
    days = FeedDay.objects.filter(day__gte=starts[0], day__lt=starts[-1] + kind.step).order_by()
    heard = Q(continues=True, answers__gt=0)
    names = ["feed", "start", "answered", "reports", "told"]
    names += ["days_heard", "reports_heard", "told_heard"]
    found = days.values("feed", start=kind.trunc("day")).annotate(
        answered=Sum("answers"),
        reports=Sum("items"),
        told=Sum("events"),
        days_heard=Count("pk", filter=heard),
        reports_heard=Sum("items", filter=heard, default=0),
        told_heard=Sum("events", filter=heard, default=0),
    )
    rows = []
    for feed, start, answered, reports, told, n, *heard_of in found.values_list(*names):
        period = place[start]
        rows.append(_Row(feed, period, answered, reports, told, n / lengths[period], *heard_of))
    return rows


def _series(raw: list[int], feeds: list[int], cells: list[Cell]) -> Series:
    return Series(raw, per_feed(raw, feeds), [*normalised(cells, periods=len(raw) - 1), None])
