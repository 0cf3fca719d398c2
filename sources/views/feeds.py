"""Feeds: what is polled, how it went, and adding one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission, require
from sources import services
from sources.forms import FeedForm
from sources.models import Feed
from sources.queries import feeds_with_health


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Every feed with its last answer."""
    require(request.user, Permission.MANAGE_SOURCES)
    return render(request, "sources/feeds.html", {"feeds": feeds_with_health()})


@require_http_methods(["GET", "POST"])
def feed_add(request: HttpRequest) -> HttpResponse:
    """Adds a feed; the worker polls it at once."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    form = FeedForm(request.POST or None)
    if form.is_valid():
        feed = services.add_feed(by=user, **form.cleaned_data)
        messages.success(request, f"{feed} is polled from now on.")
        return redirect("sources:feeds")
    status = 422 if form.is_bound else 200
    return render(request, "sources/feed_add.html", {"form": form}, status=status)


@require_POST
def feed_poll(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the worker to poll a feed now."""
    require(request.user, Permission.MANAGE_SOURCES)
    feed = get_object_or_404(Feed, pk=pk)
    services.ask_to_poll(feed)
    messages.success(request, f"{feed} is being asked; look again in a moment.")
    return redirect("sources:feeds")


@require_safe
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    """One feed."""
    require(request.user, Permission.MANAGE_SOURCES)
    return render(request, "sources/feed.html", {"feed": get_object_or_404(Feed, pk=pk)})
