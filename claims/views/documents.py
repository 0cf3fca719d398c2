"""Intake: an article goes in, its proposed claims are kept, edited or dropped beside the text."""

import logging
import re

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.models import User
from accounts.paging import BoundedPaginator
from accounts.permissions import Permission, require
from claims import services
from claims.blindness import hidden_from, require_shown
from claims.captures import capture_of
from claims.forms import CorrectForm, IntakeForm, QuoteForm
from claims.likeness import Alike, nearly_the_same
from claims.marking import Entry, numbered, paragraphs
from claims.models import Claim
from claims.queries import (
    claims_of,
    decided_of,
    documents_with_counts,
    drafts_left_behind,
    is_unread,
    progress_of,
    was_read,
    why_not_correctable,
)
from claims.validators import ClaimProblem
from claims.views.captures import document_shown_to
from sources.capture import CaptureError, captured_from_file, captured_from_text
from sources.fetching import FetchError
from sources.models import Document
from sources.services import DocumentProblem, capture_document, publisher_for, read_page

# Some twenty pages.
LONGEST_AT_ONCE = 60_000
# Of a book only the first are compared with the ledger on its page; the form compares each.
COMPARED = 100
CHANGED = "This address held another text before; here is its new version."

logger = logging.getLogger(__name__)


@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """Takes an article, captures it and proposes its claims."""
    user = require(request.user, Permission.CAPTURE_DOCUMENTS)
    posted = request.method == "POST"
    form = IntakeForm(request.POST, request.FILES) if posted else IntakeForm()
    if form.is_valid():
        try:
            document = _capture(form, user)
        except (CaptureError, FetchError) as error:
            form.add_error(form.source, str(error))
        else:
            messages.success(request, _proposed(document, user))
            _point_at_the_same(request, document, user)
            return redirect(document)
    status = 422 if form.is_bound else 200
    return render(request, "claims/intake.html", {"form": form}, status=status)


def _point_at_the_same(request: HttpRequest, document: Document, user: User) -> None:
    """Says where else these words stand: one article is easily brought in twice."""
    seen = Document.objects.with_the_text_of(document)
    other = seen.exclude(quotes__in=hidden_from(user).values("quote")).first()
    if other:
        words = (
            "Just these words stand in <a href='{}'>{}</a> too, captured on {}. If it is one "
            "article, drop the proposals here."
        )
        day = date_format(other.captured_at, "j F Y")
        title = other.title or "a document without a title"
        messages.warning(request, format_html(words, other.get_absolute_url(), title, day))


def _proposed(document: Document, user: User) -> str:
    """Proposes the claims of a document and says how that went."""
    if was_read(document):
        return "This text is known already; what was found in it stands below."
    words = _read(document, user)
    return f"{CHANGED} {words}" if document.previous_id else words


def _read(document: Document, user: User) -> str:
    """Reads a document for claims, and says what was found; a book is left to the worker."""
    if len(document.text) > LONGEST_AT_ONCE:
        return "This is a long text: the worker reads it now."
    try:
        claims = services.propose_claims(document=document, by=user)
    except Exception:  # the text is stored; the worker tries again, and its page says how that goes
        logger.exception("Document %s could not be read for claims", document.pk)
        return "This text could not be read for claims at once; the worker tries again."
    count = sum(claim.status == Claim.Status.PROPOSED for claim in claims)
    if not count:
        return "No sentence here says what will happen. Select words and press h to make a claim."
    return ngettext("%d claim proposed.", "%d claims proposed.", count) % count


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The articles somebody brought in, newest first."""
    user = require(request.user, Permission.READ_LEDGER)
    page = BoundedPaginator(documents_with_counts(), 50).get_page(request.GET.get("page"))
    context = {"page_obj": page, "can_capture": user.can(Permission.CAPTURE_DOCUMENTS)}
    return render(request, "claims/documents.html", context)


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with its proposals marked, and their cards beside it."""
    user = require(request.user, Permission.READ_LEDGER)
    return _document_page(request, user, document_shown_to(user, pk), QuoteForm())


