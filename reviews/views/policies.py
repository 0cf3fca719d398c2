"""How the desk judges, and which checkpoints too few people may judge."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission, require
from reviews import services
from reviews.forms import PolicyForm
from reviews.models import Policy
from reviews.shortages import LOOKED_AT, shortages
from reviews.validators import ReviewProblem


@require_http_methods(["GET", "POST"])
def policy(request: HttpRequest) -> HttpResponse:
    """How many judge, when they agree, who settles the rest."""
    user = require(request.user, Permission.ADJUDICATE)
    current = Policy.current()
    form = PolicyForm(request.POST or None, initial=PolicyForm.initial_of(current))
    if form.is_valid():
        try:
            services.set_policy(by=user, **form.cleaned_data)
        except ReviewProblem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Stored.")
            return redirect("reviews:policy")
    context = {"form": form, "policy": current}
    return render(request, "reviews/policy.html", context, status=422 if form.errors else 200)


@require_safe
def missing(request: HttpRequest) -> HttpResponse:
    """Checkpoints for which too few people are left, and what keeps the others away."""
    require(request.user, Permission.ADJUDICATE)
    context = {"shortages": shortages(), "looked_at": LOOKED_AT}
    return render(request, "reviews/missing.html", context)
