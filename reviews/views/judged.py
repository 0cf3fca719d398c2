"""What somebody judged, once it is stored: names may be shown, and how the claim was judged before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from reviews.blind import blind_claim
from reviews.masking import names_of
from reviews.models import Assignment, Draft, Review
from reviews.queries import has_to_judge, verdicts_before


def judged_page(request: HttpRequest, assignment: Assignment, user: User) -> HttpResponse:
    """The stored review beside its claim.

    While the same person may be asked to judge another checkpoint of the claim it stays as blind as
    before.
    """
    checkpoint = assignment.checkpoint
    claim = checkpoint.claim
    is_open = not has_to_judge(user, claim)
    named = is_open and "names" in request.GET
    review = Review.objects.prefetch_related("leaned_on__event").get(assignment=assignment)
    context = {
        "claim": claim,
        "assignment": assignment,
        "review": review,
        "blind": blind_claim(claim, () if named else names_of(claim)),
        "leaned_on": review.leaned_on.count(),
        "is_open": is_open,
        "named": named,
        "earlier": verdicts_before(checkpoint) if is_open else [],
        "draft": Draft.objects.filter(checkpoint=checkpoint, by=user).first(),
    }
    return render(request, "reviews/judged.html", context)
