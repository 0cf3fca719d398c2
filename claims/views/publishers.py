"""A publisher's own page: its grade with history and reasons, and what it has brought."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.paging import bounded_count, count_in_words
from accounts.permissions import Permission, require
from claims.models import Evidence
from sources.forms import GradeForm, PublisherForm, SamePublisherForm
from sources.models import Document, Event, Feed, Publisher
from sources.services import (
    PublisherProblem,
    edit_publisher,
    grade_publisher,
    merge_publishers,
    part_publisher,
)


@require_safe
def publisher(request: HttpRequest, pk: int) -> HttpResponse:
    """One publisher, with its other names and the history of its grades."""
    require(request.user, Permission.MANAGE_SOURCES)
    shown = _found(pk)
    if shown.merged_into:
        return redirect(shown.merged_into)
    return _page(request, shown)


@require_POST
def publisher_grade(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a publisher a grade, with the reason."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    shown = _found(pk)
    form = GradeForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, grade_form=form)
    grade_publisher(publisher=shown, by=user, **form.cleaned_data)
    messages.success(request, f"{shown} is graded {form.cleaned_data['reliability']}.")
    return redirect(shown)


@require_POST
def publisher_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets name and host of a publisher right."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    shown = _found(pk)
    form = PublisherForm(request.POST)
    if form.is_valid():
        try:
            edit_publisher(publisher=shown, by=user, **form.cleaned_data)
        except PublisherProblem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Saved.")
            return redirect(shown)
    return _page(request, shown, edit_form=form)


@require_POST
def publisher_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Says that a publisher is another one."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    shown = _found(pk)
    form = SamePublisherForm(request.POST)
    if form.is_valid():
        try:
            first = merge_publishers(publisher=shown, by=user, **form.cleaned_data)
        except PublisherProblem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{shown} is {first} from now on.")
            return redirect(first)
    return _page(request, shown, same_form=form)


@require_POST
def publisher_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back that a publisher is another one."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    shown = part_publisher(publisher=_found(pk), by=user)
    messages.success(request, f"{shown} stands by itself again.")
    return redirect(shown)


def _found(pk: int) -> Publisher:
    return get_object_or_404(Publisher.objects.select_related("merged_into"), pk=pk)


def _page(request: HttpRequest, shown: Publisher, **forms: Form) -> HttpResponse:
    # The grade is asked for by itself: nothing is taken from how credible single reports were.
    grade = GradeForm(initial={"reliability": shown.reliability})
    edit = PublisherForm(initial={"name": shown.name, "domain": shown.domain})
    given = {"grade_form": grade, "edit_form": edit, "same_form": SamePublisherForm()}
    context = {
        "publisher": shown,
        "grades": shown.grades.select_related("by"),
        "names": shown.merged.all(),
        "is_unused": Publisher.objects.unused().filter(pk=shown.pk).exists(),
        "counts": _counts(shown),
        **given,
        **forms,
    }
    status = 422 if forms else 200
    return render(request, "claims/publisher.html", context, status=status)


def _counts(shown: Publisher) -> list[dict[str, Any]]:
    """How much it brought, under all its names."""
    names = Publisher.objects.one_with(shown.pk)
    documents = Document.objects.filter(publisher__in=names)
    reported = Event.objects.filter(reports__document__publisher__in=names).distinct()
    evidence = Evidence.objects.accepted().filter(document__publisher__in=names)
    rows = (
        (("document", "documents"), documents),
        (("event", "events"), reported),
        (("feed", "feeds"), Feed.objects.filter(publisher__in=names)),
        (("piece of evidence", "pieces of evidence"), evidence),
    )
    counts = [(labels, bounded_count(found)) for labels, found in rows]
    return [
        {"label": labels[count != 1], "count": count_in_words(count)} for labels, count in counts
    ]
