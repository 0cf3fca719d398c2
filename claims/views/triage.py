"""Several suggestions of the inbox decided on at once, and the last decision undone."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.permissions import Permission, require
from claims import services
from claims.captures import what_became_of
from claims.forms import RejectForm, SeveralForm
from claims.models import Evidence
from claims.services.evidence_several import Several
from claims.triage import PER_PAGE, shown_to
from claims.validators import ClaimProblem
from claims.views.asked import number_in
from claims.views.decided import back_to, row_context, waiting_rows
from claims.views.evidence import wrong_in

# Of what was not decided so many are named in words; the page shows each at its row.
NAMED = 5


@require_POST
def evidence_accept_several(request: HttpRequest) -> HttpResponse:
    """Accepts the selected suggestions alike."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    return _decide(request, user, SeveralForm(request.POST), services.accept_several, "accepted")


@require_POST
def evidence_reject_several(request: HttpRequest) -> HttpResponse:
    """Sets the selected suggestions aside, all for one reason."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    return _decide(request, user, RejectForm(request.POST), services.reject_several, "rejected")


@require_POST
def evidence_undo_last(request: HttpRequest) -> HttpResponse:
    """Puts back what this person decided last."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    done = services.undo_last(by=user)
    if not done.decided and not done.refused:
        return _nothing_done(request, "There is nothing of yours to undo from the last hours.")
    count = len(done.decided)
    words = f"Back in the inbox: {done.decided[0].event.title}" if count == 1 else ""
    return _done(request, done, words or f"{count} back in the inbox.")


def _decide(
    request: HttpRequest,
    user: User,
    form: SeveralForm | RejectForm,
    decide: Callable[..., Several],
    word: str,
) -> HttpResponse:
    """Decides on all that is selected and that this person may see, in the same way."""
    numbers = _selected(request)
    if not numbers or not form.is_valid():
        return _nothing_done(request, wrong_in(form) if numbers else "Nothing is selected.")
    numbers = list(shown_to(user).filter(pk__in=numbers).values_list("pk", flat=True))
    try:
        done = decide(numbers=numbers, by=user, **form.cleaned_data)
    except ClaimProblem as problem:
        return _nothing_done(request, str(problem))
    return _done(request, done, f"{len(done.decided)} {word}.")


def _selected(request: HttpRequest) -> list[int]:
    """The ticked suggestions; a page holds no more than PER_PAGE."""
    numbers = {number_in(value) for value in request.POST.getlist("evidence")} - {0}
    return sorted(numbers)[:PER_PAGE]


def _done(request: HttpRequest, done: Several, words: str) -> HttpResponse:
    """The rows as they now are, and what was not decided and why."""
    refused = [f"“{one.event.title}”: {why}" for one, why in done.refused[:NAMED]]
    if done.gone:
        refused.append(f"{done.gone} had gone.")
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, words)
        for problem in refused:
            messages.warning(request, problem)
        return redirect(back_to(request))
    if len(done.refused) + done.gone:
        words = f"{words} {len(done.refused) + done.gone} not: {' '.join(refused)}"
    context = row_context(request) | _rows(request, done) | {"words": words, "told": True}
    return render(request, "claims/inbox_several.html", context)


def _rows(request: HttpRequest, done: Several) -> dict[str, object]:
    """The rows of this page that were decided, or not, or that wait again."""
    refusals = {one.pk: why for one, why in done.refused}
    links = [*done.decided, *(one for one, _ in done.refused)]
    on_page = {number_in(value) for value in request.POST.getlist("shown")}
    on_page |= set(_selected(request))
    links = [one for one in links if one.pk in on_page]
    decided = [one for one in links if one.status != Evidence.Status.SUGGESTED]
    became = what_became_of(decided)
    waiting = waiting_rows([one.pk for one in links if one not in decided])
    return {
        "decided": [(one, became.get(one.pk), refusals.get(one.pk, "")) for one in decided],
        "waiting": [(row, refusals.get(row.evidence.pk, "")) for row in waiting],
        "takes_focus": bool(waiting),
    }


def _nothing_done(request: HttpRequest, words: str) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        context = {"words": words, "told": True, "alert": True}
        return render(request, "claims/inbox_several.html", context, status=422)
    messages.error(request, words)
    return redirect(back_to(request))
