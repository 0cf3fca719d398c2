"""Publishers: who reports, and how far each is trusted. A publisher's own page stands in claims."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.paging import BoundedPaginator
from accounts.permissions import Permission, require
from sources import services
from sources.filters import PublisherFilter
from sources.models import Publisher
from sources.queries import publishers_with_counts
from sources.views.tabs import source_tabs


@require_safe
def publishers(request: HttpRequest) -> HttpResponse:
    """Publishers by name or in another order, all or some."""
    require(request.user, Permission.MANAGE_SOURCES)
    found = PublisherFilter(request.GET, queryset=publishers_with_counts())
    context = {
        "page_obj": BoundedPaginator(found.qs, 50).get_page(request.GET.get("page")),
        "filter": found,
        "is_narrowed": any(found.form.cleaned_data.values()),
        "shows_unused": found.form.cleaned_data.get("show") == "unused",
        "tabs": source_tabs(),
    }
    return render(request, "sources/publishers.html", context)


@require_POST
def publishers_remove(request: HttpRequest) -> HttpResponse:
    """Removes the publishers of the list that nothing leans on."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    found = PublisherFilter(request.GET, queryset=Publisher.objects.standing())
    if found.errors:
        messages.error(request, "The search could not be read; nothing is removed.")
    else:
        count = services.remove_publishers(found=found.qs, by=user)
        messages.success(request, _removed(count))
    return redirect(f"{reverse('sources:publishers')}?{request.GET.urlencode()}")


@require_POST
def publisher_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes a publisher that nothing leans on."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    shown = get_object_or_404(Publisher, pk=pk)
    if services.remove_publishers(found=Publisher.objects.filter(pk=pk), by=user):
        messages.success(request, f"{shown} is removed.")
        return redirect("sources:publishers")
    messages.error(request, f"{shown} stays: documents, feeds, grades or other names lean on it.")
    return redirect(shown)


def _removed(count: int) -> str:
    return ngettext("%d publisher is removed.", "%d publishers are removed.", count) % count
