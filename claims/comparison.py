"""Evidence across several claims as a matrix of events by claims, as analysts compare hypotheses."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from claims.bearing import pull_of
from claims.models import Claim, Evidence
from claims.notices import marks_under
from claims.plumb.hypotheses import inconsistencies, tells_apart
from claims.plumb_figure import NOT_SHOWN
from claims.tables.columns import Cell

MOST_CLAIMS = 10
MOST_EVENTS = 200
# Links that are read at all.
MOST_LINKS = 2_000


@dataclass(frozen=True)
class Row:
    """An event with its link to each claim, in their order, None where there is none.

    `apart` is how well it tells the claims apart, 0 to 2. `address` is empty for what is not shown.
    """

    title: str
    address: str
    day: date
    mark: str
    cells: list[Evidence | None]
    apart: float

    @property
    def is_hidden(self) -> bool:
        """Whether its day and sides are told alone."""
        return not self.address


@dataclass(frozen=True)
class Column:
    """A claim with what speaks against it: how many events, and how strongly."""

    claim: Claim
    against: int
    strength: int


@dataclass(frozen=True)
class Matrix:
    """Claims by events; `cut` says that not all links were read."""

    columns: list[Column]
    rows: list[Row]
    cut: bool


def matrix(claims: Sequence[Claim], *, hidden: Collection[int]) -> Matrix:
    """The accepted evidence of these claims, what tells them apart first, in two queries.

    Of the events in `hidden`, by number, day and sides are told alone. What was retracted stands in
    its row and counts nowhere.
    """
    numbers = [claim.pk for claim in claims]
    links = _links(numbers)
    marks = marks_under(links)
    by_event: defaultdict[int, dict[int, Evidence]] = defaultdict(dict)
    for one in links[:MOST_LINKS]:
        by_event[one.event.standing_id].setdefault(one.claim_id, one)
    rows = [
        _row(found, numbers, marks, is_hidden=event in hidden) for event, found in by_event.items()
    ]
    rows.sort(key=lambda row: (-row.apart, -row.day.toordinal(), row.title))
    stances = [
        {cell.claim_id: cell.stance or 0 for cell in row.cells if cell}
        for row in rows
        if row.mark != "retracted"
    ]
    columns = [Column(claim, *inconsistencies(stances, claim.pk)) for claim in claims]
    return Matrix(columns, rows, cut=len(links) > MOST_LINKS)


def _links(numbers: Sequence[int]) -> list[Evidence]:
    accepted = Evidence.objects.accepted().filter(claim__in=numbers)
    found = accepted.select_related("event", "document").defer(
        "document__text", "event__summary", "measures"
    )
    return list(found.order_by("-event__occurred_on", "-pk")[: MOST_LINKS + 1])


def _row(
    found: dict[int, Evidence], numbers: Sequence[int], marks: dict[int, str], *, is_hidden: bool
) -> Row:
    one = next(iter(found.values()))
    mark = max((marks.get(link.pk, "") for link in found.values()), default="")
    retracted = mark == "retracted"
    pulls = {claim: pull_of(link) for claim, link in found.items()}
    return Row(
        title=NOT_SHOWN if is_hidden else one.event.title,
        address="" if is_hidden else one.event.get_absolute_url(),
        day=one.event.occurred_on,
        mark="" if is_hidden and not retracted else mark,
        cells=[found.get(number) for number in numbers],
        apart=0.0 if retracted else tells_apart(pulls, numbers),
    )


def comparable(hidden: QuerySet[Claim]) -> QuerySet[Claim]:
    """Registered claims that may be compared, without those that are hidden from who looks."""
    claims = Claim.objects.ledger().exclude(pk__in=hidden).select_related("claimant")
    return claims.order_by("said_on", "pk")


def matrix_lines(found: Matrix) -> Iterator[Sequence[Cell]]:
    """The matrix as rows of a file: two of what speaks against each claim, then the events."""
    claims = [f"claim {column.claim.pk}: {column.claim.statement}" for column in found.columns]
    heads: list[Cell] = [head for claim in claims for head in (claim, "credibility")]
    yield ["day", "event", "tells apart (0 to 2)", "mark", *heads]
    yield ["", "events against", "", "", *_each([column.against for column in found.columns])]
    yield ["", "strength against", "", "", *_each([column.strength for column in found.columns])]
    for row in found.rows:
        cells = [
            value
            for cell in row.cells
            for value in (
                (cell.stance, None if row.is_hidden else cell.credibility) if cell else (None, None)
            )
        ]
        yield [row.day, row.title, f"{row.apart:.2f}", row.mark, *cells]


def _each(sums: Sequence[int]) -> list[int | None]:
    return [value for one in sums for value in (one, None)]
