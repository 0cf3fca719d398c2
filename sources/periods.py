"""Events and reports of feeds by day, week or month, out of what was counted as they came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Q, QuerySet, Sum
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
    place = {start: number for number, start in enumerate(starts)}
    days = FeedDay.objects.filter(day__gte=starts[0], day__lt=starts[-1] + kind.step)
    days = days.order_by()
    raw = [(0, 0, 0)] * len(starts)
    for start, *figures in _raw(days, kind):
        raw[place[_as_date(start)]] = tuple(figures)
    feeds = [answered for answered, _, _ in raw]
    cells = list(_cells(days, kind, starts))
    return Counts(
        starts,
        feeds,
        _series([reports for _, reports, _ in raw], feeds, [one for one, _ in cells]),
        _series([events for _, _, events in raw], feeds, [one for _, one in cells]),
    )


def _starts(kind: Kind, today: date) -> list[date]:
    first = {
        "day": today,
        "week": today - timedelta(days=today.weekday()),
        "month": today.replace(day=1),
    }[kind.name]
    return [first - kind.step * back for back in reversed(range(kind.shown))]


def _raw(days: QuerySet[FeedDay], kind: Kind) -> Iterator[tuple[Any, ...]]:
    """For each period with anything: its first day, the feeds that answered, reports and events."""
    rows = days.values(start=kind.trunc("day")).annotate(
        answered=Count("feed", distinct=True, filter=Q(answers__gt=0)),
        reports=Sum("items"),
        told=Sum("events"),
    )
    yield from rows.values_list("start", "answered", "reports", "told")


def _cells(
    days: QuerySet[FeedDay], kind: Kind, starts: Sequence[date]
) -> Iterator[tuple[Cell, Cell]]:
    """For each feed and finished period what it brought on the days on which, and on whose eve, it
    answered: what came on another day may have been lying there for long."""
    place = {start: number for number, start in enumerate(starts[:-1])}
    lengths = {start: (start + kind.step - start).days for start in place}
    listened = days.filter(continues=True, answers__gt=0, day__lt=starts[-1])
    rows = listened.values("feed", start=kind.trunc("day")).annotate(
        n=Count("pk"), reports=Sum("items"), told=Sum("events")
    )
    found = rows.values_list("feed", "start", "n", "reports", "told")
    for feed, start, n, reports, told in found.iterator():
        first = _as_date(start)
        exposure = n / lengths[first]
        if exposure >= LEAST_EXPOSURE:
            yield (
                Cell(feed, place[first], reports, exposure),
                Cell(feed, place[first], told, exposure),
            )


def _series(raw: list[int], feeds: list[int], cells: list[Cell]) -> Series:
    return Series(raw, per_feed(raw, feeds), [*normalised(cells, periods=len(raw) - 1), None])


def _as_date(start: date | datetime) -> date:
    return start.date() if isinstance(start, datetime) else start
