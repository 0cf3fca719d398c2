"""The queue of reviews: what waits for this person, what they wrote, and one button for the next."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.paging import count_in_words
from accounts.permissions import Permission, require
from reviews import services
from reviews.models import Assignment, Draft
from reviews.queries import (
    MOST_COUNTED,
    checkpoints_to_judge,
    drafts_left,
    reviews_by,
    set_aside_by,
)
from reviews.validators import LeaseLost


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits for this reviewer, and what they judged before."""
    user = require(request.user, Permission.REVIEW_CLAIMS)
    waiting = checkpoints_to_judge(user)
    context = {
        "held": Assignment.objects.for_review().leased_to(user).first(),
        "waiting": waiting,
        "waiting_in_words": count_in_words(waiting, MOST_COUNTED),
        "drafts": drafts_left(user)[:20],
        "asides": set_aside_by(user)[:20],
        "page_obj": Paginator(reviews_by(user), 25).get_page(request.GET.get("page")),
    }
    return render(request, "reviews/reviews.html", context)


@require_POST
def reviews_next(request: HttpRequest) -> HttpResponse:
    """Leases the next checkpoint."""
    user = require(request.user, Permission.REVIEW_CLAIMS)
    assignment = next_for(user)
    if assignment is None:
        messages.info(request, "Nothing waits for you to judge.")
        return redirect("reviews")
    return redirect(assignment)


def next_for(user: User) -> Assignment | None:
    """The next seat, leased; None where none is left, or somebody was quicker at the last."""
    try:
        return services.lease_next(by=user)
    except LeaseLost:  # they got a part in the claim this moment; the next press finds another
        return None


@require_POST
def draft_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Throws a draft of one's own away."""
    user = require(request.user, Permission.READ_LEDGER)
    draft = get_object_or_404(Draft.objects.filter(by=user), pk=pk)
    services.forget_draft(checkpoint=draft.checkpoint, by=user)
    messages.success(request, "The draft is gone.")
    return redirect("reviews" if user.can(Permission.REVIEW_CLAIMS) else "adjudications")
