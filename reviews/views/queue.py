"""The scoring queue: take the next checkpoint, judge it blind, take the next."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.permissions import Permission, require
from claims.models import Evidence
from claims.notices import marks_under
from reviews import services
from reviews.forms import ReviewForm
from reviews.masking import masked, names_of
from reviews.models import Assignment
from reviews.queries import NEEDED, checkpoints_to_judge, reviews_by
from reviews.validators import LeaseLost, ReviewProblem

SHOWN_BLIND = ("statement", "held_if", "failed_if", "condition", "metric", "threshold")


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits for this reviewer, and what they judged before."""
    user = require(request.user, Permission.REVIEW_CLAIMS)
    context = {
        "held": Assignment.objects.for_review().leased_to(user).first(),
        "waiting": checkpoints_to_judge(user),
        "page_obj": Paginator(reviews_by(user), 25).get_page(request.GET.get("page")),
    }
    return render(request, "reviews/reviews.html", context)


@require_POST
def reviews_next(request: HttpRequest) -> HttpResponse:
    """Leases the next checkpoint."""
    user = require(request.user, Permission.REVIEW_CLAIMS)
    assignment = _next(user)
    if assignment is None:
        messages.info(request, "Nothing waits for you to judge.")
        return redirect("reviews")
    return redirect(assignment)


@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """One checkpoint to judge: the claim without its source, the evidence, and the form."""
    user, assignment = _seat(request, pk)
    evidence = _evidence(assignment)
    form = ReviewForm(request.POST or None, evidence=evidence)
    if form.is_valid():
        try:
            _submit(form, assignment, user)
        except ReviewProblem as problem:
            form.add_error(None, str(problem))
        else:
            return _stored(request, assignment, user)
    return _judge_page(request, form, assignment, evidence)


def _submit(form: ReviewForm, assignment: Assignment, user: User) -> None:
    data = form.cleaned_data
    services.submit_review(
        assignment=assignment,
        by=user,
        outcome=form.outcome,
        confidence=data["confidence"],
        reason=data["reason"],
        leaned_on=data["leaned_on"],
    )


def _stored(request: HttpRequest, assignment: Assignment, user: User) -> HttpResponse:
    messages.success(request, "Stored. It is never changed.")
    if assignment.role == Assignment.Role.ADJUDICATION:
        return redirect("adjudications")
    following = _next(user) if "next" in request.POST else None
    return redirect(following) if following else redirect("reviews")


def _next(user: User) -> Assignment | None:
    try:
        return services.lease_next(by=user)
    except LeaseLost:  # somebody was quicker; what they press next finds the next
        return None


def _judge_page(
    request: HttpRequest, form: ReviewForm, assignment: Assignment, evidence: list[Evidence]
) -> HttpResponse:
    claim = assignment.checkpoint.claim
    names = names_of(claim)
    marks = marks_under(evidence)
    context = {
        "form": form,
        "assignment": assignment,
        "claim": claim,
        "blind": {name: masked(getattr(claim, name), names) for name in SHOWN_BLIND},
        "quote": masked(claim.quote.exact, names),
        "evidence": [
            (
                *(one, masked(one.event.title, names), masked(one.passage, names)),
                marks.get(one.pk, ""),
            )
            for one in evidence
        ],
        "chosen": set(form["leaned_on"].value() or ()),
        "is_review": assignment.role == Assignment.Role.REVIEW,
    }
    return render(request, "reviews/judge.html", context, status=422 if form.is_bound else 200)


@require_POST
def hand_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives the lease back unjudged."""
    user, assignment = _seat(request, pk)
    try:
        services.hand_back(assignment=assignment, by=user)
    except ReviewProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Handed back: it goes to somebody else.")
    is_review = assignment.role == Assignment.Role.REVIEW
    return redirect("reviews" if is_review else "adjudications")


def _seat(request: HttpRequest, pk: int) -> tuple[User, Assignment]:
    """The seat this person holds; on a POST also one that they lost, so that what they wrote stays.

    Raises PermissionDenied, or Http404 for the seat of somebody else.
    """
    user = require(request.user, Permission.READ_LEDGER)
    seats = Assignment.objects.select_related(
        "checkpoint__claim__quote__document__publisher",
        "checkpoint__claim__claimant",
        "checkpoint__claim__lexicon",
    )
    if request.method == "POST":
        seats = seats.exclude(Q(reviewer__isnull=False) & ~Q(reviewer=user))
    else:
        seats = seats.leased_to(user)
    assignment = get_object_or_404(seats, pk=pk)
    require(user, NEEDED[Assignment.Role(assignment.role)])
    return user, assignment


def _evidence(assignment: Assignment) -> list[Evidence]:
    """Accepted evidence up to the checkpoint. The analyst's stance is left out: reviewers read themselves."""
    return list(
        Evidence.objects.accepted(until=assignment.checkpoint.due_on)
        .filter(claim=assignment.checkpoint.claim_id)
        .select_related("event", "document__publisher")
    )
