"""The list of claims: filtered, kept under a name, and its drafts changed many at a time."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.paging import MOST, BoundedPaginator, count_in_words
from accounts.permissions import Permission, require
from claims import services
from claims.filters import TAB_LABELS, ClaimFilter, listed_claims
from claims.forms import BulkForm
from claims.models import Claim, SavedView
from claims.queries import claimants_with_claims, publishers_of_articles, tab_counts
from claims.services.bulk import Bulk
from claims.validators import ClaimProblem
from claims.views.asked import asked, number_in

OFFERED = 200
# These stand in the page by themselves; the others are named above the list while they hold.
IN_SIGHT = {"q", "tab", "kind", "claimant", "order"}
PROBLEMS_SHOWN = 20


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """Claims by tab, words and every other filter."""
    user = require(request.user, Permission.READ_LEDGER)
    return _list_page(request, user, request.GET, BulkForm())


def _list_page(
    request: HttpRequest, user: User, values: QueryDict, bulk: BulkForm, status: int = 200
) -> HttpResponse:
    found = listed_claims(values, user=user)
    page = BoundedPaginator(found.qs, 50).get_page(values.get("page"))
    counts = tab_counts()
    may_write = user.can(Permission.WRITE_CLAIMS)
    chosen = found.form.cleaned_data
    context = {
        "page_obj": page,
        "filter": found,
        "tabs": [(name, label, count_in_words(counts[name])) for name, label in TAB_LABELS.items()],
        "tab": found.form.data["tab"],
        "applied": _applied(found, chosen, values),
        "claimants": _offered(claimants_with_claims(), chosen.get("claimant")),
        "publishers": _offered(publishers_of_articles(), chosen.get("publisher")),
        "views": SavedView.objects.for_user(user)[:50],
        "query": _query(values),
        "can_capture": user.can(Permission.CAPTURE_DOCUMENTS),
        "can_write": may_write,
        "bulk": bulk if may_write and found.form.data["tab"] == "drafts" else None,
        "ticked": _ticked(request),
    }
    return render(request, "claims/claims.html", context, status=status)


def _applied(
    found: ClaimFilter, chosen: dict[str, Any], values: QueryDict
) -> list[tuple[str, str, str]]:
    """The filters that hold beyond those in sight: label, value in words, the address without it."""
    return [
        (
            found.form.fields[name].label or name.capitalize(),
            _in_words(found, name, value),
            _query(values, without=name),
        )
        for name, value in chosen.items()
        if value not in (None, "", False) and name not in IN_SIGHT
    ]


def _in_words(found: ClaimFilter, name: str, value: Any) -> str:
    if isinstance(value, date):
        return date_format(value, "j M Y")
    if value is True or isinstance(value, Model):
        return "" if value is True else str(value)
    choices = getattr(found.form.fields[name], "choices", ())
    # As text: that is how an address has them, also where the model has numbers.
    return {str(one): words for one, words in choices}.get(value, value)


def _offered[Row: Model](rows: QuerySet[Row], chosen: Row | None) -> list[Row]:
    """Some rows for a menu, the chosen one in any case."""
    offered = list(rows[:OFFERED])
    return offered if chosen is None or chosen in offered else [chosen, *offered]


def _query(values: QueryDict, *, without: str = "") -> str:
    """The filters as they stand in the address, without the page, what is empty, and the named one."""
    kept = QueryDict(mutable=True)
    for name in ClaimFilter.base_filters:
        if name != without and (value := asked(values, name)):
            kept[name] = value
    return kept.urlencode()


@require_POST
def saved_view_save(request: HttpRequest) -> HttpResponse:
    """Keeps the filters that stand in the page under a name."""
    user = require(request.user, Permission.READ_LEDGER)
    query = _query(QueryDict(request.POST.get("query", "")))
    try:
        view = services.save_view(
            name=asked(request.POST, "name"),
            query=query,
            is_shared=bool(request.POST.get("is_shared")),
            by=user,
        )
    except ClaimProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"Kept as “{view.name}”.")
    return redirect(f"{reverse('claims')}?{query}")


@require_POST
def saved_view_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes a view of one's own."""
    user = require(request.user, Permission.READ_LEDGER)
    view = get_object_or_404(SavedView.objects.filter(owner=user), pk=pk)
    services.remove_view(view=view, by=user)
    messages.success(request, f"“{view.name}” is removed.")
    return redirect("claims")


@require_http_methods(["GET", "POST"])
def claims_bulk(request: HttpRequest) -> HttpResponse:
    """Changes, drops or registers the ticked drafts, or changes all that the filters find."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    values = request.GET
    if request.method == "GET":  # the address that a refused change leaves in the browser
        return redirect(f"{reverse('claims')}?{values.urlencode()}")
    action = request.POST.get("action", "")
    form = BulkForm(request.POST)
    try:
        done = _bulk(request, user, form, action)
    except ClaimProblem as problem:
        messages.error(request, str(problem))
        unbound = BulkForm(initial=request.POST.dict())
        return _list_page(request, user, values, unbound, status=422)
    if done is None:
        return _list_page(request, user, values, form, status=422)
    _tell(request, done, action)
    return redirect(f"{reverse('claims')}?{_query(values)}")


def _bulk(request: HttpRequest, user: User, form: BulkForm, action: str) -> Bulk | None:
    """Does what was pressed; None where the form says what is wrong. Raises ClaimProblem."""
    numbers = _numbers(request, user, everything=action == "change")
    if not numbers:
        raise ClaimProblem("Tick the drafts first.")
    if action == "drop":
        return services.drop_drafts(numbers=numbers, by=user)
    if action == "register":
        return services.register_drafts(numbers=numbers, by=user)
    return _edited(form, numbers, user) if form.is_valid() else None


def _numbers(request: HttpRequest, user: User, *, everything: bool) -> list[int]:
    if everything and request.POST.get("everything"):
        found = listed_claims(request.GET, user=user)
        if found.errors:
            raise ClaimProblem(
                "Not every filter could be read: put that right, or tick the drafts."
            )
        return list(found.qs.values_list("pk", flat=True)[:MOST])
    return _ticked(request)


def _ticked(request: HttpRequest) -> list[int]:
    numbers = (number_in(one) for one in request.POST.getlist("claim")[:MOST])
    return [number for number in numbers if number]


def _edited(form: BulkForm, numbers: list[int], user: User) -> Bulk:
    data = form.cleaned_data
    return services.edit_drafts(
        numbers=numbers,
        by=user,
        changes=form.changes(),
        claimant=data["claimant"],
        base_rate=form.base_rate(),
        add_topics=data["add_topics"],
        hand_to=data["hand_to"],
    )


def _tell(request: HttpRequest, done: Bulk, action: str) -> None:
    verb = {"drop": "dropped", "register": "registered and locked"}.get(action, "changed")
    words = ngettext("%d draft %s.", "%d drafts %s.", done.changed) % (done.changed, verb)
    messages.success(request, words)
    for claim, problem in done.refused[:PROBLEMS_SHOWN]:
        messages.warning(request, f"Claim {claim.pk}, “{_short(claim)}”: {problem}")
    if len(done.refused) > PROBLEMS_SHOWN:
        more = len(done.refused) - PROBLEMS_SHOWN
        messages.warning(request, f"{more} more could not be, each for a reason of its own.")


def _short(claim: Claim) -> str:
    return claim.statement if len(claim.statement) <= 60 else f"{claim.statement[:57]}…"
