"""Who reported an event, by time and in whose words, as its page shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page
from django.db.models.functions import Left

from accounts.paging import MOST, BoundedPaginator
from sources.independence import READ_CHARACTERS, Independence, Told, independence
from sources.models import Event, EventReport

PER_PAGE = 50
NOBODY_KNOWN = "a publisher not known"


@dataclass(frozen=True)
class Wording:
    """The reports on one page in the same words: the first, and those that repeat it.

    `after` is who had the words first, where that report stands on an earlier page.
    """

    first: EventReport
    after: str = ""
    copies: list[EventReport] = field(default_factory=list)


@dataclass(frozen=True)
class Reporting:
    """Who reported an event; `known` is said of its first MOST reports."""

    known: Independence
    page: Page
    wordings: list[Wording]

    @property
    def read(self) -> int:
        """How many reports were compared."""
        return len(self.known.wording_of)


def reporting(event: Event, *, page: str | None) -> Reporting:
    """Who reported an event, in a number of queries that does not grow with its reports."""
    reports = EventReport.objects.filter(event=event).by_time()
    said = reports.values_list(
        "pk",
        "document__publisher__name",
        "document__title",
        Left("document__text", READ_CHARACTERS),
        "document__author",
    )[:MOST]
    told = {pk: Told(publisher or "", *words) for pk, publisher, *words in said}
    known = independence(list(told.values()))
    wording_of = dict(zip(told, known.wording_of, strict=True))
    shown = reports.select_related("document__publisher").defer("document__text")
    this_page = BoundedPaginator(shown, PER_PAGE).get_page(page)
    return Reporting(known, this_page, _wordings(this_page, told, wording_of))


def _wordings(
    page: Iterable[Any], told: Mapping[int, Told], wording_of: Mapping[int, int]
) -> list[Wording]:
    firsts: dict[int, int] = {}
    for pk, number in wording_of.items():
        firsts.setdefault(number, pk)
    found: dict[int, Wording] = {}
    for report in page:
        # What came after the last that was compared stands for itself.
        number = wording_of.get(report.pk, -report.pk)
        if number in found:
            found[number].copies.append(report)
            continue
        first = firsts.get(number, report.pk)
        after = "" if first == report.pk else told[first].publisher or NOBODY_KNOWN
        found[number] = Wording(report, after)
    return list(found.values())
