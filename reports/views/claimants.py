"""Claimants and their track records, as of now."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require
from reports import display
from reports.models import Report
from reports.queries import claimants_with_counts, claims_with_verdicts, cohort, registered_counts
from reports.scoring.figures import track_record
from sources.models import Claimant


@require_safe
def claimants(request: HttpRequest) -> HttpResponse:
    """Everybody whose claims stand in the ledger, with the figures of the latest report."""
    require(request.user, Permission.READ_LEDGER)
    words = request.GET.get("q", "").strip()
    found = claimants_with_counts(words=words, cutoff=timezone.now())
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    report = Report.objects.first()
    records = report.figures["claimants"] if report else []
    figures = {record["claimant"]: display.headline(record) for record in records}
    context = {
        "page_obj": page,
        "rows": [(claimant, figures.get(claimant.pk)) for claimant in page],
        "words": words,
        "report": report,
    }
    return render(request, "claimants/claimants.html", context)


@require_safe
def claimant(request: HttpRequest, pk: int) -> HttpResponse:
    """One track record: funnel, improvement, what their words mean, and each of their claims."""
    require(request.user, Permission.READ_LEDGER)
    one = get_object_or_404(Claimant, pk=pk)
    found = claims_with_verdicts(claimant=one)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {
        "claimant": one,
        **_record(one),
        "page_obj": page,
        "rows": [(claim, *display.claim_state(claim)) for claim in page],
    }
    return render(request, "claimants/claimant.html", context)


def _record(claimant: Claimant) -> dict[str, Any]:
    now = timezone.now()
    record = track_record(
        [one.row for one in cohort(cutoff=now, claimant=claimant)],
        registered=registered_counts(cutoff=now, claimant=claimant).get(claimant.pk, 0),
    )
    return {
        "record": record,
        "funnel": display.funnel_rows(record["funnel"]),
        "stats": display.stats(record),
        "hedges": display.hedge_rows(record["hedges"]),
    }
