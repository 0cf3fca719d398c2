"""How the matcher stands, what its ranking learned, and what that gained."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require
from claims.keeping_up import compared_with, keeping_up, last_compared
from claims.models import Training
from claims.services import weights_in_use

SHOWN = 20
WORDS = {
    "meaning": "how alike claim and event read",
    "title_meaning": "how alike claim and title read",
    "nearer": "the nearer of both",
    "told": "what the words tell that both have",
    "covered": "the share of the claim's words that the event has",
    "titled": "the share of the title's words that the claim has",
    "should": "the share of the words that an analyst wishes for",
}


@require_safe
def learning(request: HttpRequest) -> HttpResponse:
    """The last trainings, which of them is in use, and what each measure counts by now."""
    require(request.user, Permission.TRIAGE_EVIDENCE)
    weights, now = weights_in_use(), keeping_up()
    context = {
        "now": now,
        "is_late": now.is_late(),
        "compared_with": compared_with(),
        "last": last_compared(),
        "trainings": Training.objects.all()[:SHOWN],
        "in_use": Training.objects.adopted().first(),
        "weights": [(WORDS.get(name, name), one) for name, one in weights.values.items()],
    }
    return render(request, "claims/learning.html", context)
