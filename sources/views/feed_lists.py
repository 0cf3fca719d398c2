"""Lists of feeds: brought in and given out as OPML."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission, require
from sources import services
from sources.forms import FeedListForm
from sources.opml import write_opml

# A page shows this many of what was added; the list of feeds shows them all.
SHOWN = 200


@require_http_methods(["GET", "POST"])
def import_feeds(request: HttpRequest) -> HttpResponse:
    """Adds the feeds of a list; what cannot be asked is named, the others are kept."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    form = FeedListForm(request.POST, request.FILES) if request.method == "POST" else FeedListForm()
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        added = services.add_feeds(rows=form.cleaned_data["file"], by=user)
        context |= {"list": added, "shown": added.added[:SHOWN], "left_out": added.problems[:SHOWN]}
    return render(request, "sources/feeds_import.html", context, status=422 if form.errors else 200)


@require_safe
def export_feeds(request: HttpRequest) -> HttpResponse:
    """All feeds as a file that any reader of feeds takes."""
    require(request.user, Permission.MANAGE_SOURCES)
    return HttpResponse(
        write_opml(services.listed_feeds(), title="Feeds of Plumbline"),
        content_type="text/x-opml; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="feeds.opml"'},
    )
