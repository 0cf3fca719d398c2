"""Events: the list, one event with its reports and claims, entering one by hand, importing a file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission, require
from claims.forms import EventForm
from claims.models import Evidence
from claims.queries import search_events
from sources.models import Event, EventReport


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Developments in the world, newest first."""
    require(request.user, Permission.READ_LEDGER)
    words = request.GET.get("q", "").strip()
    page = Paginator(search_events(words=words), 50).get_page(request.GET.get("page"))
    return render(request, "claims/events.html", {"page_obj": page, "words": words})


@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: who reported it, and the claims it may bear on."""
    require(request.user, Permission.READ_LEDGER)
    shown = get_object_or_404(Event.objects.select_related("merged_into"), pk=pk)
    if shown.merged_into:
        return redirect(shown.merged_into)
    reports = EventReport.objects.filter(event=shown).select_related("document__publisher")
    links = (
        Evidence.objects.filter(event=shown)
        .exclude(status=Evidence.Status.REJECTED)
        .select_related("claim")
    )
    return render(
        request, "claims/event.html", {"event": shown, "reports": reports, "links": links}
    )


@require_http_methods(["GET", "POST"])
def event_add(request: HttpRequest) -> HttpResponse:
    """Enters an event that no feed brought."""
    user = require(request.user, Permission.CAPTURE_DOCUMENTS)
    form = EventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ...
    return render(request, "claims/event_add.html", {"form": form, "user": user})
