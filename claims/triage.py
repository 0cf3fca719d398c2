"""What the inbox shows: suggestions gathered by event or by claim, the best first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Left, RowNumber
from django.utils.functional import cached_property

from accounts.models import User
from accounts.paging import MOST, count_in_words
from claims.blindness import events_hidden_from
from claims.captures import Became, what_became_of
from claims.forms import EvidenceForm
from claims.models import Claim, Evidence
from claims.models.evidence import ONE, EvidenceQuerySet
from claims.queries import evidence_in
from sources.independence import READ_CHARACTERS, Told, independence
from sources.models import Event, EventReport

PER_PAGE = 25
# Of an event with more reports than that the first are compared; its page compares more.
READ_REPORTS = 40
# So many other publishers are named.
NAMED = 3


class By(StrEnum):
    """What suggestions are gathered under."""

    EVENT = "event"
    CLAIM = "claim"


@dataclass(frozen=True)
class Reported:
    """Who reported an event: of its `read` first reports `at_most` are independent of each other."""

    count: int
    read: int = 1
    at_most: int = 1
    also: Sequence[str] = ()
    more: int = 0


@dataclass(frozen=True)
class Row:
    """One suggestion with the form that decides on it; `refusal` says why it was not decided."""

    evidence: Evidence
    form: EvidenceForm
    became: Became | None
    reported: Reported
    refusal: str = ""


@dataclass(frozen=True)
class Card:
    """One event, or one claim, with the suggestions of this page."""

    rows: list[Row] = field(default_factory=list)

    @property
    def first(self) -> Row:
        """The strongest, which shows what all have in common."""
        return self.rows[0]


class TriagePaginator(Paginator):
    """Pages over the numbers of the first MOST suggestions, gathered."""

    @property
    def counted(self) -> str:
        """How many there are, in words."""
        return count_in_words(len(self.object_list))

    @cached_property
    def count(self) -> int:
        """How many rows the pages hold."""
        return min(len(self.object_list), MOST)


def shown_to(user: User, evidence: EvidenceQuerySet | None = None) -> EvidenceQuerySet:
    """Evidence, all or some, of events of which this person may see the titles."""
    found = Evidence.objects.all() if evidence is None else evidence
    hidden = events_hidden_from(user)
    return (
        found.exclude(Q(event__in=hidden) | Q(event__merged_into__in=hidden)) if hidden else found
    )


def links(
    user: User,
    *,
    status: str,
    claim: Claim | None = None,
    event: Event | None = None,
    cut: bool = False,
) -> EvidenceQuerySet:
    """Links of one status that count and that this person may see, in the order of `evidence_in`."""
    found = evidence_in(status=status, claim=claim, cut=cut)
    if event:
        found = found.of_one(event.standing_id)
    return shown_to(user, found.defer("document__text"))


def page_of(found: QuerySet[Evidence], *, by: By, number: str | None) -> Page:
    """A page of numbers of suggestions: those with what the strongest is about first.

    Of the strongest MOST suggestions; the others come up as these are decided.
    """
    strongest = found.order_by("-score", "id").annotate(one=ONE)
    pairs = strongest.values_list("pk", "claim_id" if by is By.CLAIM else "one")[: MOST + 1]
    gathered: dict[int, list[int]] = {}
    for pk, about in pairs:
        gathered.setdefault(about, []).append(pk)
    numbers = [pk for group in gathered.values() for pk in group]
    return TriagePaginator(numbers, PER_PAGE).get_page(number)


def cards_of(found: QuerySet[Evidence], numbers: Iterable[int], *, by: By) -> list[Card]:
    """The cards of these suggestions, in their order; what somebody decided meanwhile has gone."""
    keys = list(numbers)
    there = {one.pk: one for one in found.filter(pk__in=keys)}
    cards: dict[int, Card] = {}
    for row in rows_of([there[pk] for pk in keys if pk in there]):
        link = row.evidence
        about = link.claim_id if by is By.CLAIM else link.event.standing_id
        cards.setdefault(about, Card()).rows.append(row)
    return list(cards.values())


def rows_of(evidence: Sequence[Evidence]) -> list[Row]:
    """The rows of links, in a number of queries that does not grow with them."""
    became, reported = what_became_of(evidence), _reported(evidence)
    return [
        Row(one, form_for(one), became.get(one.pk), reported[one.event.standing_id])
        for one in evidence
    ]


def form_for(evidence: Evidence, values: Mapping[str, str] | None = None) -> EvidenceForm:
    """The form of one row, its fields named by it."""
    return EvidenceForm(values, auto_id=f"e{evidence.pk}_%s")


def _reported(evidence: Sequence[Evidence]) -> dict[int, Reported]:
    """Who reported the standing events of these links."""
    counts = {one.event.standing_id: one.report_count for one in evidence}  # type: ignore[attr-defined]
    shown = {one.event.standing_id: one.document for one in reversed(evidence)}
    told: dict[int, list[Told]] = {}
    several = [event for event, count in counts.items() if count > 1]
    for event, publisher, *words in _first_reports(several):
        told.setdefault(event, []).append(Told(publisher or "", *words))
    found = {}
    for event, count in counts.items():
        publisher_here = shown[event].publisher
        ours = publisher_here.name if publisher_here else ""
        found[event] = _reported_by(count, told.get(event, []), ours)
    return found


def _first_reports(events: Sequence[int]) -> QuerySet[EventReport, tuple[int, str, str, str, str]]:
    nth = Window(RowNumber(), partition_by=F("event"), order_by=F("pk"))
    reports = EventReport.objects.filter(event__in=events).annotate(nth=nth)
    return (
        reports.filter(nth__lte=READ_REPORTS)
        .order_by("event", "pk")
        .values_list(
            "event",
            "document__publisher__name",
            "document__title",
            Left("document__text", READ_CHARACTERS),
            "document__author",
        )
    )


def _reported_by(count: int, told: Sequence[Told], ours: str) -> Reported:
    if not told:
        return Reported(count)
    others = [
        name for name in dict.fromkeys(one.publisher for one in told) if name not in {"", ours}
    ]
    at_most = independence(told).at_most
    return Reported(count, len(told), at_most, others[:NAMED], len(others[NAMED:]))
