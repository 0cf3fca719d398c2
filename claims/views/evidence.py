"""The inbox: suggested evidence is accepted with a stance, rejected with a reason, or put back."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.paging import BoundedPaginator, bounded_count
from accounts.permissions import Permission, require
from claims import services
from claims.captures import what_became_of
from claims.forms import RejectForm, SeveralForm
from claims.models import Claim, Evidence
from claims.notices import told_to
from claims.passages import sentences_to_choose
from claims.triage import PER_PAGE, By, cards_of, form_for, links, page_of, shown_to
from claims.validators import AlreadyDecided, ClaimProblem
from claims.views.asked import asked, number_in
from claims.views.decided import back_to, decided_row, refused_row, waiting_row
from claims.windows import outside_window
from sources.models import Event

# What a week has more of than a person can read waits apart.
CUT = "cut"
TABS = [*((status.value, status.label) for status in Evidence.Status), (CUT, "Cut off")]


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What may bear on open claims, by event or by claim, the most telling first; or what was decided,
    newest first."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    tab = request.GET.get("tab", "")
    tab = tab if tab in dict(TABS) else Evidence.Status.SUGGESTED.value
    status = Evidence.Status.SUGGESTED if tab == CUT else Evidence.Status(tab)
    number = number_in(asked(request.GET, "claim"))
    claim = Claim.objects.filter(pk=number).first() if number else None
    event = _event_asked_for(request, user)
    by = _by(request, By.CLAIM if claim else By.EVENT)
    found = links(user, status=status, claim=claim, event=event, cut=tab == CUT)
    context = {
        "changes": bounded_count(told_to(user)),
        "tabs": TABS,
        "tab": tab,
        "most": settings.SUGGESTIONS_PER_WEEK,
        "by": by.value,
        "claim": claim,
        "event": event,
        "back": request.GET.urlencode(),
        "reasons": Evidence.RejectReason.choices,
    }
    page_number = request.GET.get("page")
    if status == Evidence.Status.SUGGESTED:
        page = page_of(found, by=by, number=page_number)
        context |= {"page_obj": page, "cards": cards_of(found, page, by=by)}
        context["form"] = SeveralForm(auto_id="several_%s")
    else:
        page = BoundedPaginator(found, PER_PAGE).get_page(page_number)
        became = what_became_of(page)
        context |= {"page_obj": page, "decided": [(one, became.get(one.pk)) for one in page]}
    return render(request, "claims/inbox.html", context)


def _event_asked_for(request: HttpRequest, user: User) -> Event | None:
    number = number_in(asked(request.GET, "event"))
    event = Event.objects.filter(pk=number).first() if number else None
    # Without anything that waits there is nothing to say of it, nor where it is hidden.
    return event if event and shown_to(user).of_one(event.standing_id).exists() else None


def _by(request: HttpRequest, otherwise: By) -> By:
    wanted = request.GET.get("by", "")
    return By(wanted) if wanted in By else otherwise


@require_POST
def evidence_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Links an event to its claim with stance, credibility, note, and the passage that matters."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    evidence = get_object_or_404(shown_to(user), pk=pk)
    form = form_for(evidence, request.POST)
    if not form.is_valid():
        return refused_row(request, evidence, wrong_in(form), form)
    try:
        decided = services.accept_evidence(evidence=evidence, by=user, **form.cleaned_data)
    except AlreadyDecided as problem:
        return refused_row(request, evidence, str(problem))
    except ClaimProblem as problem:
        return refused_row(request, evidence, str(problem), form)
    return _decided(request, decided)


@require_POST
def evidence_reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets a suggestion aside, with the reason."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    evidence = get_object_or_404(shown_to(user), pk=pk)
    form, typed = RejectForm(request.POST), form_for(evidence, request.POST)
    if not form.is_valid():
        return refused_row(request, evidence, wrong_in(form), typed)
    try:
        decided = services.reject_evidence(evidence=evidence, by=user, **form.cleaned_data)
    except AlreadyDecided as problem:
        return refused_row(request, evidence, str(problem))
    except ClaimProblem as problem:
        return refused_row(request, evidence, str(problem), typed)
    return _decided(request, decided)


@require_POST
def evidence_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a decided suggestion back into the inbox; a decision before that counts again."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    evidence = get_object_or_404(shown_to(user), pk=pk)
    try:
        seen = parse_datetime(asked(request.POST, "seen"))
    except ValueError:
        seen = None
    try:
        undone = services.undo_evidence(evidence=evidence, by=user, seen=seen)
    except ClaimProblem as problem:
        return refused_row(request, evidence, str(problem))
    evidence = undone.counting()
    before = evidence.status != Evidence.Status.SUGGESTED
    words = f"What was {evidence.status} before counts." if before else "Back in the inbox."
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, words)
        return redirect(back_to(request))
    if before:
        return decided_row(request, evidence, words)
    return waiting_row(request, evidence, words)


@require_safe
def evidence_passages(request: HttpRequest, pk: int) -> HttpResponse:
    """The sentences of a report, one of which may be kept as the passage; a page without htmx: the report."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    waiting = shown_to(user).select_related("event", "document")
    evidence = get_object_or_404(waiting, pk=pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(evidence.document)
    context = {"evidence": evidence, "sentences": sentences_to_choose(evidence)}
    return render(request, "claims/inbox_passages.html", context)


def wrong_in(form: forms.Form) -> str:
    """What is wrong with a decision, in words."""
    if "stance" in form.errors:
        return "Choose which way it bears on the claim, from −2 to +2."
    return " ".join(str(words) for errors in form.errors.values() for words in errors)


def _decided(request: HttpRequest, decided: Evidence) -> HttpResponse:
    """The row as it now reads, with the way back."""
    words = f"{decided.get_status_display().capitalize()}."
    if request.htmx:  # type: ignore[attr-defined]
        return decided_row(request, decided, words)
    messages.success(request, words)
    outside = outside_window(decided.claim, decided.event.occurred_on)
    if outside and decided.status == Evidence.Status.ACCEPTED:
        messages.warning(request, outside)
    return redirect(back_to(request))
