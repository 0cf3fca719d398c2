"""Claims are told what became of what they lean on; somebody looks at it, once."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.services import record
from claims.models import Claim, ClaimNotice, NoticeTold
from claims.notices import claims_leaning_on, documents_leaned_on, notices_of
from sources.models import Notice
from sources.services import rest_watches, unwatched, watch_page

# Whoever links evidence in the moment of a notice may miss it; so it is laid before claims again.
LAID_AGAIN = timedelta(minutes=10)


def tell_of_notices(*, limit: int = 200, at: datetime | None = None) -> int:
    """Lays notices before the claims that lean on what they name; how many claims were told anew."""
    now = at or timezone.now()
    return sum(_tell_of(notice, now) for notice in _waiting(now)[:limit])


def _waiting(now: datetime) -> QuerySet[Notice]:
    told = NoticeTold.objects.filter(notice=OuterRef("pk"))
    lately = Q(at__gt=now - LAID_AGAIN)
    waiting = Notice.objects.filter(lately | ~Exists(told))
    return waiting.select_related("document", "event").defer("document__text").order_by("pk")


@transaction.atomic
def _tell_of(notice: Notice, now: datetime) -> int:
    leaning = claims_leaning_on(notice).exclude(
        pk__in=ClaimNotice.objects.filter(notice=notice).values("claim")
    )
    keys = list(leaning.order_by("pk").values_list("pk", flat=True))
    ClaimNotice.objects.bulk_create(
        (ClaimNotice(claim_id=key, notice=notice, told_at=now) for key in keys),
        batch_size=1000,
        ignore_conflicts=True,
    )
    NoticeTold.objects.bulk_create(
        [NoticeTold(notice=notice, claims=len(keys), at=now)], ignore_conflicts=True
    )
    return len(keys)


def tell_claim(*, claim: Claim, at: datetime | None = None) -> None:
    """Lays before a claim what was noted before it leaned on it. Part of the caller's transaction."""
    now = at or timezone.now()
    ClaimNotice.objects.bulk_create(
        (ClaimNotice(claim=claim, notice=one, told_at=now) for one in notices_of(claim)),
        ignore_conflicts=True,
    )


@transaction.atomic
def see_notice(*, told: ClaimNotice, by: User, at: datetime | None = None) -> ClaimNotice:
    """Notes that somebody looked at what changed under a claim. Whoever comes second changes nothing."""
    locked = ClaimNotice.objects.select_for_update().get(pk=told.pk)
    if locked.seen_at:
        return locked
    locked.seen_at, locked.seen_by = at or timezone.now(), by
    locked.save(update_fields=["seen_at", "seen_by"])
    record(by=by, verb="looked at", on=locked, claim=locked.claim_id, notice=locked.notice_id)
    return locked


def watch_leaned_on_pages(*, limit: int = 1000, at: datetime | None = None) -> int:
    """Watches the pages that were missed, and rests those on which nothing leans any more."""
    if not settings.WATCH_PAGES:
        return 0
    missed = list(unwatched(documents_leaned_on()).defer("text")[:limit])
    for document in missed:
        watch_page(document=document, at=at)
    rest_watches(leaned_on=documents_leaned_on())
    return len(missed)
