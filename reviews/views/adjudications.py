"""Disagreements among reviewers, settled by a lead who sees their reasons and no vote."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Permission, require
from reviews import services
from reviews.models import Assignment
from reviews.queries import disagreements, drafts_left, open_seats
from reviews.validators import ReviewProblem


@require_safe
def adjudications(request: HttpRequest) -> HttpResponse:
    """What waits to be settled, and by whom each is held."""
    user = require(request.user, Permission.ADJUDICATE)
    mine = set(
        open_seats(user).filter(role=Assignment.Role.ADJUDICATION).values_list("pk", flat=True)
    )
    rows = [(seat, seat.pk in mine, seat.reviewer_id == user.pk) for seat in disagreements()[:200]]
    context = {"rows": rows, "drafts": drafts_left(user)[:20]}
    return render(request, "reviews/adjudications.html", context)


@require_POST
def adjudication_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Leases a disagreement to this lead."""
    user = require(request.user, Permission.ADJUDICATE)
    assignment = get_object_or_404(Assignment.objects.for_adjudication(), pk=pk)
    try:
        return redirect(services.take_adjudication(assignment=assignment, by=user))
    except ReviewProblem as problem:
        messages.error(request, str(problem))
        return redirect("adjudications")
