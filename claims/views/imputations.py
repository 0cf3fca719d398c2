"""Reading how probable an author made a claim, blind to other readings and to the outcome."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.paging import BoundedPaginator
from accounts.permissions import Permission, require
from claims import services
from claims.forms import ImputeForm
from claims.marking import around
from claims.models import Claim
from claims.readings import NEEDED, claims_to_read
from claims.services.imputations import check_to_read
from claims.validators import ClaimProblem


@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """Drafts that wait for this person's reading."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    pages = BoundedPaginator(claims_to_read(user), 50)
    context = {"page_obj": pages.get_page(request.GET.get("page")), "needed": NEEDED}
    return render(request, "claims/readings.html", context)


@require_http_methods(["GET", "POST"])
def impute(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes one reading. The page shows the words and nothing that would give a reading away."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    claim = get_object_or_404(Claim.objects.select_related("quote"), pk=pk)
    try:
        check_to_read(claim=claim, by=user)
    except ClaimProblem as problem:
        messages.error(request, str(problem))
        return redirect("readings")
    form = ImputeForm(request.POST or None)
    if form.is_valid():
        try:
            services.impute(claim=claim, by=user, **form.values())
        except ClaimProblem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Your reading is stored.")
            return redirect("readings")
    context = {"claim": claim, "form": form, "words": around(claim.quote.exact, claim.hedge)}
    return render(request, "claims/impute.html", context, status=422 if form.errors else 200)
