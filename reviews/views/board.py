"""Where reviews stand, by line, and the list behind each line."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require
from reviews import board as boards
from reviews.board import Line, lines_of


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Counts and ages of what waits."""
    user = require(request.user, Permission.READ_LEDGER)
    if not lines_of(user):
        raise PermissionDenied("Only whoever judges claims sees where reviews stand.")
    return render(request, "reviews/board.html", {"standings": boards.board(user)})


@require_safe
def line(request: HttpRequest, line: str) -> HttpResponse:
    """The checkpoints behind one line; a reviewer reads dates, a lead also which claim."""
    user = require(request.user, Permission.READ_LEDGER)
    if line not in lines_of(user):
        raise Http404
    standing = boards.standing(Line(line), user)
    context = {
        "standing": standing,
        "sees_all": user.can(Permission.ADJUDICATE),
        "page_obj": Paginator(standing.rows[: standing.most], 50).get_page(request.GET.get("page")),
    }
    return render(request, "reviews/line.html", context)
