"""Gives evidence its likelihood ratio, from the row of a claim's page."""

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.permissions import Permission, require
from claims import services
from claims.blindness import events_hidden_from, require_shown
from claims.models import Evidence
from claims.validators import ClaimProblem
from claims.views.asked import asked


@require_POST
def evidence_ratio(request: HttpRequest, pk: int) -> HttpResponse:
    """Stores a likelihood ratio; empty takes it away."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    evidence = get_object_or_404(Evidence.objects.select_related("claim", "event"), pk=pk)
    require_shown(user, evidence.claim)
    if evidence.event.standing_id in events_hidden_from(user):
        raise PermissionDenied(
            "You may be asked to judge blind a claim of what reports this event."
        )
    try:
        ratio = _ratio(asked(request.POST, "ratio"))
        services.set_likelihood_ratio(evidence=evidence, ratio=ratio, by=user)
    except ClaimProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(
            request, "The likelihood ratio is stored." if ratio else "It is taken away."
        )
    return redirect(f"{evidence.claim.get_absolute_url()}#e{pk}")


def _ratio(text: str) -> Decimal | None:
    """A ratio as people type it, with a point or a comma; None for nothing."""
    if not text:
        return None
    try:
        return Decimal(text.replace(",", ".")).quantize(Decimal("0.001"))
    except InvalidOperation as error:
        raise ClaimProblem(f"“{text[:20]}” is no number. Give one from 0.1 to 10.") from error
