"""The claim page: the heart of the ledger. It shows claims, evidence and verdicts, so it stands here."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import Permission, require
from claims.blindness import events_hidden_from, hidden_from, require_shown
from claims.models import Claim, ClaimNotice, Evidence
from claims.notices import standing_of
from claims.queries import chain_of
from reviews.models import Appeal, Assignment
from reviews.queries import CheckpointState, appeals_by, checkpoint_states
from reviews.through_time import through_time

CLAIM = Claim.objects.select_related(
    "quote__document__publisher",
    "claimant",
    "lexicon",
    "base_rate",
    "registered_by",
    "duplicate_of",
)


@require_safe
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """One registered claim through time, on its plumb line."""
    user = require(request.user, Permission.READ_LEDGER)
    shown = get_object_or_404(CLAIM.all(), pk=pk)
    if not shown.is_registered:
        if user.can(Permission.WRITE_CLAIMS):
            return redirect("claim_edit", pk)
        return redirect(f"{shown.quote.document.get_absolute_url()}#c{pk}")
    if held := _held_seat(shown, user):
        messages.info(
            request, "You are judging this claim blind. Its page opens when you are done."
        )
        return redirect(held)
    require_shown(user, shown)
    return render(request, "reviews/claim.html", _context(request, shown, user))


def _chain(shown: Claim, user: User) -> list[Claim]:
    """What was said before and after; what comes after a hidden claim does not say so."""
    found = list(chain_of(shown))
    keys = [claim.pk for claim in found]
    hidden = set(hidden_from(user).filter(pk__in=keys).values_list("pk", flat=True))
    chain = [claim for claim in found if claim.pk not in hidden]
    for claim in chain:
        if claim.predecessor_id in hidden:
            claim.relation = ""
    return chain


def _told(shown: Claim) -> QuerySet[ClaimNotice]:
    """What the claim was told of changes under it, newest first."""
    named = ("notice__event", "notice__document", "notice__newer", "notice__by", "seen_by")
    texts = ("notice__document__text", "notice__newer__text")
    told = ClaimNotice.objects.filter(claim=shown).select_related(*named, "notice__taken_back")
    return told.defer(*texts).order_by("-notice__at", "-pk")


def _held_seat(shown: Claim, user: User) -> Assignment | None:
    return Assignment.objects.leased_to(user).filter(checkpoint__claim=shown).first()


def _with_appeals(
    shown: Claim, states: list[CheckpointState], user: User
) -> list[tuple[CheckpointState, Appeal | None]]:
    """What has a verdict, each with this person's own appeal against it."""
    judged = [(one, one.verdict) for one in states if one.verdict]
    appeals = appeals_by(user, shown) if judged else {}
    return [(state, appeals.get(verdict.pk)) for state, verdict in judged]


def _context(request: HttpRequest, shown: Claim, user: User) -> dict[str, Any]:
    today = timezone.localdate()
    states = checkpoint_states(shown)
    hidden = events_hidden_from(user)
    return through_time(shown, states, request.GET, today=today, hidden=hidden) | {
        "claim": shown,
        "verdicts": _with_appeals(shown, states, user),
        "registered_late": shown.due_on
        and shown.registered_at
        and timezone.localdate(shown.registered_at) > shown.due_on,
        "suggested": Evidence.objects.suggested().filter(claim=shown).count(),
        "readings": shown.imputations.count()
        if shown.probability_source == Claim.ProbabilitySource.IMPUTED
        else 0,
        "chain": _chain(shown, user),
        "duplicates": shown.duplicates.ledger().order_by("pk"),
        "told": _told(shown),
        "standing": standing_of(shown),
        "amendments": shown.amendments.select_related("by"),
        "can_withdraw": shown.status == Claim.Status.REGISTERED
        and not (shown.due_on and shown.due_on <= today),
        "can_write": user.can(Permission.WRITE_CLAIMS),
        "can_triage": user.can(Permission.TRIAGE_EVIDENCE),
    }
