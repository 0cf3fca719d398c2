"""What is pressed on a claim's page: amend, withdraw, mark as a duplicate; and talking over a draft."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.permissions import Permission, require
from claims import services
from claims.blindness import hidden_from, require_shown
from claims.models import Claim
from claims.validators import ClaimProblem
from claims.views.asked import asked, number_in


@require_POST
def claim_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a dated note beside a registered claim."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    claim = _claim_shown_to(user, pk)
    words = "The amendment stands beside the claim."
    text = asked(request.POST, "text")
    return _done(request, claim, words, services.amend_claim, text=text, by=user)


@require_POST
def claim_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a registered claim because its author took it back."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    claim = _claim_shown_to(user, pk)
    words = "Withdrawn. The time it stood still counts."
    reason = asked(request.POST, "reason")
    return _done(request, claim, words, services.withdraw_claim, reason=reason, by=user)


@require_POST
def claim_duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Points a claim to the one that was registered before and says the same."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    claim = _claim_shown_to(user, pk)
    first = claim_numbered(asked(request.POST, "first"), user=user)
    if first is None:
        messages.error(request, "There is no claim of this number.")
        return redirect("claim", pk)
    words = f"It points to claim {first.pk} now."
    return _done(request, claim, words, services.mark_duplicate, first=first, by=user)


@require_POST
def claim_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Says something to colleagues about a draft."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    claim = _claim_shown_to(user, pk)
    words = "Your remark stands beside the draft."
    text = asked(request.POST, "text")
    return _done(request, claim, words, services.comment_on_claim, text=text, by=user)


@require_POST
def claim_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks a colleague to go on with a draft."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    claim = _claim_shown_to(user, pk)
    to = User.objects.filter(pk=number_in(asked(request.POST, "to"))).first()
    if to is None:
        messages.error(request, "Choose a colleague.")
        return redirect("claim", pk)
    return _done(request, claim, f"Handed to {to}.", services.hand_over, to=to, by=user)


def claim_numbered(number: str, *, user: User) -> Claim | None:
    """The claim of a number as people type it, or None.

    None as well for one whose source this person must not see: refusals name the claimant.
    """
    claims = Claim.objects.exclude(pk__in=hidden_from(user))
    return claims.filter(pk=number_in(number)).first()


def _claim_shown_to(user: User, pk: int) -> Claim:
    claim = get_object_or_404(Claim, pk=pk)
    require_shown(user, claim)
    return claim


def _done(
    request: HttpRequest, claim: Claim, words: str, verb: Callable[..., Any], **values: Any
) -> HttpResponse:
    """Does it, says so or what stood in the way, and leads back to the claim."""
    try:
        verb(claim=claim, **values)
    except ClaimProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, words)
    claim.refresh_from_db(fields=["status"])
    if claim.status == Claim.Status.DROPPED:
        return redirect(f"{claim.quote.document.get_absolute_url()}#c{claim.pk}")
    return redirect("claim", claim.pk)