@require_safe
def document_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a document is read; when it is, the browser is sent to its proposals."""
    user = require(request.user, Permission.READ_LEDGER)
    shown = document_shown_to(user, pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return _document_page(request, user, shown, QuoteForm())
    progress = progress_of(shown)
    if not is_unread(shown) or (progress and progress.given_up_at):
        return HttpResponseClientRefresh()
    context = {"document": shown, "progress": progress}
    return render(request, "claims/document.html#reading", context)


@require_http_methods(["GET", "POST"])
def document_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets right what is known about an article, and reads again what nobody decided on."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    shown = document_shown_to(user, pk)
    form = CorrectForm(request.POST) if request.method == "POST" else CorrectForm.of(shown)
    if form.is_valid():
        try:
            corrected = _correct(form, shown, user)
        except (ClaimProblem, DocumentProblem) as problem:
            form.add_error(None, str(problem))
        else:
            words = "" if was_read(corrected) else f" Read again: {_read(corrected, user)}"
            messages.success(request, f"Corrected.{words}")
            return redirect(shown)
    context = {"document": shown, "form": form, "locked": why_not_correctable(shown)}
    status = 422 if form.is_bound else 200
    return render(request, "claims/document_correct.html", context, status=status)


def _correct(form: CorrectForm, document: Document, user: User) -> Document:
    data = form.cleaned_data
    with transaction.atomic():  # a publisher made for it goes again where it is refused
        known = data | {
            "publisher": publisher_for(data["publisher"]) if data["publisher"] else None
        }
        return services.correct_article(document=document, by=user, **known)


@require_POST
def document_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets aside the proposals of a document that are left."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    shown = document_shown_to(user, pk)
    count = services.drop_proposals(document=shown, by=user)
    words = ngettext("%d proposal dropped.", "%d proposals dropped.", count)
    messages.success(request, f"{words % count} Each can be taken back.")
    return redirect(shown)


@require_http_methods(["GET", "POST"])
def quote_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a draft by hand from exact words of the document."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    if request.method == "GET":  # the address that a refused quote leaves in the browser
        return redirect("document", pk)
    shown = document_shown_to(user, pk)
    form = QuoteForm(request.POST)
    if form.is_valid():
        try:
            claim = services.make_claim(document=shown, exact=form.cleaned_data["exact"], by=user)
        except ClaimProblem as problem:
            form.add_error("exact", str(problem))
        else:
            return redirect("claim_edit", claim.pk)
    return _document_page(request, user, shown, form, status=422)


@require_POST
def claim_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a draft of a proposal."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    claim = get_object_or_404(Claim.objects.select_related("quote"), pk=pk)
    require_shown(user, claim)
    return _decided(request, claim, user, keep=True)


@require_POST
def claim_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets a proposal or a draft aside."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    claim = get_object_or_404(Claim.objects.select_related("quote"), pk=pk)
    require_shown(user, claim)
    return _decided(request, claim, user, keep=False)


def _decided(request: HttpRequest, claim: Claim, user: User, *, keep: bool) -> HttpResponse:
    try:
        if keep:
            services.keep_claim(claim=claim, by=user)
        else:
            services.drop_claim(claim=claim, by=user)
    except ClaimProblem as problem:
        messages.error(request, str(problem))
    if request.htmx:  # type: ignore[attr-defined]
        return _card(request, claim)
    return redirect(f"{claim.quote.document.get_absolute_url()}#c{claim.pk}")


def _card(request: HttpRequest, claim: Claim) -> HttpResponse:
    """The claim's card alone, as it stands now, with how many of its document are decided."""
    fresh = Claim.objects.select_related("claimant", "quote").get(pk=claim.pk)
    number = request.POST.get("number", "")
    shown_as = int(number) if re.fullmatch(r"[0-9]{1,6}", number) else 0
    context = {"entry": Entry(shown_as, fresh), "can_write": True, "out_of_band": True}
    context |= decided_of(fresh.quote.document_id)
    return render(request, "claims/document.html#decided_card", context)


def _alike(claims: list[Claim], user: User) -> dict[int, list[Alike]]:
    """What reads nearly the same as the proposals that are to be decided on."""
    undecided = [claim for claim in claims if claim.status == Claim.Status.PROPOSED]
    return nearly_the_same(undecided[:COMPARED], hidden=hidden_from(user))


def _document_page(
    request: HttpRequest, user: User, shown: Document, form: QuoteForm, status: int = 200
) -> HttpResponse:
    can_write = user.can(Permission.WRITE_CLAIMS)
    unread = is_unread(shown)
    claims = list(claims_of(shown))
    entries = numbered(claims, _alike(claims, user) if can_write else {})
    context = {
        "document": shown,
        "total": len(claims),
        "decided": sum(claim.status != Claim.Status.PROPOSED for claim in claims),
        "entries": entries,
        "paragraphs": paragraphs(shown.text, entries),
        "words": len(shown.text.split()),
        "form": form,
        "can_write": can_write,
        "can_correct": can_write and not why_not_correctable(shown),
        "behind": drafts_left_behind(shown) if can_write else [],
        "unread": unread,
        "progress": progress_of(shown) if unread else None,
    } | capture_of(shown, user)
    return render(request, "claims/document.html", context, status=status)


def _capture(form: IntakeForm, user: User) -> Document:
    data = form.cleaned_data
    url = data["url"]
    if form.source == "url":
        captured, url = read_page(url=url)
        origin = Document.Origin.PAGE
    elif form.source == "file":
        captured = captured_from_file(data["file"].read(), name=data["file"].name)
        origin = Document.Origin.UPLOAD
    else:
        captured = captured_from_text(data["text"])
        origin = Document.Origin.PASTE
    return capture_document(
        captured=captured,
        origin=origin,
        by=user,
        url=url,
        publisher=publisher_for(data["publisher"]) if data["publisher"] else None,
        title=data["title"],
        author=data["author"],
        published_on=data["published_on"],
    )
