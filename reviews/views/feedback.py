"""How one's own grades compare, for that reviewer alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require
from reviews.feedback import feedback_for
from reviews.figures import ENOUGH


@require_safe
def feedback(request: HttpRequest) -> HttpResponse:
    """Agreement with the others, leaning against the verdict, and how far confidence is borne out."""
    user = require(request.user, Permission.REVIEW_CLAIMS)
    context = {"feedback": feedback_for(user), "enough": ENOUGH}
    return render(request, "reviews/feedback.html", context)
