"""Feeds: how each is, one with its polls, adding and changing them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission, require
from sources import services
from sources.display import TONES, FeedRow
from sources.forms import FeedForm
from sources.health import State
from sources.models import Document, Feed, FeedPoll
from sources.queries import feeds_by_state, feeds_with_health, items_by_day
from sources.views.tabs import source_tabs

SHOWN_POLLS, SHOWN_ITEMS = 30, 20


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Every feed with how it is, what needs attention first."""
    require(request.user, Permission.MANAGE_SOURCES)
    now = timezone.now()
    words, state = request.GET.get("q", "").replace("\0", "").strip(), request.GET.get("state", "")
    by_state = feeds_by_state(at=now, words=words)
    rows = feeds_with_health(at=now, state=state, words=words)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    days = items_by_day(page, until=timezone.localdate(now))
    context = {
        "page_obj": page,
        "rows": [FeedRow(feed, days[feed.pk]) for feed in page],
        "states": [(one, TONES[one], by_state[one]) for one in State if one in by_state],
        "found": sum(by_state.values()),
        "tabs": source_tabs(),
        "words": words,
        "state": state,
    }
    return render(request, "sources/feeds.html", context)


@require_safe
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    """One feed: how it is, its last polls and its newest items."""
    require(request.user, Permission.MANAGE_SOURCES)
    shown = get_object_or_404(feeds_with_health(), pk=pk)
    days = items_by_day([shown], until=timezone.localdate())
    items = Document.objects.filter(feed=shown).select_related("event_report__event").defer("text")
    context = {
        "feed": shown,
        "row": FeedRow(shown, days[shown.pk]),
        "polls": FeedPoll.objects.filter(feed=shown)[:SHOWN_POLLS],
        "items": items.order_by("-id")[:SHOWN_ITEMS],
    }
    return render(request, "sources/feed.html", context)


@require_http_methods(["GET", "POST"])
def feed_add(request: HttpRequest) -> HttpResponse:
    """Adds a feed; the worker polls it at once."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    form = FeedForm(request.POST or None)
    if form.is_valid():
        added = services.add_feed(by=user, **form.cleaned_data)
        messages.success(request, f"{added} is polled from now on.")
        return redirect("sources:feeds")
    status = 422 if form.is_bound else 200
    return render(request, "sources/feed_add.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def feed_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes name, address, publisher or interval of a feed."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    shown = get_object_or_404(Feed.objects.select_related("publisher"), pk=pk)
    form = FeedForm(request.POST or None, feed=shown)
    if form.is_valid():
        try:
            changed = services.edit_feed(feed=shown, by=user, **form.cleaned_data)
        except services.FeedProblem as problem:
            form.add_error("url", str(problem))
        else:
            messages.success(request, f"{changed} is changed.")
            return redirect(changed)
    status = 422 if form.is_bound else 200
    context = {"form": form, "feed": shown}
    return render(request, "sources/feed_edit.html", context, status=status)
