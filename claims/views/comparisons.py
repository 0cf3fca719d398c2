"""Compares the evidence of several claims: of a text, of a topic, or as ticked in the list."""

from itertools import chain

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require
from claims.blindness import events_hidden_from, hidden_from
from claims.comparison import (
    MOST_CLAIMS,
    MOST_EVENTS,
    MOST_LINKS,
    Matrix,
    comparable,
    matrix,
    matrix_lines,
)
from claims.models import Claim
from claims.tables.writing import BYTE_ORDER_MARK, csv_lines
from claims.views.asked import asked, number_in


@require_safe
def claims_compare(request: HttpRequest) -> HttpResponseBase:
    """The matrix of claims by events, as a page or as CSV."""
    user = require(request.user, Permission.READ_LEDGER)
    claims, said = _chosen(comparable(hidden_from(user)), request.GET)
    chosen = list(claims[: MOST_CLAIMS + 1])
    found = matrix(chosen[:MOST_CLAIMS], hidden=events_hidden_from(user))
    if request.GET.get("format") == "csv":
        return _as_csv(found)
    context = {
        "columns": found.columns,
        "rows": found.rows[:MOST_EVENTS],
        "left_out": max(len(found.rows) - MOST_EVENTS, 0),
        "cut": found.cut,
        "most_links": MOST_LINKS,
        "more_claims": len(chosen) > MOST_CLAIMS,
        "most_claims": MOST_CLAIMS,
        "said": said,
        "numbers": [column.claim.pk for column in found.columns],
        "query": _query(found),
    }
    return render(request, "claims/compare.html", context)


def _chosen(claims: QuerySet[Claim], values: QueryDict) -> tuple[QuerySet[Claim], str]:
    """The claims that the address names, by number, or those of a text or a topic."""
    numbers = [number_in(one) for one in values.getlist("claim")[:100]]
    without = number_in(values.get("without", ""))
    if document := number_in(values.get("document", "")):
        return claims.filter(quote__document=document), "of one text"
    if topic := asked(values, "topic"):
        return claims.filter(topics__contains=[topic.lower()]), f"of the topic “{topic[:60]}”"
    return claims.filter(pk__in=[one for one in numbers if one and one != without]), ""


def _query(found: Matrix) -> str:
    query = QueryDict(mutable=True)
    query.setlist("claim", [str(column.claim.pk) for column in found.columns])
    return query.urlencode()


def _as_csv(found: Matrix) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        chain([BYTE_ORDER_MARK], csv_lines(matrix_lines(found))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="claims-compared.csv"'},
    )
