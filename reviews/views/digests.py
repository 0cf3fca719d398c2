"""Mail of what waits: how often one wants it, and the link in it that ends it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission, require
from accounts.services import set_mail, stop_mail
from reviews.board import lines_of
from reviews.digests import whose
from reviews.forms import MailForm


@require_http_methods(["GET", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """One's own choice."""
    user = require(request.user, Permission.READ_LEDGER)
    if not lines_of(user):
        raise PermissionDenied("Only whoever judges claims gets mail of what waits.")
    chosen = {"rhythm": user.mail_rhythm, "hour": user.mail_hour}
    form = MailForm(request.POST or None, initial=chosen)
    if form.is_valid():
        set_mail(by=user, **form.cleaned_data)
        messages.success(request, "Stored.")
        return redirect("reviews:mail")
    return render(request, "reviews/mail.html", {"form": form}, status=422 if form.errors else 200)


# The link itself is the proof: mail programs press it without a cookie.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def mail_stop(request: HttpRequest, signed: str) -> HttpResponse:
    """Ends somebody's mail, without signing in; opening the page alone ends nothing."""
    person = whose(signed)
    if person is None:
        raise Http404
    if request.method == "POST":
        stop_mail(person=person)
    return render(request, "reviews/mail_stop.html", {"stopped": request.method == "POST"})
