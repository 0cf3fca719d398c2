"""What bears on a claim: all accepted evidence, which of it is a copy, and our running estimate."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models.functions import Coalesce, Left

from claims.models import Claim, Evidence
from claims.models.evidence import ONE
from claims.notices import marks_under
from claims.plumb.estimate import Ratio, Step, running_estimate
from claims.plumb.weights import pull
from claims.windows import outside_window
from sources.independence import READ_CHARACTERS, Told, independence
from sources.models import EventReport

# Links whose reports are compared and whose retractions are looked up: those with a ratio, then the
# newest. A claim with more is read with its filter.
COMPARED = 500
REPORTS = 1_000
# Who says in the same words next year that trade grew again does not copy.
COPIED_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Link:
    """Accepted evidence as the line and the estimate take it, of which a claim may have thousands.

    `event` is the number of the event that stands.
    """

    pk: int
    event: int
    day: date
    stance: int
    credibility: int | None
    likelihood_ratio: Decimal | None


@dataclass(frozen=True)
class Bearing:
    """All that bears on a claim, by time.

    `copy_of` gives, by the number of a link whose report has the words of an earlier link's, that
    other link; `reports` the most reports of its event that are independent of each other, by link;
    `sources` the same over all. Said of the links `compared`, by number.
    """

    links: Sequence[Link]
    marks: dict[int, str]
    copy_of: dict[int, int]
    reports: dict[int, int]
    sources: int
    compared: frozenset[int]

    def left_out(self, number: int, day: date, claim: Claim) -> str:
        """Why the likelihood ratio of a link is not in the estimate, in words; "" where it is."""
        if self.marks.get(number) == "retracted":
            return "retracted"
        if outside_window(claim, day):
            return "outside the window"
        return "a copy" if number in self.copy_of else ""

    def estimate(self, claim: Claim) -> list[Step]:
        """Our running estimate from base rate and likelihood ratios; nothing where either lacks."""
        if not claim.base_rate:
            return []
        ratios = [
            Ratio(one.day, float(one.likelihood_ratio))
            for one in self.links
            if one.likelihood_ratio is not None and not self.left_out(one.pk, one.day, claim)
        ]
        return running_estimate(float(claim.base_rate.probability), ratios)


def bearing_on(claim: Claim) -> Bearing:
    """All that bears on a claim, in a number of queries that does not grow with it."""
    accepted = Evidence.objects.accepted().filter(claim=claim)
    names = ("event__occurred_on", "stance", "credibility", "likelihood_ratio")
    links = [Link(*values) for values in accepted.values_list("pk", ONE, *names)]
    telling = sorted(links, key=lambda one: one.day, reverse=True)
    telling.sort(key=lambda one: one.likelihood_ratio is None)
    compared = frozenset(one.pk for one in telling[:COMPARED])
    looked_at = whole(compared)
    copy_of, reports, sources = _compared(looked_at)
    return Bearing(links, marks_under(looked_at), copy_of, reports, sources, compared)


def whole(numbers: Collection[int]) -> list[Evidence]:
    """Those of these links that are accepted, by time, each with event, report, publisher, and the
    `report_count` of its event."""
    found = Evidence.objects.filter(pk__in=numbers, status=Evidence.Status.ACCEPTED)
    found = found.order_by("event__occurred_on", "id")
    found = found.select_related("event", "document__publisher")
    counted = Coalesce("event__merged_into__report_count", "event__report_count")
    return list(
        found.defer("document__text", "event__summary", "measures").annotate(report_count=counted)
    )


def _compared(links: Sequence[Evidence]) -> tuple[dict[int, int], dict[int, int], int]:
    told = _told({one.event.standing_id for one in links})
    known = independence([one for _, _, one in told])
    wording = {
        document: number for (_, document, _), number in zip(told, known.wording_of, strict=True)
    }
    firsts: defaultdict[int, list[Evidence]] = defaultdict(list)
    copy_of: dict[int, int] = {}
    for one in _ratios_first(links):
        if one.document_id not in wording:
            continue
        alike = firsts[wording[one.document_id]]
        if first := next((other for other in alike if _near(one, other)), None):
            copy_of[one.pk] = first.pk
        else:
            alike.append(one)
    by_event = defaultdict(list)
    for event, _, report in told:
        by_event[event].append(report)
    apart = {
        event: independence(reports).at_most if len(reports) > 1 else 1
        for event, reports in by_event.items()
    }
    return copy_of, {one.pk: apart.get(one.event.standing_id, 1) for one in links}, known.at_most


def _near(one: Evidence, other: Evidence) -> bool:
    return abs(one.event.occurred_on - other.event.occurred_on) <= COPIED_WITHIN


def _ratios_first(links: Sequence[Evidence]) -> list[Evidence]:
    """Of links in the same words the first one with a ratio stands for all; without any, the first."""
    return sorted(links, key=lambda one: one.likelihood_ratio is None)


def _told(events: Collection[int]) -> list[tuple[int, int, Told]]:
    """Reports of these events: event, document and what it tells; their own links' among the first."""
    reports = EventReport.objects.filter(event__in=events).by_time()
    said = reports.values_list(
        "event",
        "document",
        "document__publisher__name",
        "document__title",
        Left("document__text", READ_CHARACTERS),
        "document__author",
    )[:REPORTS]
    return [
        (event, document, Told(publisher or "", *words))
        for event, document, publisher, *words in said
    ]


def pull_of(one: Evidence) -> float:
    """Which way accepted evidence pulls, and how far."""
    return pull(one.stance or 0, ratio_of(one))


def ratio_of(one: Evidence | Link) -> float | None:
    """The likelihood ratio as arithmetic takes it."""
    return None if one.likelihood_ratio is None else float(one.likelihood_ratio)
