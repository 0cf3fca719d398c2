"""The form that makes a claim judgeable. A claim's own page stands in reviews."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.permissions import Permission, require
from accounts.queries import people_who_can
from claims import services
from claims.blindness import hidden_from, is_hidden_from
from claims.extraction.vagueness import vague_words
from claims.forms import ClaimForm
from claims.forms.claims import dates_of_words
from claims.likeness import Alike, nearly_the_same
from claims.models import Claim, LexiconEntry
from claims.readings import NEEDED
from claims.services.drafts import entry_for
from claims.services.imputations import is_one_person_desk
from claims.validators import ClaimProblem, checklist
from claims.views.asked import asked
from claims.views.life import claim_numbered
from sources.models import Claimant

HALF = Decimal("0.5")


@require_http_methods(["GET", "POST"])
def claim_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form that makes a claim judgeable: save it, register it, or show another kind's fields."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    claim = get_object_or_404(
        Claim.objects.select_related(
            "quote__document", "claimant", "base_rate", "lexicon", "predecessor__claimant"
        ),
        pk=pk,
    )
    if claim.is_registered:
        messages.error(request, "This claim is registered, so it can no longer be edited.")
        return redirect(claim)
    action = request.POST.get("action", "")
    if request.method == "GET":
        return _form_page(request, user, ClaimForm(claim=claim))
    if action in {"refresh", "date"}:
        values = request.POST.dict()
        if action == "date":
            values |= _dates(request, values)
        return _form_page(request, user, ClaimForm(claim=claim, initial=values))
    form = ClaimForm(request.POST, claim=claim)
    if form.is_valid() and _save(request, form, user, action):
        return redirect(claim if action == "register" else "claim_edit", claim.pk)
    return _form_page(request, user, form, status=422)


def _dates(request: HttpRequest, values: dict[str, str]) -> dict[str, Any]:
    """What the time words of a form make of its dates; says so, or that they name none."""
    dates = dates_of_words(values)
    if not dates:
        messages.warning(
            request,
            "These time words name no date that we can read. Fill in the dates yourself, or write "
            "such as “by the end of 2027” or “in the coming years”.",
        )
        return {}
    messages.success(request, f"Due {date_format(dates['due_on'], 'j F Y')}, by our convention.")
    # The checkpoints follow the new dates.
    return dates | {"checkpoints": ""}


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
        _go_on(form.claim, action, user, asked(request.POST, "earlier"))
    except ClaimProblem as problem:
        form.add_error(None, str(problem))
        form.claim.refresh_from_db()
        # What was saved before that is one's own, not a colleague's.
        form.take_as_seen()
        return False
    messages.success(request, "Registered and locked." if action == "register" else "Saved.")
    return True


def _go_on(claim: Claim, action: str, user: User, earlier: str) -> None:
    """What was asked for beyond saving. "repeats 12" puts the draft after claim 12; without a number,
    after the one that was typed."""
    match action.split():
        case ["use_one"]:
            services.use_one_imputation(claim=claim, by=user)
        case ["register"]:
            services.register_claim(claim=claim, by=user)
        case ["unfollow"]:
            services.unfollow_claim(claim=claim, by=user)
        case [("repeats" | "replaces") as relation, *number]:
            found = claim_numbered(number[0] if number else earlier, user=user)
            if found is None:
                raise ClaimProblem("There is no claim of this number to come after.")
            services.follow_claim(claim=claim, earlier=found, relation=relation, by=user)


def _form_page(
    request: HttpRequest, user: User, form: ClaimForm, status: int = 200
) -> HttpResponse:
    claim = form.claim
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
        "expected": _expected(claim),
        "may_see_earlier": claim.predecessor is None or not is_hidden_from(user, claim.predecessor),
        "vague": vague_words(_to_judge(claim)),
        "alike": _alike(claim, user),
        "comments": claim.comments.select_related("by"),
        "colleagues": people_who_can(Permission.WRITE_CLAIMS).exclude(pk=user.pk),
    }
    page = "claims/claim_edit.html"
    return render(request, f"{page}#form" if request.htmx else page, context, status=status)  # type: ignore[attr-defined]


def _alike(claim: Claim, user: User) -> list[Alike]:
    """What reads nearly the same, but for what the draft comes after."""
    found = nearly_the_same([claim], hidden=hidden_from(user)).get(claim.pk, [])
    return [one for one in found if one.claim.pk != claim.predecessor_id]


def _expected(claim: Claim) -> str:
    """Which way the author leaned, in words, so that nobody writes the test the wrong way round."""
    low, high = claim.probability_low, claim.probability_high
    if low is None or high is None or low <= HALF <= high:
        return ""
    return "held" if low > HALF else "failed"


def _to_judge(claim: Claim) -> str:
    """The words a reviewer would judge by: the statement itself while there is no test."""
    if not claim.is_scored:
        return ""
    test = f"{claim.held_if} {claim.failed_if}".strip()
    return f"{claim.horizon}. {test or claim.statement}"


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
