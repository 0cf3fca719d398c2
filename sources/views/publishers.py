"""Publishers: who reports, and how far each is trusted. A publisher's own page stands in claims."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require
from sources.queries import publishers_with_counts


@require_safe
def publishers(request: HttpRequest) -> HttpResponse:
    """Publishers by name."""
    require(request.user, Permission.MANAGE_SOURCES)
    words = request.GET.get("q", "").strip()
    page = Paginator(publishers_with_counts(words=words), 50).get_page(request.GET.get("page"))
    return render(request, "sources/publishers.html", {"page_obj": page, "words": words})
