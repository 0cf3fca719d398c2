"""Events and reports by period, raw and as if the same feeds had been there all along."""

import csv
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require
from sources.charts import chart
from sources.periods import KINDS, Counts, Kind, counts_by
from sources.views.tabs import source_tabs

COLUMNS = (
    *("from", "active feeds"),
    *("reports", "reports per feed", "reports normalised"),
    *("events", "events per feed", "events normalised"),
)


@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """Both measures as lines and as a table."""
    user = require(request.user, Permission.READ_LEDGER)
    kind = _kind(request)
    found = counts_by(kind)
    over = found.starts[:-1]
    charts = [
        (name, chart(over, series.raw[:-1], series.normalised[:-1]))
        for name, series in (("Reports", found.reports), ("Events", found.events))
    ]
    context = {
        "kind": kind,
        "kinds": KINDS,
        "charts": charts,
        "rows": list(found.rows())[::-1],
        "is_empty": not any(found.feeds) and not any(found.reports.raw),
        "tabs": source_tabs() if user.can(Permission.MANAGE_SOURCES) else [],
    }
    return render(request, "sources/counts.html", context)


@require_safe
def counts_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The table for a spreadsheet."""
    require(request.user, Permission.READ_LEDGER)
    kind = _kind(request)
    return StreamingHttpResponse(
        _lines(counts_by(kind)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="counts-by-{kind.name}.csv"'},
    )


def _kind(request: HttpRequest) -> Kind:
    return KINDS.get(request.GET.get("by", ""), KINDS["week"])


class _Echo:
    """A file that hands back what is written to it, so that rows leave one by one."""

    def write(self, line: str) -> str:
        return line


def _lines(found: Counts) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for start, *figures in found.rows():
        yield writer.writerow(
            [start.isoformat(), *(round(n, 3) if isinstance(n, float) else n for n in figures)]
        )
