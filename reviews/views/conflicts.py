"""Declared conflicts of interest: one's own, and for a lead those of everybody."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.permissions import Permission, require
from accounts.queries import people_who_can
from reviews import services
from reviews.forms import ConflictForm
from reviews.models import DeclaredConflict
from reviews.validators import ReviewProblem


@require_http_methods(["GET", "POST"])
def conflicts(request: HttpRequest) -> HttpResponse:
    """Who judges nothing by whom, from whom or on what; and a form for another."""
    user = require(request.user, Permission.READ_LEDGER)
    is_lead = user.can(Permission.ADJUDICATE)
    if not is_lead and not user.can(Permission.REVIEW_CLAIMS):
        raise PermissionDenied("Whoever judges claims declares conflicts.")
    people = _people() if is_lead else None
    form = ConflictForm(request.POST or None, people=people)
    if form.is_valid():
        data = dict(form.cleaned_data)
        whose = data.pop("user", None) or user
        try:
            services.declare_conflict(user=whose, by=user, **data)
        except ReviewProblem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Declared. It holds at once.")
            return redirect("reviews:conflicts")
    seen = DeclaredConflict.objects.select_related(
        "user", "claimant", "publisher", "declared_by", "ended_by"
    )
    context = {
        "form": form,
        "is_lead": is_lead,
        "conflicts": seen.filter(Q() if is_lead else Q(user=user))[:500],
    }
    return render(request, "reviews/conflicts.html", context, status=422 if form.errors else 200)


def _people() -> object:
    able = [
        people_who_can(one).values("pk")
        for one in (Permission.REVIEW_CLAIMS, Permission.ADJUDICATE)
    ]
    found = User.objects.filter(Q(pk__in=able[0]) | Q(pk__in=able[1]))
    return found.order_by("first_name", "last_name", "username")


@require_POST
def conflict_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a conflict."""
    user = require(request.user, Permission.ADJUDICATE)
    services.end_conflict(conflict=get_object_or_404(DeclaredConflict, pk=pk), by=user)
    messages.success(request, "Ended. They may be asked again.")
    return redirect("reviews:conflicts")
