"""The list of claims and the form that makes one judgeable. A claim's own page stands in reviews."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.paging import BoundedPaginator, count_in_words
from accounts.permissions import Permission, require
from claims import services
from claims.blindness import hidden_from
from claims.forms import ClaimForm
from claims.models import Claim, LexiconEntry
from claims.queries import claimants_with_claims, search_claims, tab_counts
from claims.readings import NEEDED
from claims.services.drafts import entry_for
from claims.services.imputations import is_one_person_desk
from claims.validators import ClaimProblem, checklist
from claims.views.asked import asked
from sources.models import Claimant

TAB_LABELS = {
    "registered": "Registered",
    "drafts": "Drafts",
    "proposed": "Proposed",
    "all": "All",
}


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """Claims by tab, words, kind and claimant."""
    user = require(request.user, Permission.READ_LEDGER)
    words = asked(request.GET, "q")
    tab = request.GET.get("tab", "")
    tab = tab if tab in TAB_LABELS else ("all" if words else "registered")
    kind = asked(request.GET, "kind")
    found = search_claims(tab=tab, words=words, kind=kind, claimant=_claimant(request))
    found = found.exclude(pk__in=hidden_from(user))
    counts = tab_counts()
    context = {
        "page_obj": BoundedPaginator(found, 50).get_page(request.GET.get("page")),
        "tabs": [(name, label, count_in_words(counts[name])) for name, label in TAB_LABELS.items()],
        "tab": tab,
        "words": words,
        "kind": kind,
        "kinds": [(value, label.partition(":")[0]) for value, label in Claim.Kind.choices],
        "claimant": request.GET.get("claimant", ""),
        "claimants": claimants_with_claims()[:200],
        "can_capture": user.can(Permission.CAPTURE_DOCUMENTS),
        "can_write": user.can(Permission.WRITE_CLAIMS),
    }
    return render(request, "claims/claims.html", context)


def _claimant(request: HttpRequest) -> Claimant | None:
    number = request.GET.get("claimant", "")
    return Claimant.objects.filter(pk=number).first() if number.isdecimal() else None


@require_http_methods(["GET", "POST"])
def claim_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form that makes a claim judgeable: save it, register it, or show another kind's fields."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    claim = get_object_or_404(
        Claim.objects.select_related("quote__document", "claimant", "base_rate", "lexicon"), pk=pk
    )
    if claim.is_registered:
        messages.error(request, "This claim is registered, so it can no longer be edited.")
        return redirect(claim)
    action = request.POST.get("action", "")
    if request.method == "GET" or action == "refresh":
        values = {"initial": request.POST.dict()} if action else {}
        return _form_page(request, claim, ClaimForm(claim=claim, **values))
    form = ClaimForm(request.POST, claim=claim)
    if form.is_valid() and _save(request, form, user, action):
        return redirect(claim if action == "register" else "claim_edit", claim.pk)
    return _form_page(request, claim, form, status=422)


def _save(request: HttpRequest, form: ClaimForm, user: User, action: str) -> bool:
    """Saves the draft, then registers it or goes on with one reading where that was asked.

    What stands in the way becomes a form error.
    """
    data = form.cleaned_data
    try:
        services.save_draft(
            claim=form.claim,
            by=user,
            changes=form.changes(),
            claimant=data["claimant"],
            base_rate=form.base_rate(),
            checkpoints=data.get("checkpoints", ()),
        )
        if action == "use_one":
            services.use_one_imputation(claim=form.claim, by=user)
        if action == "register":
            services.register_claim(claim=form.claim, by=user)
    except ClaimProblem as problem:
        form.add_error(None, str(problem))
        form.claim.refresh_from_db()
        return False
    messages.success(request, "Registered and locked." if action == "register" else "Saved.")
    return True


def _form_page(
    request: HttpRequest, claim: Claim, form: ClaimForm, status: int = 200
) -> HttpResponse:
    hedge = str(form["hedge"].value() or "").replace("\0", "")
    context: dict[str, Any] = {
        "claim": claim,
        "form": form,
        "checklist": checklist(claim),
        "entry": entry_for(hedge) if hedge else None,
        "entries": LexiconEntry.objects.filter(lexicon__is_active=True),
        "names": Claimant.objects.values_list("name", flat=True)[:500],
        "conventional": services.conventional_checkpoints(claim),
        "needed": NEEDED,
        "may_use_one": form.readings.count == 1 and is_one_person_desk(),
        "i_read_it": claim.imputations.filter(coder=request.user.pk).exists(),
    }
    page = "claims/claim_edit.html"
    return render(request, f"{page}#form" if request.htmx else page, context, status=status)  # type: ignore[attr-defined]


@require_POST
def claim_register(request: HttpRequest, pk: int) -> HttpResponse:
    """Locks a draft as it was last saved."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    claim = get_object_or_404(Claim, pk=pk)
    try:
        services.register_claim(claim=claim, by=user)
    except ClaimProblem as problem:
        messages.error(request, str(problem))
        return redirect("claim_edit", pk)
    messages.success(request, "Registered and locked.")
    return redirect(claim)


@require_POST
def claim_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a dated note beside a registered claim."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    claim = get_object_or_404(Claim, pk=pk)
    try:
        services.amend_claim(claim=claim, text=asked(request.POST, "text"), by=user)
    except ClaimProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "The amendment stands beside the claim.")
    return redirect(claim)


@require_POST
def claim_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a registered claim because its author took it back."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    claim = get_object_or_404(Claim, pk=pk)
    try:
        services.withdraw_claim(claim=claim, by=user, reason=asked(request.POST, "reason"))
    except ClaimProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Withdrawn. The time it stood still counts.")
    return redirect(claim)
