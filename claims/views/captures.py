"""Versions of a text side by side; marks of retraction and correction; what changed under claims."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.paging import BoundedPaginator
from accounts.permissions import Permission, require
from claims import services
from claims.blindness import hidden_from, require_shown
from claims.forms import MarkForm
from claims.models import ClaimNotice
from claims.notices import told_to
from claims.views.asked import asked
from sources.comparison import compared, shortened
from sources.models import Document, Event, Notice
from sources.services import NoticeProblem, mark_document, mark_event, take_back_notice


def document_shown_to(user: User, pk: int) -> Document:
    """The document, unless somebody must not see it who may have to judge a claim of it."""
    shown = get_object_or_404(Document.objects.with_versions(), pk=pk)
    here = Q(quote__document=shown)
    if shown.url_key:  # an older or newer version names the same author
        here |= Q(quote__document__url_key=shown.url_key)
    if hidden_from(user).filter(here).exists():
        raise PermissionDenied(
            "You may be asked to judge a claim of this text blind. It opens when that is judged."
        )
    return shown


@require_safe
def document_compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What two versions of a text differ in, word by word, the older one first."""
    user = require(request.user, Permission.READ_LEDGER)
    older = document_shown_to(user, min(pk, other))
    newer = Document.objects.versions_of(older).filter(pk=max(pk, other)).first()
    if newer is None or newer.pk == older.pk:
        raise Http404("These are not two versions of one text.")
    pieces = compared(older.text, newer.text)
    context = {
        "older": older,
        "newer": newer,
        "same": all(piece.kind == "same" for piece in pieces),
        "pieces": shortened(pieces),
        "title": compared(older.title, newer.title),
    }
    return render(request, "claims/document_compare.html", context)


@require_POST
def document_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks a text as retracted or corrected."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    shown = document_shown_to(user, pk)
    form = MarkForm(request.POST)
    if form.is_valid():
        notice = mark_document(document=shown, by=user, **form.cleaned_data)
        messages.success(request, _marked(notice))
    else:
        messages.error(request, _wrong_in(form))
    return redirect(shown)


@require_POST
def event_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks an event as retracted or corrected."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    shown = get_object_or_404(Event, pk=pk, merged_into=None)
    form = MarkForm(request.POST)
    if form.is_valid():
        notice = mark_event(event=shown, by=user, **form.cleaned_data)
        messages.success(request, _marked(notice))
    else:
        messages.error(request, _wrong_in(form))
    return redirect(shown)


def _marked(notice: Notice) -> str:
    return f"Marked as {notice.get_kind_display().lower()}. Claims that lean on it are told in a moment."


def _wrong_in(form: MarkForm) -> str:
    said = [
        f"{form.fields[name].label}: {' '.join(map(str, errors))}"
        for name, errors in form.errors.items()
    ]
    return f"Not marked. {' '.join(said)}"


@require_POST
def notice_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a mark back by a further row."""
    user = require(request.user, Permission.MANAGE_SOURCES)
    notice = get_object_or_404(Notice.objects.select_related("document", "event"), pk=pk)
    if notice.document:
        document_shown_to(user, notice.document.pk)
    try:
        take_back_notice(notice=notice, words=asked(request.POST, "words"), by=user)
    except NoticeProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Taken back. Claims whose analysts had read it are told.")
    return redirect(notice.document or notice.event or "events")


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What changed under claims, newest first, until somebody has looked at it."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    told = told_to(user).select_related(
        "claim", "notice__event", "notice__document", "notice__newer", "notice__by"
    )
    told = told.defer("notice__document__text", "notice__newer__text")
    page = BoundedPaginator(told, 50).get_page(request.GET.get("page"))
    return render(request, "claims/changes.html", {"page_obj": page})


@require_POST
def change_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes that somebody looked at one change under a claim."""
    user = require(request.user, Permission.TRIAGE_EVIDENCE)
    told = get_object_or_404(ClaimNotice.objects.select_related("claim"), pk=pk)
    require_shown(user, told.claim)
    services.see_notice(told=told, by=user)
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse()
    messages.success(request, "Noted that you have seen it.")
    return redirect(told.claim if request.POST.get("back") == "claim" else "changes")
