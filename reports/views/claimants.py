"""Claimants and their track records, as of now."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require
from claims.blindness import hidden_from
from claims.views.asked import asked
from reports import display
from reports.queries import claimants_with_claims, claims_with_verdicts, track_records
from sources.models import Claimant


@require_safe
def claimants(request: HttpRequest) -> HttpResponse:
    """Everybody whose claims stand in the ledger, with the headline of their track record."""
    require(request.user, Permission.READ_LEDGER)
    words = asked(request.GET, "q")
    now = timezone.now()
    # Each page computes the records it shows, so it shows no more than these.
    page = Paginator(claimants_with_claims(words=words, cutoff=now), 25).get_page(
        request.GET.get("page")
    )
    records = track_records(list(page), cutoff=now)
    context = {
        "page_obj": page,
        "rows": [(one, display.headline(record)) for one, record in records],
        "words": words,
    }
    return render(request, "claimants/claimants.html", context)


@require_safe
def claimant(request: HttpRequest, pk: int) -> HttpResponse:
    """One track record: funnel, improvement, what their words mean, and each of their claims."""
    user = require(request.user, Permission.READ_LEDGER)
    one = get_object_or_404(Claimant, pk=pk)
    found = claims_with_verdicts(claimant=one).exclude(pk__in=hidden_from(user))
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {
        "claimant": one,
        **_record(one),
        "page_obj": page,
        "rows": [(claim, *display.claim_state(claim)) for claim in page],
    }
    return render(request, "claimants/claimant.html", context)


def _record(claimant: Claimant) -> dict[str, Any]:
    [(_, record)] = track_records([claimant], cutoff=timezone.now())
    return {
        "record": record,
        "funnel": display.funnel_rows(record["funnel"]),
        "ranges": display.range_words(record),
        "stats": display.stats(record),
        "hedges": display.hedge_rows(record["hedges"]),
    }
