"""The inbox: suggested evidence is accepted with a stance, rejected, or put back."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.paging import BoundedPaginator, bounded_count
from accounts.permissions import Permission, require
from claims import services
from claims.blindness import events_hidden_from
from claims.captures import what_became_of
from claims.forms import EvidenceForm
from claims.models import Claim, Evidence
from claims.notices import told_to
from claims.queries import evidence_in
from claims.validators import ClaimProblem
from claims.views.asked import asked
from claims.windows import outside_window

TABS = [(status.value, status.label) for status in Evidence.Status]


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Events that may bear on open claims, the most telling first; or what was decided, newest first."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    tab = request.GET.get("tab", "")
    tab = tab if tab in Evidence.Status else Evidence.Status.SUGGESTED
    number = request.GET.get("claim", "")
    claim = Claim.objects.filter(pk=number).first() if number.isdecimal() else None
    hidden = events_hidden_from(user)
    rows = evidence_in(status=tab, claim=claim).exclude(
        Q(event__in=hidden) | Q(event__merged_into__in=hidden)
    )
    page = BoundedPaginator(rows, 50).get_page(request.GET.get("page"))
    became = what_became_of(page)
    context = {
        "page_obj": page,
        "rows": [(one, _form_for(one), became.get(one.pk)) for one in page],
        "changes": bounded_count(told_to(user)),
        "tabs": TABS,
        "tab": tab,
        "claim": claim,
    }
    return render(request, "claims/inbox.html", context)


@require_POST
def evidence_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Links an event to its claim with stance, credibility and a note."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    evidence = get_object_or_404(Evidence, pk=pk)
    form = EvidenceForm(request.POST)
    if not form.is_valid():
        return _refused(request, _wrong_in(form))
    try:
        evidence = services.accept_evidence(evidence=evidence, by=user, **form.cleaned_data)
    except ClaimProblem as problem:
        return _refused(request, str(problem))
    return _decided(request, evidence)


@require_POST
def evidence_reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets a suggestion aside."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    evidence = get_object_or_404(Evidence, pk=pk)
    try:
        evidence = services.reject_evidence(
            evidence=evidence, by=user, note=asked(request.POST, "note")
        )
    except ClaimProblem as problem:
        return _refused(request, str(problem))
    return _decided(request, evidence)


@require_POST
def evidence_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a decided suggestion back into the inbox; a decision before that counts again."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    evidence = get_object_or_404(Evidence, pk=pk)
    try:
        undone = services.undo_evidence(evidence=evidence, by=user)
    except ClaimProblem as problem:
        return _refused(request, str(problem))
    evidence = undone.counting()
    before = evidence.status != Evidence.Status.SUGGESTED
    if not request.htmx:  # type: ignore[attr-defined]
        words = f"What was {evidence.status} before counts." if before else "Back in the inbox."
        messages.success(request, words)
        return redirect("inbox")
    if before:
        return render(request, "claims/inbox.html#decided", {"evidence": evidence})
    rows = evidence_in(status=evidence.status).filter(pk=evidence.pk)
    context = {"evidence": rows[0], "form": _form_for(rows[0])} if rows else {}
    return render(request, "claims/inbox.html#suggested", context)


def _wrong_in(form: EvidenceForm) -> str:
    if "stance" in form.errors:
        return "Choose which way it bears on the claim, from −2 to +2."
    return " ".join(str(words) for errors in form.errors.values() for words in errors)


def _form_for(evidence: Evidence) -> EvidenceForm:
    return EvidenceForm(auto_id=f"e{evidence.pk}_%s")


def _decided(request: HttpRequest, evidence: Evidence) -> HttpResponse:
    """The row as it now reads, with the way back."""
    evidence.refresh_from_db()
    if request.htmx:  # type: ignore[attr-defined]
        context = {"evidence": evidence, "became": what_became_of([evidence]).get(evidence.pk)}
        return render(request, "claims/inbox.html#decided", context)
    messages.success(request, f"{evidence.get_status_display().capitalize()}.")
    outside = outside_window(evidence.claim, evidence.event.occurred_on)
    if outside and evidence.status == Evidence.Status.ACCEPTED:
        messages.warning(request, outside)
    return redirect(_back(request))


def _refused(request: HttpRequest, words: str) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        context = {"words": words}
        return render(request, "claims/inbox.html#refused", context, status=422)
    messages.error(request, words)
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The inbox as it was filtered, so that triage of one claim goes on with that claim."""
    claim = request.POST.get("claim", "")
    return f"{reverse('inbox')}?claim={claim}" if claim.isdecimal() else reverse("inbox")
