"""A claim's evidence as its page shows it: the sentence, the drawing, and one page of rows or of a table."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from claims.bearing import Bearing, Link, bearing_on, whole
from claims.filters import EvidenceFilter
from claims.models import Claim, Evidence
from claims.notices import marks_under
from claims.plumb_figure import (
    alone,
    drawing,
    drawn,
    estimate_chart,
    hung,
    in_words,
    reports_of,
)
from claims.windows import outside_window
from reviews.lines import plumb_line, rating_of
from reviews.queries import CheckpointState

PER_PAGE = 100


def through_time(
    claim: Claim, states: Sequence[CheckpointState], values: QueryDict, *, today: Any, hidden: Any
) -> dict[str, Any]:
    """The section "Through time" of a claim's page, as the address asks for it.

    Of the events in `hidden`, by number, the day and the side are told alone.
    """
    bearing = bearing_on(claim)
    asked = _filter(claim, bearing, values, hidden)
    shown = _shown(bearing, asked)
    page = Paginator(shown, PER_PAGE).get_page(values.get("page"))
    span, marks = hung(claim, shown, today=today, hidden=hidden)
    links = {one.pk: one for one in whole({*alone(marks), *(one.pk for one in page)})}
    # What was undone between the two reads is passed over.
    marks = [mark for mark in marks if alone([mark]) <= links.keys()]
    of_page = [links[one.pk] for one in page if one.pk in links]
    pages = _pages(shown, page)
    said = [drawn(one, links, bearing, hidden=hidden, pages=pages) for one in marks]
    context = {
        "filter": asked,
        "page_obj": page,
        "as_table": values.get("view") == "table",
        "evidence_in_words": in_words(bearing, shown, today=today),
        "linked": len(bearing.links),
        "estimate": estimate_chart(claim, bearing.estimate(claim), today=today),
        "hung": drawing(claim, span, said, [one.checkpoint.due_on for one in states], today=today),
    }
    marked = bearing.marks | marks_under([one for one in of_page if one.pk not in bearing.compared])
    rows = [_row(one, claim, bearing, marked, hidden) for one in of_page]
    if context["as_table"]:
        return context | {"rows": rows}
    after, until = _days_around(shown, page)
    part = {"hidden_events": hidden, "after": after, "until": until, "marks": marked}
    return context | {
        "line": _with_more(plumb_line(claim, of_page, states, today=today, **part), rows)
    }


def _with_more(line: list[dict[str, Any]], rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The line, where each link knows its row of the table too."""
    more = {row["link"].pk: row for row in rows}
    return [
        row | {"more": more[row["number"]]} if row["kind"] == "evidence" else row for row in line
    ]


def _filter(claim: Claim, bearing: Bearing, values: QueryDict, hidden: Any) -> EvidenceFilter:
    links = Evidence.objects.filter(claim=claim)
    return EvidenceFilter(values, queryset=links, copies=bearing.copy_of, hidden=hidden)


def _shown(bearing: Bearing, asked: EvidenceFilter) -> Sequence[Link]:
    asked.is_valid()
    if not asked.asks:
        return bearing.links
    found = set(asked.qs.order_by().values_list("pk", flat=True))
    return [one for one in bearing.links if one.pk in found]


def _pages(shown: Sequence[Link], page: Page) -> dict[int, int]:
    return {
        one.pk: number
        for place, one in enumerate(shown)
        if (number := place // PER_PAGE + 1) != page.number
    }


def _days_around(shown: Sequence[Link], page: Page) -> tuple[Any, Any]:
    """Between which days a page's part of the line lies; None at its ends."""
    after = shown[page.start_index() - 2].day if page.has_previous() else None
    until = shown[page.end_index() - 1].day if page.has_next() else None
    return after, until


def _row(
    one: Evidence, claim: Claim, bearing: Bearing, marks: dict[int, str], hidden: Any
) -> dict[str, Any]:
    """A link for a row of the table, and what the line says beyond its card."""
    row = {"link": one, "day": one.event.occurred_on, "stance": one.get_stance_display()}
    if one.event.standing_id in hidden:
        return row | {"hidden": True}
    return row | {
        "publisher": one.document.publisher,
        "rating": rating_of(one),
        "reports": reports_of(one, bearing),
        "copy_of": bearing.copy_of.get(one.pk),
        "mark": marks.get(one.pk, ""),
        "outside": outside_window(claim, one.event.occurred_on),
        "left_out": bearing.left_out(one.pk, one.event.occurred_on, claim)
        if one.likelihood_ratio is not None
        else "",
    }
