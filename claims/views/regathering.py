"""People merge two events, split one, and keep two apart."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from accounts.permissions import Permission, require
from claims.views.asked import asked, number_in
from claims.views.links import link_to
from sources.models import Event, Regathering
from sources.services import EventProblem, keep_apart, merge_events, split_event, undo_merge


@require_POST
def event_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merges this event and another: the one with more reports stands."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    shown = get_object_or_404(Event, pk=pk)
    try:
        into, gone = sorted((shown, _other(request)), key=lambda one: (-one.report_count, one.pk))
        merge_events(event=gone, into=into, by=user, reason=asked(request.POST, "reason"))
    except EventProblem as problem:
        return _refused(request, shown, problem)
    words = "Merged: “{}”, event {}, is part of this event now."
    messages.success(request, words.format(gone.title, gone.pk))
    return redirect(into)


@require_POST
def event_keep_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """Tells the machine never to merge this event and another."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    shown = get_object_or_404(Event, pk=pk)
    try:
        other = _other(request)
        keep_apart(event=shown, other=other, by=user, reason=asked(request.POST, "reason"))
    except EventProblem as problem:
        return _refused(request, shown, problem)
    words = "Kept apart from {}: they are not merged by themselves, whatever is still reported."
    messages.success(request, format_html(words, link_to(other)))
    return redirect(shown)


@require_POST
def event_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes reports out of this event, which tell of another one from now on."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    shown = get_object_or_404(Event, pk=pk)
    reports = [number_in(one) for one in request.POST.getlist("reports")]
    try:
        other = split_event(
            event=shown, reports=reports, by=user, reason=asked(request.POST, "reason")
        )
    except EventProblem as problem:
        return _refused(request, shown, problem)
    messages.success(
        request, format_html("Split: the ticked reports tell of {} now.", link_to(other))
    )
    return redirect(shown)


@require_POST
def event_undo_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Undoes a merger: both events stand again."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    merges = Regathering.objects.filter(kind=Regathering.Kind.MERGED)
    merge = get_object_or_404(merges.select_related("event", "other__merged_into"), pk=pk)
    shown = merge.other.merged_into or merge.event
    try:
        other = undo_merge(merge=merge, by=user)
    except EventProblem as problem:
        return _refused(request, shown, problem)
    messages.success(
        request, format_html("Undone: this event and {} are separate again.", link_to(other))
    )
    return redirect(shown)


def _other(request: HttpRequest) -> Event:
    """The event that is meant, or what it became part of. Raises EventProblem where there is none."""
    number = number_in(asked(request.POST, "other"))
    other = Event.objects.select_related("merged_into").filter(pk=number).first()
    if other is None:
        raise EventProblem("There is no event of this number.")
    return other.merged_into or other


def _refused(request: HttpRequest, shown: Event, problem: EventProblem) -> HttpResponse:
    messages.error(request, str(problem))
    return redirect(shown)
