"""Claims are told what became of what they lean on; somebody looks at it, once."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from accounts.services import record
from claims.models import Claim, ClaimNotice, NoticeTold
from claims.notices import claims_leaning_on, documents_leaned_on, notices_of
from sources.models import Notice, Regathering
from sources.services import rest_watches, unwatched, watch_page

# Whoever links evidence or merges events in the moment of a notice may miss it; so it is laid before
# claims again.
LAID_AGAIN = timedelta(minutes=10)


def tell_of_notices(*, limit: int = 200, at: datetime | None = None) -> int:
    """Lays notices before the claims that lean on what they name; how many claims were told anew."""
    now = at or timezone.now()
    return sum(_tell_of(notice, now) for notice in _waiting(now)[:limit])


def _waiting(now: datetime) -> QuerySet[Notice]:
    told = NoticeTold.objects.filter(notice=OuterRef("pk"))
    lately = Q(at__gt=now - LAID_AGAIN)
    merged_since = Q(pk__in=_merged_since().values("pk"))
    waiting = Notice.objects.filter(lately | ~Exists(told) | merged_since)
    # What nobody was told of comes first, however much is laid again.
    waiting = waiting.order_by(Exists(told), "pk")
    return waiting.select_related("document", "event").defer("document__text")


def _merged_since() -> QuerySet[Notice]:
    """Notices that still hold of events that were merged since claims were told: more may lean on it."""
    told = NoticeTold.objects.filter(notice=OuterRef(OuterRef("pk")))
    # A merger bears the moment when it began, and may be seen here only later.
    since = told.values(since=F("at") - LAID_AGAIN)
    mergers = Regathering.objects.filter(
        kind=Regathering.Kind.MERGED, event=OuterRef("whole"), at__gt=since
    )
    of_events = Notice.objects.standing().filter(event__isnull=False).order_by()
    whole = Coalesce("event__merged_into", "event")
    return of_events.annotate(whole=whole).filter(Exists(mergers))


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
    told, is_first = NoticeTold.objects.get_or_create(
        notice=notice, defaults={"claims": len(keys), "at": now}
    )
    if not is_first and notice.at <= now - LAID_AGAIN:
        # It was laid again for a merger: the next one counts from here.
        NoticeTold.objects.filter(pk=told.pk).update(claims=told.claims + len(keys), at=now)
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
