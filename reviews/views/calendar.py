"""One's calendar of checkpoints: its secret address, and what programs read there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import (
    conditional_page,
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.models import User
from accounts.permissions import Permission, require
from accounts.services import end_calendar_address, make_calendar_address
from accounts.tokens import digest_of
from reviews.board import lines_of
from reviews.calendars import as_ical, entries


@never_cache
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Whether there is an address, and a new one. It stands on the answer alone, never in a session."""
    user = _judge(request)
    address = ""
    if request.method == "POST":
        secret = make_calendar_address(by=user)
        address = request.build_absolute_uri(reverse("reviews:calendar_feed", args=[secret]))
    has_one = bool(address) or user.calendar_digest is not None
    return render(request, "reviews/calendar.html", {"address": address, "has_one": has_one})


@require_POST
def calendar_end(request: HttpRequest) -> HttpResponse:
    """Ends one's address."""
    end_calendar_address(by=_judge(request))
    messages.success(request, "The address opens nothing any more.")
    return redirect("reviews:calendar")


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
@conditional_page
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar behind a secret address, for whoever knows it while its owner judges here."""
    owner = User.objects.filter(calendar_digest=digest_of(secret)).first()
    if owner is None or not lines_of(owner):
        raise Http404
    url = request.build_absolute_uri(reverse("reviews:board"))
    body = as_ical(entries(owner), owner=owner, url=url)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def _judge(request: HttpRequest) -> User:
    user = require(request.user, Permission.READ_LEDGER)
    if not lines_of(user):
        raise PermissionDenied("Only whoever judges claims has a calendar of them.")
    return user
