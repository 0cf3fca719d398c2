"""Events: the list, one event with its reports and claims, and entering one by hand."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.paging import BoundedPaginator
from accounts.permissions import Permission, require
from claims import services
from claims.blindness import events_hidden_from, hidden_from
from claims.captures import noted_on
from claims.forms import LinkForm
from claims.queries import events_near, links_of, search_events
from claims.validators import ClaimProblem
from claims.views.asked import asked, number_in
from claims.windows import outside_window
from sources.decisions import decisions_on, may_be_the_same
from sources.hand_events import corrections_of, is_by_hand
from sources.models import Document, Event
from sources.queries import with_mark
from sources.reporting import reporting


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Developments in the world, newest first."""
    user = require(request.user, Permission.READ_LEDGER)
    words = asked(request.GET, "q")
    found = search_events(words=words).exclude(pk__in=events_hidden_from(user))
    context = {
        "page_obj": BoundedPaginator(found, 50).get_page(request.GET.get("page")),
        "words": words,
        "can_capture": user.can(Permission.CAPTURE_DOCUMENTS),
    }
    return render(request, "claims/events.html", context)


@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: who reported it, and the claims it may bear on."""
    require(request.user, Permission.READ_LEDGER)
    events = with_mark(Event.objects.select_related("merged_into"))
    shown = get_object_or_404(events, pk=pk)
    if shown.merged_into:
        return redirect(shown.merged_into)
    return _event_page(request, shown, LinkForm())


@require_POST
def event_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Links this event to a claim that nobody suggested it for."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    shown = get_object_or_404(Event, pk=pk, merged_into=None)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _event_page(request, shown, form, status=422)
    try:
        linked = services.link_evidence(event=shown, by=user, **form.cleaned_data)
    except ClaimProblem as problem:
        form.add_error(None, str(problem))
        return _event_page(request, shown, form, status=422)
    messages.success(request, f"Linked to claim {linked.claim_id}.")
    if outside := outside_window(linked.claim, linked.event.occurred_on):
        messages.warning(request, f"{outside} If that is a mistake, undo the link in the inbox.")
    return redirect(shown)


def _event_page(
    request: HttpRequest, shown: Event, form: LinkForm, status: int = 200
) -> HttpResponse:
    user = require(request.user, Permission.READ_LEDGER)
    require_blind(user, shown)
    can_triage = user.can(Permission.TRIAGE_EVIDENCE)
    same = asked(request.GET, "same")
    hidden = events_hidden_from(user)
    context = {
        "event": shown,
        "reporting": reporting(shown, page=request.GET.get("page")),
        "links": links_of(shown).exclude(claim__in=hidden_from(user)),
        "form": form,
        "can_triage": can_triage,
        "can_correct": user.can(Permission.CAPTURE_DOCUMENTS) and is_by_hand(shown),
        "corrections": corrections_of(shown),
        "decisions": [one for one in decisions_on(shown) if one.other.standing_id not in hidden],
        "candidates": may_be_the_same(shown, hidden=hidden) if can_triage else [],
        "same": same,
        "found": _near(shown, same, hidden) if can_triage else [],
    } | noted_on(shown, user)
    return render(request, "claims/event.html", context, status=status)


def require_blind(user: User, shown: Event) -> None:
    """Raises PermissionDenied where a report is a text of which this person may judge a claim: the page
    says what the text does, and who published it."""
    reported = Document.objects.filter(event_report__event=shown).order_by()
    keys = reported.exclude(url_key="").values("url_key")
    here = Q(quote__document__in=reported.values("pk")) | Q(quote__document__url_key__in=keys)
    if hidden_from(user).filter(here).exists():
        raise PermissionDenied(
            "You may be asked to judge a claim of a report of this event blind. It opens when that is "
            "judged."
        )


def _near(shown: Event, same: str, hidden: list[int]) -> QuerySet[Event]:
    if not same:
        return Event.objects.none()
    return events_near(shown, words=same, number=number_in(same), hidden=hidden)
