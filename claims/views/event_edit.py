"""Correcting an event that somebody entered by hand, and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission, require
from claims import services
from claims.forms import EventCorrectForm
from claims.queries import why_event_is_kept, why_event_is_locked
from claims.validators import ClaimProblem
from claims.views.events import require_blind
from sources.hand_events import why_kept, why_not_by_hand
from sources.models import Event
from sources.services import EventProblem


@require_http_methods(["GET", "POST"])
def event_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrects the words or the day of an event entered by hand, where nothing decided leans on it."""
    user = require(request.user, Permission.CAPTURE_DOCUMENTS)
    shown = get_object_or_404(Event, pk=pk)
    require_blind(user, shown)
    form = (
        EventCorrectForm(request.POST) if request.method == "POST" else EventCorrectForm.of(shown)
    )
    if form.is_valid():
        try:
            _, changed = services.correct_event(event=shown, by=user, **form.cleaned_data)
        except (ClaimProblem, EventProblem) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Corrected." if changed else "Nothing was changed.")
            return redirect(shown)
    return _page(request, shown, form)


@require_POST
def event_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back an event entered by hand, where nothing leans on it."""
    user = require(request.user, Permission.CAPTURE_DOCUMENTS)
    shown = get_object_or_404(Event, pk=pk)
    require_blind(user, shown)
    try:
        document = services.take_back_event(event=shown, by=user)
    except (ClaimProblem, EventProblem) as problem:
        messages.error(request, f"Not taken back. {problem}")
        return redirect("event_edit", pk)
    words = "Taken back: “{}” is no event any more. <a href='{}'>What was entered</a> is kept."
    messages.success(request, format_html(words, shown.title, document.get_absolute_url()))
    return redirect("events")


def _page(request: HttpRequest, shown: Event, form: EventCorrectForm) -> HttpResponse:
    not_by_hand = why_not_by_hand(shown)
    context = {
        "event": shown,
        "form": form,
        "locked": not_by_hand or why_event_is_locked(shown),
        "kept": not_by_hand or why_event_is_kept(shown) or why_kept(shown),
    }
    status = 422 if form.is_bound else 200
    return render(request, "claims/event_edit.html", context, status=status)
