"""What a decision in the inbox answers: the row as it now is, and the words that say what happened."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from claims.captures import what_became_of
from claims.forms import EvidenceForm
from claims.models import Evidence
from claims.queries import evidence_in
from claims.triage import By, Row, rows_of
from claims.views.asked import asked

# What of the inbox's address is kept when a decision leads back to it.
KEPT = ("by", "claim", "event", "page")


def decided_row(request: HttpRequest, evidence: Evidence, words: str) -> HttpResponse:
    """A row that is decided."""
    became = what_became_of([evidence]).get(evidence.pk)
    context = {"evidence": evidence, "became": became, "words": words, "told": True}
    return render(request, "claims/inbox_row.html#decided", context)


def waiting_row(
    request: HttpRequest,
    evidence: Evidence,
    words: str,
    *,
    form: EvidenceForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """A row that waits again, or still; nothing but the words where its claim has ended."""
    row = next(iter(waiting_rows([evidence.pk])), None)
    if row and (form or refusal):
        row = Row(row.evidence, form or row.form, row.became, row.reported, refusal)
    context = row_context(request) | {"row": row, "words": words, "told": True}
    context["takes_focus"] = not refusal
    return render(request, "claims/inbox_row.html#waiting", context, status=status)


def waiting_rows(numbers: Iterable[int]) -> list[Row]:
    """The rows of those that wait, among these links."""
    waiting = evidence_in(status=Evidence.Status.SUGGESTED).filter(pk__in=list(numbers))
    return rows_of(list(waiting.defer("document__text")))


def row_context(request: HttpRequest) -> dict[str, object]:
    """What a row needs to know of the inbox that it stands in."""
    back = asked(request.POST, "back")
    kept = QueryDict(back)
    otherwise = By.CLAIM if kept.get("claim") else By.EVENT
    by = kept.get("by", "")
    return {
        "back": back,
        "by": by if by in By else otherwise.value,
        "reasons": Evidence.RejectReason.choices,
    }


def refused_row(
    request: HttpRequest,
    evidence: Evidence,
    words: str,
    form: EvidenceForm | None = None,
) -> HttpResponse:
    """The row as it is by now, and why it was not decided; what was typed stays in the form."""
    if not request.htmx:  # type: ignore[attr-defined]
        messages.error(request, words)
        return redirect(back_to(request))
    now = _as_it_is(evidence)
    if now is None or now.status == Evidence.Status.SUGGESTED:
        return waiting_row(request, evidence, words, form=form, refusal=words, status=422)
    context = {
        "evidence": now,
        "became": what_became_of([now]).get(now.pk),
        "refusal": words,
        "words": words,
        "told": True,
    }
    return render(request, "claims/inbox_row.html#decided", context, status=422)


def _as_it_is(evidence: Evidence) -> Evidence | None:
    links = Evidence.objects.counting().of_one(evidence.event.standing_id)
    shown = links.select_related("claim", "event", "document__publisher", "decided_by")
    return shown.defer("document__text").filter(claim=evidence.claim_id).first()


def back_to(request: HttpRequest) -> str:
    """The inbox as it was filtered, so that triage goes on where it was."""
    before, kept = QueryDict(asked(request.POST, "back")), QueryDict(mutable=True)
    for name in KEPT:
        if value := asked(before, name):
            kept[name] = value
    return f"{reverse('inbox')}?{kept.urlencode()}" if kept else reverse("inbox")
