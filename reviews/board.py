"""Where reviews stand: what waits, since when, and what does not move.

Each line is a list of checkpoints, the most urgent first, and looks only so far: a board of a hundred
thousand open checkpoints says "1,000+". A reviewer sees what they may judge, a lead what everybody may.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet, TextChoices
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.paging import count_in_words
from accounts.permissions import Permission
from claims.models import Checkpoint, Claim
from reviews.eligibility import LASTING, Pair, none_of
from reviews.models import Assignment
from reviews.queries import MOST_COUNTED, disagreements, open_seats
from reviews.shortages import Shortage, shortages

# A lead's lines ask no rules of each seat, so they look further than a reviewer's.
MOST_OF_ALL = 1000
SOON = timedelta(days=14)
# A lease that ran out more often than this, or a seat that is open for longer, is stuck.
RETURNED_OFTEN = 2
OPEN_LONG = timedelta(days=30)


class Line(TextChoices):
    """One line of the board."""

    MINE = "mine", "For you"
    SOON = "soon", "Due within two weeks"
    SECOND = "second", "Waiting for a second reviewer"
    SETTLE = "settle", "Waiting to be settled"
    STUCK = "stuck", "Stuck"


@dataclass(frozen=True, slots=True)
class Row:
    """A checkpoint that waits since a day, or until one that is to come; `why` it is stuck, in words."""

    checkpoint: Checkpoint
    since: date
    why: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A line with its rows as of `today`; more than `most` rows are not looked at."""

    line: Line
    rows: list[Row]
    most: int
    today: date

    @property
    def counted(self) -> str:
        """How many wait, in words."""
        return count_in_words(len(self.rows), self.most)

    @property
    def age(self) -> str:
        """How long the oldest has waited, or when the first falls due, in words; empty without any."""
        if not self.rows:
            return ""
        days = abs((self.today - min(row.since for row in self.rows)).days)
        length = f"{days} day{'s' * (days != 1)}"
        if self.line == Line.SOON:
            return f"the first in {length}"
        return f"the oldest for {length}" if days else "since today"


def lines_of(user: User) -> list[Line]:
    """The lines that this person may read; none for whoever judges nothing."""
    if _sees_all(user):
        return list(Line)
    return [Line.MINE, Line.SOON, Line.SECOND] if user.can(Permission.REVIEW_CLAIMS) else []


def board(user: User, *, at: datetime | None = None) -> list[Standing]:
    """Every line that this person may read."""
    return [standing(line, user, at=at) for line in lines_of(user)]


def coming(user: User, *, within: timedelta, most: int, at: datetime | None = None) -> list[Row]:
    """What falls due after today, by date, and is this person's to judge or a lead's to see to; one more than
    `most` stands for many."""
    now = at or timezone.now()
    today = timezone.localdate(now)
    found = Checkpoint.objects.filter(
        due_on__gt=today, due_on__lte=today + within, claim__status=Claim.Status.REGISTERED
    )
    if not _sees_all(user):
        pair = Pair(OuterRef("pk"), OuterRef("claim"), user.pk, now)
        found = found.filter(none_of(LASTING, pair))
    rows = found.select_related("claim").only("due_on", "claim__kind")
    rows = rows.order_by("due_on", "pk")[: most + 1]
    return [Row(one, one.due_on) for one in rows]


def standing(line: Line, user: User, *, at: datetime | None = None) -> Standing:
    """One line of this person's board."""
    now = at or timezone.now()
    most = MOST_OF_ALL if _sees_all(user) and line != Line.MINE else MOST_COUNTED
    rows = {
        Line.MINE: lambda: _mine(user, now, most),
        Line.SOON: lambda: coming(user, within=SOON, most=most, at=now),
        Line.SECOND: lambda: _second(user, now, most),
        Line.SETTLE: lambda: _rows_of(disagreements(), most),
        Line.STUCK: lambda: _stuck(now, most),
    }[line]()
    return Standing(line, rows, most, timezone.localdate(now))


def _sees_all(user: User) -> bool:
    return user.can(Permission.ADJUDICATE)


def _mine(user: User, now: datetime, most: int) -> list[Row]:
    held = Assignment.objects.leased_to(user).select_related("checkpoint__claim")
    may_take = _in_order(open_seats(user, at=now))
    return _merged([*_rows_of(held, most), *_rows_of(may_take, most)], most)


def _second(user: User, now: datetime, most: int) -> list[Row]:
    seats = _all_open() if _sees_all(user) else open_seats(user, at=now)
    judged = Assignment.objects.for_review().filter(
        checkpoint=OuterRef("checkpoint"), state=Assignment.State.DONE
    )
    half = seats.filter(Exists(judged), role=Assignment.Role.REVIEW)
    return _rows_of(_in_order(half), most)


def _stuck(now: datetime, most: int) -> list[Row]:
    short = [one for one in shortages(at=now) if not one.able]
    rows = [Row(one.checkpoint, one.checkpoint.due_on, _why(one)) for one in short]
    seats = list(_in_order(_all_open())[:most])
    often = _returned_often(seats)
    for seat in seats:
        if seat.pk in often:
            why = f"its lease ran out {often[seat.pk]} times"
        elif seat.opened_at < now - OPEN_LONG:
            why = f"open for more than {OPEN_LONG.days} days"
        else:
            continue
        rows.append(Row(seat.checkpoint, timezone.localdate(seat.opened_at), why))
    return _merged(rows, most)


def _why(short: Shortage) -> str:
    return "put off by everybody who may judge it" if short.later else "nobody may judge it"


def _returned_often(seats: Iterable[Assignment]) -> dict[int, int]:
    returned = AuditEntry.objects.filter(
        object_type=Assignment._meta.label_lower,
        object_id__in=[seat.pk for seat in seats],
        verb="returned",
    )
    counts = returned.order_by().values_list("object_id").annotate(times=Count("pk"))
    return dict(counts.filter(times__gt=RETURNED_OFTEN))


def _all_open() -> QuerySet[Assignment]:
    return Assignment.objects.for_review().waiting().of_standing_claims()


def _in_order(seats: QuerySet[Assignment]) -> QuerySet[Assignment]:
    read = ("place", "opened_at", "checkpoint__due_on", "checkpoint__claim__kind")
    return seats.select_related("checkpoint__claim").only(*read).order_by("place", "pk")


def _rows_of(seats: QuerySet[Assignment], most: int) -> list[Row]:
    # Several seats of one checkpoint are one row.
    found = seats[: 2 * most + 1]
    rows = (Row(one.checkpoint, timezone.localdate(one.opened_at)) for one in found)
    return _merged(rows, most)


def _merged(rows: Iterable[Row], most: int) -> list[Row]:
    """The first row of each checkpoint; one more than `most` stands for many."""
    first: dict[int, Row] = {}
    for row in rows:
        first.setdefault(row.checkpoint.pk, row)
    return list(first.values())[: most + 1]
