"""The words that steer what is suggested for a claim, and what they would do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.permissions import Permission, require
from claims import services
from claims.blindness import require_shown
from claims.forms import ClaimWordsForm
from claims.models import Claim, ClaimWords
from claims.services.words import check_may_have_words
from claims.steering import preview
from claims.validators import ClaimProblem


@require_http_methods(["GET", "POST"])
def claim_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the words of a claim with what they do, and takes others."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    claim = _claim_shown_to(user, pk)
    try:
        check_may_have_words(claim)
    except ClaimProblem as problem:
        messages.error(request, str(problem))
        return redirect("claim", pk)
    stored = ClaimWordsForm.initial_of(getattr(claim, "words", None) or ClaimWords())
    form = ClaimWordsForm(request.POST or stored)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_claim_words(claim=claim, by=user, **form.cleaned_data)
        except ClaimProblem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Stored. The claim is compared anew with the stored events.")
            return redirect("claim", pk)
    context = {"claim": claim, "form": form, "tried": _tried(claim, form)}
    return render(request, "claims/words.html", context, status=422 if form.errors else 200)


@require_POST
def claim_words_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the words of the form would do, while they are typed."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    claim = _claim_shown_to(user, pk)
    form = ClaimWordsForm(request.POST)
    context = {"claim": claim, "form": form, "tried": _tried(claim, form)}
    return render(request, "claims/words.html#preview", context)


def _tried(claim: Claim, form: ClaimWordsForm) -> object:
    return preview(claim, form.cleaned_data) if form.is_valid() else None


def _claim_shown_to(user: User, pk: int) -> Claim:
    claim = get_object_or_404(Claim.objects.select_related("words"), pk=pk)
    require_shown(user, claim)
    return claim
