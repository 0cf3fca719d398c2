"""A claim's evidence as its page shows it: the sentence, the drawing, and one page of rows or of a table."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from claims.bearing import Bearing, bearing_on
from claims.filters import EvidenceFilter
from claims.models import Claim, Evidence
from claims.notices import marks_under
from claims.plumb_figure import drawing, estimate_chart, in_words, reports_of
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
    as_table = values.get("view") == "table"
    marks = bearing.marks | marks_under([one for one in page if one.pk not in bearing.compared])
    context = {
        "filter": asked,
        "page_obj": page,
        "as_table": as_table,
        "evidence_in_words": in_words(bearing, shown, today=today),
        "linked": len(bearing.links),
        "estimate": estimate_chart(claim, bearing.estimate(claim), today=today),
        "hung": drawing(
            claim,
            bearing,
            shown,
            [state.checkpoint.due_on for state in states],
            today=today,
            hidden=hidden,
            pages=_pages(shown, page),
        ),
    }
    if as_table:
        return context | {"rows": [_row(one, claim, bearing, marks, hidden) for one in page]}
    after, until = _days_around(shown, page)
    part = {"hidden_events": hidden, "after": after, "until": until, "marks": marks}
    line = plumb_line(claim, page, states, today=today, **part)
    rows = {one.pk: _row(one, claim, bearing, marks, hidden) for one in page}
    for row in line:
        if row["kind"] == "evidence":
            row["more"] = rows[row["number"]]
    return context | {"line": line}


def _filter(claim: Claim, bearing: Bearing, values: QueryDict, hidden: Any) -> EvidenceFilter:
    links = Evidence.objects.filter(claim=claim)
    return EvidenceFilter(values, queryset=links, copies=bearing.copy_of, hidden=hidden)


def _shown(bearing: Bearing, asked: EvidenceFilter) -> Sequence[Evidence]:
    asked.is_valid()
    if not asked.asks:
        return bearing.links
    found = set(asked.qs.order_by().values_list("pk", flat=True))
    return [one for one in bearing.links if one.pk in found]


def _pages(shown: Sequence[Evidence], page: Page) -> dict[int, int]:
    return {
        one.pk: number
        for place, one in enumerate(shown)
        if (number := place // PER_PAGE + 1) != page.number
    }


def _days_around(shown: Sequence[Evidence], page: Page) -> tuple[Any, Any]:
    """Between which days a page's part of the line lies; None at its ends."""
    after = shown[page.start_index() - 2].event.occurred_on if page.has_previous() else None
    until = shown[page.end_index() - 1].event.occurred_on if page.has_next() else None
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
        "left_out": bearing.left_out(one, claim) if one.likelihood_ratio is not None else "",
    }
