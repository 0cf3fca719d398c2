"""One checkpoint judged blind: the page, its draft, the reports behind its evidence, and setting it aside."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.permissions import Permission, require
from claims.models import Evidence
from reviews import services
from reviews.blind import blind_claim, blind_evidence, blind_reasons, blind_report, evidence_until
from reviews.forms import PostponeForm, ReviewForm, SkipForm, draft_values
from reviews.masking import names_of
from reviews.models import Assignment, Draft, Review
from reviews.queries import held_once, roles_of
from reviews.validators import AlreadyJudged, ReviewProblem
from reviews.views.judged import judged_page
from reviews.views.queue import next_for

SEATS = Assignment.objects.select_related(
    "checkpoint__claim__quote__document__publisher",
    "checkpoint__claim__claimant",
    "checkpoint__claim__words",
    "reviewer",
)


class Seat(NamedTuple):
    """A seat at a checkpoint, and who looks at it: they hold or held it."""

    user: User
    assignment: Assignment

    @property
    def is_done(self) -> bool:
        """Whether this person has judged there."""
        return self.assignment.state == Assignment.State.DONE and self.is_theirs

    @property
    def is_theirs(self) -> bool:
        """Whether they sit there now."""
        return self.assignment.reviewer_id == self.user.pk

    @property
    def way_back(self) -> str:
        """The page that leads to the next."""
        pages = {Assignment.Role.REVIEW: "reviews", Assignment.Role.APPEAL: "reviews:appeals"}
        return pages.get(Assignment.Role(self.assignment.role), "adjudications")


def _seat(request: HttpRequest, pk: int) -> Seat:
    """The seat, for whoever holds or once held it. Raises PermissionDenied, or Http404 for anybody else."""
    user = require(request.user, Permission.READ_LEDGER)
    assignment = get_object_or_404(SEATS, pk=pk)
    if assignment.reviewer_id != user.pk and not held_once(user, assignment):
        raise Http404
    return Seat(user, assignment)


@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """One checkpoint to judge: the claim without its source, the evidence, and the form."""
    seat = _seat(request, pk)
    if seat.assignment.role == Assignment.Role.APPEAL:
        return redirect(seat.assignment)
    if request.method == "POST":
        return _submitted(request, seat)
    if seat.is_done:
        return judged_page(request, seat.assignment, seat.user)
    if seat.assignment.role not in roles_of(seat.user):
        raise PermissionDenied("Your account may not judge this.")
    if not seat.is_theirs:
        messages.info(
            request, "Your lease of this checkpoint ended. What you wrote there is kept as a draft."
        )
        return redirect(seat.way_back)
    draft = Draft.objects.filter(checkpoint=seat.assignment.checkpoint_id, by=seat.user).first()
    evidence = evidence_until(seat.assignment.checkpoint)
    initial = ReviewForm.initial_of(draft) if draft else None
    form = ReviewForm(evidence=evidence, initial=initial)
    return _judge_page(request, seat, form, evidence, draft, draft.version if draft else 0)


def _submitted(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Keeps what was sent as a draft first, so that whatever follows loses no text; then stores it."""
    values = draft_values(request.POST)
    draft = services.save_draft(assignment=seat.assignment, by=seat.user, join=True, **values)
    evidence = evidence_until(seat.assignment.checkpoint)
    form = ReviewForm(request.POST, evidence=evidence)
    # Where another tab wrote more than was before these eyes, its text stays.
    seen = draft.version if draft.reason == values["reason"] else values["seen"]
    if not form.is_valid():
        return _judge_page(request, seat, form, evidence, draft, seen)
    try:
        services.submit_review(
            assignment=seat.assignment, by=seat.user, seen=seen, **form.cleaned_data
        )
    except AlreadyJudged as problem:
        return _judged_before(request, seat, form, str(problem))
    except ReviewProblem as problem:
        form.add_error(None, str(problem))
        return _judge_page(request, seat, form, evidence, draft, seen)
    return _stored(request, seat)


def _stored(request: HttpRequest, seat: Seat) -> HttpResponse:
    messages.success(request, "Stored. It is never changed.")
    is_review = seat.assignment.role == Assignment.Role.REVIEW
    following = next_for(seat.user) if is_review and "next" in request.POST else None
    return redirect(following or seat.way_back)


