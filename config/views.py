"""Pages that show several rooms at once: home, about, the audit log, the API's reference; failures."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import defaults
from django_htmx.http import HttpResponseClientRedirect
from drf_spectacular.generators import SchemaGenerator

from accounts.api.problems import problem_response
from accounts.models import AuditEntry
from accounts.paging import BoundedPaginator
from accounts.permissions import Permission, require
from config.work import latest, work_for


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """The sign-in page; a part of a page that asks for it takes the whole window there."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.htmx:  # type: ignore[attr-defined]
            back = urlsplit(request.htmx.current_url_abs_path or reverse("home"))  # type: ignore[attr-defined]
            return HttpResponseClientRedirect(
                f"{reverse('login')}?{urlencode({'next': back.path})}"
            )
        return super().dispatch(request, *args, **kwargs)


def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, and what happened last."""
    user = require(request.user, Permission.READ_LEDGER)
    return render(request, "home.html", {"work": work_for(user), "latest": latest(user)})


@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    """What Plumbline is and how its figures are made, for anybody."""
    return render(request, "about.html")


@login_not_required
def favicon(_request: HttpRequest) -> HttpResponse:
    """The icon, for pages that name none of their own, such as those of the administration."""
    return HttpResponsePermanentRedirect(static("favicon.svg"))


def audit(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first."""
    require(request.user, Permission.READ_AUDIT)
    entries = AuditEntry.objects.select_related("by")
    page = BoundedPaginator(entries, 100).get_page(request.GET.get("page"))
    return render(request, "audit.html", {"page": page})


def api(request: HttpRequest) -> HttpResponse:
    """What scripts may ask and send; the browser draws the details from the description."""
    require(request.user, Permission.READ_LEDGER)
    paths = SchemaGenerator().get_schema(public=True)["paths"]
    operations = [
        {"method": method.upper(), "path": path, "words": operation.get("summary", "")}
        for path, methods in paths.items()
        for method, operation in methods.items()
    ]
    return render(request, "api.html", {"operations": operations})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that Django refuses to look at; the API answers as it always does."""
    if _is_of_api(request):
        return problem_response(400, code="bad_request", detail="The request cannot be read.")
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """A failure of ours; the API answers as it always does."""
    if _is_of_api(request):
        words = "The server failed; what it was stands in its log."
        return problem_response(500, code="server_error", detail=words)
    return defaults.server_error(request)


def _is_of_api(request: HttpRequest) -> bool:
    return request.path.startswith(f"{reverse('api')}v")
