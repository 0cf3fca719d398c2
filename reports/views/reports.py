"""The list of reports, a report as page, CSV and JSON."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require
from reports import display
from reports.exports import claims_csv, lexicons_csv, report_json
from reports.models import Report
from reports.queries import listed_reports, reported_names


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Every report, newest first, with its headline figure."""
    user = require(request.user, Permission.READ_LEDGER)
    page = Paginator(listed_reports(), 25).get_page(request.GET.get("page"))
    rows = [(report, display.headline(report.overall)) for report in page]  # type: ignore[attr-defined]
    context = {
        "page_obj": page,
        "rows": rows,
        "can_publish": user.can(Permission.PUBLISH_REPORTS),
    }
    return render(request, "reports/reports.html", context)


def readable(
    view: Callable[[HttpRequest, Report], HttpResponseBase],
) -> Callable[[HttpRequest, int], HttpResponseBase]:
    """Hands the view its report: to anybody where it is public, else to readers of the ledger."""

    @login_not_required
    @require_safe
    @wraps(view)
    def checked(request: HttpRequest, number: int) -> HttpResponseBase:
        report = get_object_or_404(Report, number=number)
        if not report.is_public:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            require(request.user, Permission.READ_LEDGER)
        return view(request, report)

    return checked


@readable
def report(request: HttpRequest, report: Report) -> HttpResponse:
    """The frozen figures, the funnel, claimants, words, and every claim that was counted."""
    rows = report.claims.select_related("claim").order_by("claimant_name", "claim_id")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {
        "report": report,
        **_figures(report),
        "page_obj": page,
        "rows": [(row, *display.standing(row)) for row in page],
        "can_read": request.user.is_authenticated and request.user.can(Permission.READ_LEDGER),
    }
    return render(request, "reports/report.html", context)


def _figures(report: Report) -> dict[str, Any]:
    figures, overall = report.figures, report.figures["overall"]
    return {
        "funnel": display.funnel_rows(overall["funnel"]),
        "stats": display.stats(overall),
        "ranges": display.range_words(overall),
        "lexicons": display.under_lexicons(figures),
        "hedges": display.hedge_rows(overall["hedges"]),
        "claimants": display.claimant_rows(figures["claimants"], reported_names(report)),
        "agreement": display.agreement_words(figures["agreement"]),
        "calibration": display.calibration_words(figures["calibration"]),
    }


@readable
def csv(_request: HttpRequest, report: Report) -> StreamingHttpResponse:
    """The claims of a report for a spreadsheet, streamed."""
    return _csv_file(claims_csv(report), f"report-{report.number}-claims.csv")


@readable
def lexicons(_request: HttpRequest, report: Report) -> StreamingHttpResponse:
    """The figures of a report under other lexicons for a spreadsheet."""
    return _csv_file(lexicons_csv(report), f"report-{report.number}-lexicons.csv")


@readable
def json(_request: HttpRequest, report: Report) -> JsonResponse:
    """The whole report for a program."""
    return JsonResponse(
        report_json(report), json_dumps_params={"ensure_ascii": False}, charset="utf-8"
    )


def _csv_file(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
