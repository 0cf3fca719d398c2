"""What the ranking of suggestions learned, and what that gained."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require
from claims.models import Training
from claims.services import weights_in_use

SHOWN = 20


@require_safe
def learning(request: HttpRequest) -> HttpResponse:
    """The last trainings, which of them is in use, and what each measure counts by now."""
    require(request.user, Permission.TRIAGE_EVIDENCE)
    weights = weights_in_use()
    context = {
        "trainings": Training.objects.all()[:SHOWN],
        "in_use": Training.objects.adopted().first(),
        "weights": [*weights.values.items()],
    }
    return render(request, "claims/learning.html", context)