def _judged_before(
    request: HttpRequest, seat: Seat, form: ReviewForm, problem: str
) -> HttpResponse:
    """A second press of the button goes on as the first; other words are kept as a draft."""
    checkpoint, data = seat.assignment.checkpoint, form.cleaned_data
    stored = Review.objects.get(
        assignment__checkpoint=checkpoint,
        assignment__reviewer=seat.user,
        assignment__round=seat.assignment.round,
    )
    if (stored.reason, stored.outcome) == (data["reason"], data["outcome"]):
        services.forget_draft(checkpoint=checkpoint, by=seat.user)
        return _stored(request, seat)
    messages.error(request, f"{problem} What you sent now is kept as your draft.")
    return redirect(stored.assignment)


def _judge_page(
    request: HttpRequest,
    seat: Seat,
    form: ReviewForm,
    evidence: list[Evidence],
    draft: Draft | None,
    seen: int,
) -> HttpResponse:
    claim = seat.assignment.checkpoint.claim
    names = names_of(claim)
    context = {
        "form": form,
        "draft": draft,
        "seen": seen,
        "skip_form": SkipForm(auto_id="skip_%s"),
        "postpone_form": PostponeForm(auto_id="postpone_%s"),
        "assignment": seat.assignment,
        "claim": claim,
        "blind": blind_claim(claim, names),
        "sides": blind_evidence(evidence, names),
        "reasons": blind_reasons(seat.assignment, names),
        "chosen": {str(one) for one in form["leaned_on"].value() or ()},
        "is_review": seat.assignment.role == Assignment.Role.REVIEW,
    }
    return render(request, "reviews/judge.html", context, status=422 if form.is_bound else 200)


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what is written so far; answers with the line that says so."""
    seat = _seat(request, pk)
    values = draft_values(request.POST)
    context: dict[str, Any] = {"assignment": seat.assignment}
    try:
        kept = services.save_draft(assignment=seat.assignment, by=seat.user, **values)
        context |= {"draft": kept, "seen": kept.version}
    except ReviewProblem as problem:
        context |= {"problem": str(problem), "seen": values["seen"]}
    if "keep" in request.POST:
        messages.info(request, context.get("problem", "Kept as a draft."))
        return redirect(seat.assignment)
    return render(request, "reviews/judge.html#saved", context)


@require_safe
def report(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The report behind a piece of evidence, as it was captured, masked."""
    seat = _seat(request, pk)
    checkpoint = seat.assignment.checkpoint
    found = next((one for one in evidence_until(checkpoint) if one.pk == number), None)
    if found is None:
        raise Http404
    title, text = blind_report(found, names_of(checkpoint.claim))
    part = "#report" if request.htmx else ""  # type: ignore[attr-defined]
    context = {"title": title, "text": text, "assignment": seat.assignment}
    return render(request, f"reviews/report.html{part}", context)


@require_POST
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives the lease back with a reason; it is not offered again for a while."""
    form = SkipForm(request.POST)
    return _aside(request, pk, form, services.skip, "Skipped: you are not asked again for a week.")


@require_POST
def postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives the lease back until a day."""
    form = PostponeForm(request.POST)
    return _aside(request, pk, form, services.postpone, "Postponed. Others may judge it meanwhile.")


@require_POST
def hand_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives the lease back unjudged, for good."""
    return _aside(request, pk, None, services.hand_back, "Handed back: it goes to somebody else.")


def _aside(
    request: HttpRequest, pk: int, form: SkipForm | PostponeForm | None, verb: Any, said: str
) -> HttpResponse:
    seat = _seat(request, pk)
    if form is not None and not form.is_valid():
        messages.error(request, " ".join(str(one[0]) for one in form.errors.values()))
        return redirect(seat.assignment)
    try:
        verb(assignment=seat.assignment, by=seat.user, **(form.cleaned_data if form else {}))
    except ReviewProblem as problem:
        messages.error(request, str(problem))
        return redirect(seat.assignment)
    messages.success(request, said)
    return redirect(seat.way_back)
