"""Appeals against verdicts: made on a page of their own, listed for leads, and decided blind."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission, require
from claims.blindness import hidden_from, require_shown
from claims.models import Checkpoint
from reviews import services
from reviews.blind import blind_appeals, blind_claim, blind_evidence, blind_reasons, evidence_until
from reviews.forms import AppealDecisionForm, AppealForm
from reviews.masking import names_of
from reviews.models import Assignment, Reopening, Verdict
from reviews.queries import appeals_waiting, open_seats, reopened_and_waiting
from reviews.validators import ReviewProblem

SEATS = Assignment.objects.for_appeal().select_related(
    "checkpoint__claim__quote__document__publisher", "checkpoint__claim__claimant"
)
MOST_LISTED = 200


@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what is wrong with a verdict."""
    user = require(request.user, Permission.READ_LEDGER)
    verdict = get_object_or_404(Verdict.objects.select_related("checkpoint__claim"), pk=pk)
    claim = verdict.checkpoint.claim
    require_shown(user, claim)
    form = AppealForm(request.POST or None)
    if form.is_valid():
        try:
            services.appeal_verdict(verdict=verdict, by=user, **form.cleaned_data)
        except ReviewProblem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request,
                "Your appeal waits for a lead who took no part. The answer will stand here.",
            )
            return redirect(f"{claim.get_absolute_url()}#verdict-{pk}")
    context = {"form": form, "verdict": verdict, "claim": claim}
    return render(request, "reviews/appeal.html", context, status=422 if form.errors else 200)


@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    """Appeals that wait, with their age, and what is judged again."""
    user = require(request.user, Permission.ADJUDICATE)
    mine = set(open_seats(user).filter(role=Assignment.Role.APPEAL).values_list("pk", flat=True))
    again = list(reopened_and_waiting()[:MOST_LISTED])
    claims = [one.verdict.checkpoint.claim_id for one in again]
    hidden = set(hidden_from(user).filter(pk__in=claims).values_list("pk", flat=True))
    context = {
        "rows": [
            (seat, seat.pk in mine, seat.reviewer_id == user.pk)
            for seat in appeals_waiting()[:MOST_LISTED]
        ],
        # A reason names the evidence, which may name the claimant.
        "again": [(one, one.verdict.checkpoint.claim_id not in hidden) for one in again],
    }
    return render(request, "reviews/appeals.html", context)


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Leases an appeal to this lead."""
    user = require(request.user, Permission.ADJUDICATE)
    seat = get_object_or_404(SEATS, pk=pk)
    try:
        return redirect(services.take_adjudication(assignment=seat, by=user))
    except ReviewProblem as problem:
        messages.error(request, str(problem))
        return redirect("reviews:appeals")


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The claim without its source, the verdict, what was said against it, and the form."""
    user = require(request.user, Permission.ADJUDICATE)
    seat = get_object_or_404(SEATS, pk=pk)
    if seat.reviewer_id != user.pk and request.method != "POST":
        raise Http404
    form = AppealDecisionForm(request.POST or None)
    if form.is_valid():
        try:
            services.decide_appeal(seat=seat, by=user, **form.cleaned_data)
        except ReviewProblem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Stored. Whoever appealed reads your reason.")
            return redirect("reviews:appeals")
    if seat.reviewer_id != user.pk:
        # Their lease is another's by now: what they wrote is theirs to keep, the claim is not.
        return render(request, "reviews/appeal_lost.html", {"form": form}, status=409)
    return _decide_page(request, seat, form)


def _decide_page(request: HttpRequest, seat: Assignment, form: AppealDecisionForm) -> HttpResponse:
    claim = seat.checkpoint.claim
    names = names_of(claim)
    asked = list(seat.appeals.select_related("verdict", "by").order_by("pk"))
    context = {
        "form": form,
        "assignment": seat,
        "claim": claim,
        "blind": blind_claim(claim, names),
        "sides": blind_evidence(evidence_until(seat.checkpoint), names),
        "reasons": blind_reasons(seat, names),
        "verdict": asked[-1].verdict,
        "appeals": blind_appeals(asked, names),
        "seen": asked[-1].pk,
        "is_done": seat.state == Assignment.State.DONE,
    }
    return render(
        request, "reviews/appeal_decide.html", context, status=422 if form.errors else 200
    )


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets the same people judge a reopened checkpoint, where too few others are left."""
    user = require(request.user, Permission.ADJUDICATE)
    reopening = get_object_or_404(Reopening, pk=pk)
    checkpoint = Checkpoint.objects.get(pk=reopening.verdict.checkpoint_id)
    try:
        services.let_judge_again(checkpoint=checkpoint, by=user)
    except ReviewProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Those who judged it before may be asked again.")
    return redirect("reviews:appeals")
