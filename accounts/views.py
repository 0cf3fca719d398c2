"""Personal tokens of whoever is signed in: made, shown once, revoked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.forms import TokenForm
from accounts.models import ApiToken, User
from accounts.permissions import Permission, require


@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens, and a new one. Its secret stands on the answer alone, never in a session."""
    user = require(request.user, Permission.READ_LEDGER)
    if request.method == "GET":
        return _page(request, user, TokenForm(owner=user))
    form = TokenForm(request.POST, owner=user)
    if not form.is_valid():
        return _page(request, user, form, status=422)
    made, secret = services.make_token(by=user, **form.cleaned_data)
    return _page(request, user, TokenForm(owner=user), made=made, secret=secret)


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends one of one's own tokens."""
    user = require(request.user, Permission.READ_LEDGER)
    token = services.revoke_token(token=get_object_or_404(user.tokens, pk=pk), by=user)
    messages.success(request, f"“{token}” opens nothing any more.")
    return redirect("tokens")


def _page(
    request: HttpRequest,
    user: User,
    form: TokenForm,
    *,
    made: ApiToken | None = None,
    secret: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "made": made,
        "secret": secret,
        "tokens": user.tokens.all(),
        "now": timezone.now(),
    }
    return render(request, "accounts/tokens.html", context, status=status)
