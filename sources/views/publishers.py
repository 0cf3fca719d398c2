"""Publishers: who reports, and how far each is trusted."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Permission, require
from sources import services
from sources.forms import GradeForm
from sources.models import Publisher
from sources.queries import publishers_with_counts


@require_safe
def publishers(request: HttpRequest) -> HttpResponse:
    """Publishers by name."""
    require(request.user, Permission.MANAGE_SOURCES)
    words = request.GET.get("q", "").strip()
    page = Paginator(publishers_with_counts(words=words), 50).get_page(request.GET.get("page"))
    return render(request, "sources/publishers.html", {"page_obj": page, "words": words})


@require_safe
def publisher(request: HttpRequest, pk: int) -> HttpResponse:
    """One publisher, with the history of its grades."""
    require(request.user, Permission.MANAGE_SOURCES)
    shown = get_object_or_404(publishers_with_counts(), pk=pk)
    return _page(request, shown, GradeForm(initial={"reliability": shown.reliability}))


@require_POST
def publisher_grade(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a publisher a grade, with the reason."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    shown = get_object_or_404(publishers_with_counts(), pk=pk)
    form = GradeForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, form, status=422)
    services.grade_publisher(publisher=shown, by=user, **form.cleaned_data)
    messages.success(request, f"{shown} is graded {form.cleaned_data['reliability']}.")
    return redirect("sources:publisher", pk)


def _page(
    request: HttpRequest, shown: Publisher, form: GradeForm, status: int = 200
) -> HttpResponse:
    grades = shown.grades.select_related("by")
    context = {"publisher": shown, "grades": grades, "form": form}
    return render(request, "sources/publisher.html", context, status=status)
