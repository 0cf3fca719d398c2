"""Lexicons: which is in use, what each word stands for, and the desk's own."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import AuditEntry
from accounts.permissions import Permission, require
from claims import services
from claims.forms import HouseLexiconForm, LexiconForm
from claims.forms.lexicons import as_lines
from claims.models import Lexicon, LexiconEntry
from claims.queries import lexicons_with_counts
from claims.templatetags.claims import percent
from claims.validators import LexiconProblem


@dataclass(frozen=True, slots=True)
class Shelf:
    """All versions of one lexicon, newest first."""

    versions: list[Lexicon]

    @property
    def newest(self) -> Lexicon:
        """The version that the list shows."""
        return self.versions[0]

    @property
    def active(self) -> Lexicon | None:
        """The version in use."""
        return next((one for one in self.versions if one.is_active), None)

    @property
    def claim_count(self) -> int:
        """Claims under any version."""
        return sum(one.claim_count for one in self.versions)  # type: ignore[attr-defined]


@require_safe
def lexicons(request: HttpRequest) -> HttpResponse:
    """Every lexicon, with the one in use first, the desk's own next."""
    user = require(request.user, Permission.READ_LEDGER)
    stored = groupby(lexicons_with_counts(), lambda one: one.slug)
    shelves = [Shelf(list(versions)) for _, versions in stored]
    shelves.sort(key=lambda one: (not one.active, not one.newest.is_house, one.newest.name))
    context = {"shelves": shelves, "can_manage": user.can(Permission.MANAGE_LEXICONS)}
    return render(request, "claims/lexicons.html", context)


@require_safe
def lexicon(request: HttpRequest, pk: int) -> HttpResponse:
    """One lexicon, its words drawn on a scale, its source and its versions."""
    user = require(request.user, Permission.READ_LEDGER)
    shown = get_object_or_404(Lexicon.objects.select_related("made_from"), pk=pk)
    versions = list(lexicons_with_counts().filter(slug=shown.slug))
    can_manage = user.can(Permission.MANAGE_LEXICONS)
    context = {
        "lexicon": shown,
        "rows": [_drawn(entry) for entry in shown.entries.all()],
        "versions": _with_history(versions),
        "newest": versions[0],
        "can_manage": can_manage,
        "can_edit": can_manage and shown.is_house and shown.pk == versions[0].pk,
    }
    return render(request, "claims/lexicon.html", context)


def _drawn(entry: LexiconEntry) -> dict[str, Any]:
    """One word as a row of a forest: a range has no middle that is more likely, a point is one."""
    low, high = percent(entry.low), percent(entry.high)
    is_point = low == high
    return {
        "label": entry.phrase,
        "low": low,
        "high": high,
        "point": low if is_point else None,
        "figures": f"{low:g}%" if is_point else f"{low:g}–{high:g}%",
    }


def _with_history(versions: list[Lexicon]) -> list[tuple[Lexicon, list[AuditEntry]]]:
    """Each version with what was done to it, newest first."""
    done = AuditEntry.objects.filter(
        object_type=Lexicon._meta.label_lower, object_id__in=[one.pk for one in versions]
    ).select_related("by")
    entries = list(done)
    return [(one, [entry for entry in entries if entry.object_id == one.pk]) for one in versions]


@require_http_methods(["GET", "POST"])
def lexicon_house(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a lexicon of the desk's own with the entries of another."""
    user = require(request.user, Permission.MANAGE_LEXICONS)
    base = get_object_or_404(Lexicon, pk=pk)
    form = HouseLexiconForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = services.make_house_lexicon(base=base, by=user, name=form.cleaned_data["name"])
        except LexiconProblem as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, f"“{made.name}” is made. Edit it, then put it in use.")
            return redirect(made)
    return _form_page(request, base, form)


@require_http_methods(["GET", "POST"])
def lexicon_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of a house lexicon as lines; what is saved is its next version."""
    user = require(request.user, Permission.MANAGE_LEXICONS)
    edited = get_object_or_404(Lexicon, pk=pk)
    if not edited.is_house:
        messages.error(request, "A published table is never edited. Make your own from it here.")
        return redirect("lexicon_house", pk)
    if request.method == "GET":
        form = LexiconForm(initial={"entries": as_lines(edited.entries.all())})
        return _form_page(request, edited, form)
    form = LexiconForm(request.POST)
    if form.is_valid():
        rows = form.cleaned_data["entries"]
        try:
            stored = services.edit_lexicon(lexicon=edited, entries=rows, by=user)
        except LexiconProblem as problem:
            form.add_error("entries", str(problem))
        else:
            messages.success(request, _stored(stored, edited))
            return redirect(stored)
    return _form_page(request, edited, form)


def _stored(stored: Lexicon, edited: Lexicon) -> str:
    if stored.pk == edited.pk:
        return "Nothing differs, so nothing was stored."
    return f"Version {stored.version} is stored. It counts once it is put in use."


@require_POST
def lexicon_activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a lexicon in use for claims from now on."""
    user = require(request.user, Permission.MANAGE_LEXICONS)
    chosen = get_object_or_404(Lexicon, pk=pk)
    services.activate_lexicon(lexicon=chosen, by=user)
    messages.success(request, f"{chosen} is in use. Claims that stand keep theirs.")
    return redirect(chosen)


def _form_page(request: HttpRequest, shown: Lexicon, form: Form) -> HttpResponse:
    context = {"lexicon": shown, "form": form, "is_new": isinstance(form, HouseLexiconForm)}
    status = 422 if form.is_bound else 200
    return render(request, "claims/lexicon_edit.html", context, status=status)
