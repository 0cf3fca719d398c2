"""What one click does to a feed: pause, resume, mute, poll now, remove. All by POST."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.permissions import Permission, require
from sources import services
from sources.display import FeedRow
from sources.models import Feed
from sources.queries import feeds_with_health, items_by_day


@require_POST
def feed_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Polls a feed no more."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    feed = services.pause_feed(feed=get_object_or_404(Feed, pk=pk), by=user)
    return _done(request, feed, f"{feed} is paused.")


@require_POST
def feed_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Polls a paused feed again."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    feed = services.resume_feed(feed=get_object_or_404(Feed, pk=pk), by=user)
    return _done(request, feed, f"{feed} is polled again.")


@require_POST
def feed_mute(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets a feed raise no alarm."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    feed = services.mute_feed(feed=get_object_or_404(Feed, pk=pk), by=user, muted=True)
    return _done(request, feed, f"{feed} is muted: polled as before, but it raises no alarm.")


@require_POST
def feed_unmute(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets a feed raise alarms again."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    feed = services.mute_feed(feed=get_object_or_404(Feed, pk=pk), by=user, muted=False)
    return _done(request, feed, f"{feed} is no longer muted.")


@require_POST
def feed_poll(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the worker to poll a feed now."""
    require(request.user, Permission.MANAGE_SOURCES)
    feed = get_object_or_404(Feed, pk=pk)
    if not feed.is_active:
        messages.error(request, f"{feed} is paused: resume it first.")
        return _back(request, feed)
    services.ask_to_poll(feed)
    return _done(request, feed, f"{feed} is being asked; look again in a moment.")


@require_POST
def feed_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes a feed that brought nothing."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    feed = get_object_or_404(Feed, pk=pk)
    try:
        services.delete_feed(feed=feed, by=user)
    except services.FeedProblem as problem:
        messages.error(request, str(problem))
        return redirect(feed)
    messages.success(request, f"{feed} is removed.")
    return redirect("sources:feeds")


def _done(request: HttpRequest, feed: Feed, words: str) -> HttpResponse:
    """The row of the list as it now is, or the page that was left."""
    messages.success(request, words)
    if not request.htmx:  # type: ignore[attr-defined]
        return _back(request, feed)
    now = timezone.now()
    shown = feeds_with_health(at=now).get(pk=feed.pk)
    days = items_by_day([shown], until=timezone.localdate(now))
    context = {"row": FeedRow(shown, days[shown.pk]), "back": request.POST.get("back", "")}
    return render(request, "sources/feeds.html#done", context)


def _back(request: HttpRequest, feed: Feed) -> HttpResponse:
    """To the page that was left, where it is one of ours."""
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(back if is_ours else feed.get_absolute_url())
