"""Reads that join models: lists with what their rows show, in a query count that does not grow."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.paging import MOST, bounded_count
from claims.models import (
    Claim,
    Evidence,
    EvidenceDecision,
    Extraction,
    ExtractionProgress,
    Lexicon,
    LexiconEntry,
)
from claims.models.evidence import ONE, EvidenceQuerySet
from sources.models import Claimant, ClaimantAlias, Document, Event, Publisher
from sources.models.events import EventQuerySet
from sources.queries import with_mark

# Whoever shares a name with more people than this is looked for by other words.
MOST_CLAIMANTS = 100
# What may be the same event as another was reported near it.
NEAR = timedelta(days=30)
MOST_NEAR = 10
# Of what leans on an event so much is named.
NAMED = 5
# The tabs of the claims list, in order; what does not stand here is in "all" alone.
TABS = {
    "registered": Q(registered_at__isnull=False),
    "drafts": Q(status=Claim.Status.DRAFT),
    "proposed": Q(status=Claim.Status.PROPOSED),
    "all": ~Q(status=Claim.Status.DROPPED),
}


_SCORED = ~Q(kind=Claim.Kind.ASSESSMENT)
# What registration asks for, as far as a table often leaves it out.
OFTEN_MISSING = {
    "a base rate": _SCORED & Q(base_rate=None),
    "a probability": _SCORED & Q(probability_low=None),
    "a due date": _SCORED & Q(due_on=None),
    "what would count as held": _SCORED & Q(held_if=""),
    "what would count as failed": _SCORED & Q(failed_if=""),
    "a claimant": Q(claimant=None),
}


def still_missing(claims: QuerySet[Claim]) -> list[str]:
    """What the drafts among these claims lack most often, in words, for the three that most do."""
    counts = [Count("pk", filter=missing) for missing in OFTEN_MISSING.values()]
    drafts = claims.filter(status=Claim.Status.DRAFT).order_by()
    names = [f"missing_{number}" for number in range(len(counts))]
    found = drafts.aggregate(Count("pk"), **dict(zip(names, counts, strict=True)))
    total = found["pk__count"]
    lacking = {words: found[name] for words, name in zip(OFTEN_MISSING, names, strict=True)}
    most = sorted(lacking, key=lambda words: -lacking[words])[:3]
    return [_lacking(words, lacking[words], total) for words in most if lacking[words]]


def _lacking(words: str, some: int, total: int) -> str:
    if some == total:
        return f"none has {words}"
    return f"{some} of {total} {'lacks' if some == 1 else 'lack'} {words}"


def was_read(document: Document) -> bool:
    """Whether the claims of a document were proposed before."""
    return Extraction.objects.filter(document=document).exists()


def unread_articles(*, at: datetime | None = None) -> QuerySet[Document]:
    """Articles that are to be read for claims now, those that could not be read before behind others.

    Without what somebody is reading, what is put off and what was given up.
    """
    read = Extraction.objects.filter(document=OuterRef("pk"))
    tried = ExtractionProgress.objects.filter(document=OuterRef("pk"))
    attempts = Coalesce(Subquery(tried.values("attempts")), 0)
    now = at or timezone.now()
    articles = Document.objects.articles().filter(~Exists(read), ~Exists(tried.left_alone(now)))
    return articles.order_by(attempts, "pk")


def is_unread(document: Document) -> bool:
    """Whether an article's claims are still to be proposed: it waits, is being read, or was given up."""
    return document.origin in Document.ARTICLE_ORIGINS and not was_read(document)


def progress_of(document: Document) -> ExtractionProgress | None:
    """How far the worker has come with a document that it is reading, or why it cannot."""
    return ExtractionProgress.objects.filter(document=document).first()


def why_not_correctable(document: Document) -> str:
    """Why what is known about a document cannot be corrected any more, in words; "" where it can."""
    if document.origin not in Document.ARTICLE_ORIGINS:
        return "This text came with a stream of news; it stays as it came."
    if Claim.objects.filter(quote__document=document, registered_at__isnull=False).exists():
        return "A claim of this text is registered, so what is known about the text is locked."
    evidence = Evidence.objects.filter(document=document).exclude(status=Evidence.Status.REJECTED)
    if evidence.exists():
        return "This text is evidence for a claim, so what is known about it is locked."
    return ""


def why_event_is_locked(event: Event) -> str:
    """Which decided evidence leans on an event, so that it is not corrected, in words; "" without any."""
    links = Evidence.objects.filter(event=event).exclude(status=Evidence.Status.SUGGESTED)
    decided = [f"{one.status} for claim {one.claim_id}" for one in links.order_by("claim")[:NAMED]]
    if not decided:
        return ""
    return f"As evidence this event is {', '.join(decided)}: undo that in the inbox first."


def why_event_is_kept(event: Event) -> str:
    """What of claims leans, or ever leaned, on an event, so that it is not taken back; "" without any."""
    if locked := why_event_is_locked(event):
        return locked
    ever = EvidenceDecision.objects.filter(evidence__event=event).order_by("evidence__claim")
    claims = ever.values_list("evidence__claim", flat=True).distinct()[:NAMED]
    if claims:
        return (
            f"Somebody had decided on it as evidence for {_claims(claims)}, and undone that: what was "
            "decided stays, and the event with it. It can still be corrected."
        )
    quoting = Claim.objects.filter(quote__document__event_report__event=event)
    quoting = quoting.exclude(status__in=[Claim.Status.PROPOSED, Claim.Status.DROPPED])
    if quoted := quoting.order_by("pk").values_list("pk", flat=True)[:NAMED]:
        return f"Words of its report are quoted by {_claims(quoted)}."
    return ""


def _claims(numbers: Iterable[int]) -> str:
    return ", ".join(f"claim {number}" for number in numbers)


def drafts_left_behind(document: Document) -> QuerySet[Claim]:
    """Drafts that still carry the day or the author which a document had before it was corrected."""
    corrections = AuditEntry.objects.filter(
        object_type=Document._meta.label_lower, object_id=document.pk, verb="corrected"
    )
    before = list(corrections.values_list("detail__before", flat=True))
    captured = timezone.localdate(document.captured_at)
    days = {one["published_on"] or captured for one in before if "published_on" in one}
    authors = {one["author"][:200] for one in before if one.get("author")}
    now = timezone.localdate(document.published_at or document.captured_at)
    behind = Q(said_on__in=days) & ~Q(said_on=now) | Q(
        speaker__in=authors - {document.author[:200]}
    )
    drafts = Claim.objects.filter(behind, quote__document=document, status=Claim.Status.DRAFT)
    return drafts.select_related("quote").order_by("quote__start", "pk")


def claims_in_list() -> QuerySet[Claim]:
    """Every claim with what a row of the list shows, newest first."""
    shown = ("claimant", "handed_to", "quote__document__publisher")
    return Claim.objects.select_related(*shown).order_by("-id")


def claims_with_words(claims: QuerySet[Claim], words: str) -> QuerySet[Claim]:
    """Those of the claims that hold these words, read as people type into a web search.

    ("trade OR pipeline", "-gas") They are looked up in statement and test, and as a whole among the
    topics and the names of claimants.
    """
    query = SearchQuery(words, config="english", search_type="websearch")
    # As a list: with a subquery the database would read the whole ledger.
    named = list(claimants_called(words).values_list("pk", flat=True)[:MOST_CLAIMANTS])
    ways = [Q(search=query), Q(claimant__in=named), Q(topics__contains=[words.lower()])]
    # Few are fetched by key: in the order of the list the database would look through the whole ledger.
    # Each way by its own index, and no further than to see that they are many.
    first, *others = (
        Claim.objects.filter(way).order_by().values_list("pk", flat=True)[: MOST + 1]
        for way in ways
    )
    few = list(first.union(*others).order_by()[: MOST + 1])
    return claims.filter(reduce(or_, ways) if len(few) > MOST else Q(pk__in=few))


def claimants_called(words: str) -> QuerySet[Claimant]:
    """Claimants one of whose names holds these words."""
    aliases = ClaimantAlias.objects.filter(name__icontains=words).values("claimant")
    return Claimant.objects.filter(Q(name__icontains=words) | Q(pk__in=aliases))


def claimants_with_claims() -> QuerySet[Claimant]:
    """Claimants by name to whom any claim is attributed."""
    return Claimant.objects.filter(Exists(Claim.objects.filter(claimant=OuterRef("pk"))))


def publishers_of_articles() -> QuerySet[Publisher]:
    """Publishers by name whose texts were read for claims."""
    quoted = Exists(Claim.objects.filter(quote__document__publisher=OuterRef("pk")))
    return Publisher.objects.filter(quoted).order_by("name")


def tab_counts() -> dict[str, int]:
    """How many claims each tab holds, as far as they are counted."""
    return {tab: bounded_count(Claim.objects.filter(condition)) for tab, condition in TABS.items()}


CHAIN = """
WITH RECURSIVE earlier AS (
    SELECT id, predecessor_id FROM claims_claim WHERE id = %(claim)s
    UNION SELECT c.id, c.predecessor_id FROM claims_claim c JOIN earlier e ON c.id = e.predecessor_id
), later AS (
    SELECT id FROM earlier
    UNION SELECT c.id FROM claims_claim c JOIN later l ON c.predecessor_id = l.id
)
SELECT id FROM later
"""


def chain_of(claim: Claim) -> QuerySet[Claim]:
    """The registered claims that say again or replace each other, this one among them, by day.

    Nothing for a claim that stands alone.
    """
    with connection.cursor() as cursor:
        cursor.execute(CHAIN, {"claim": claim.pk})
        keys = [key for (key,) in cursor.fetchall()]
    if len(keys) == 1:
        return Claim.objects.none()
    return Claim.objects.ledger().filter(pk__in=keys).order_by("said_on", "registered_at", "pk")


def claims_of(document: Document) -> QuerySet[Claim]:
    """Every claim taken from a document, in the order of the text."""
    return (
        Claim.objects.filter(quote__document=document)
        .select_related("quote", "claimant", "lexicon")
        .order_by("quote__start", "pk")
    )


def decided_of(document_id: int) -> dict[str, int]:
    """How many claims a document has, `total`, and how many of them somebody decided on, `decided`."""
    claims = Claim.objects.filter(quote__document=document_id)
    undecided = Q(status=Claim.Status.PROPOSED)
    return claims.aggregate(total=Count("pk"), decided=Count("pk", filter=~undecided))


def documents_with_counts() -> QuerySet[Document]:
    """Articles, newest first, text left out, with how many claims of each are undecided and kept, and
    the number of the first undecided one in the order of the text.
    """
    claims = Claim.objects.filter(quote__document=OuterRef("pk"))
    # Also what a feed brought before somebody pasted it.
    read = Exists(Extraction.objects.filter(document=OuterRef("pk")))
    open_ones = claims.filter(status=Claim.Status.PROPOSED)
    kept = claims.exclude(status__in=[Claim.Status.PROPOSED, Claim.Status.DROPPED])
    return (
        Document.objects.filter(Q(origin__in=Document.ARTICLE_ORIGINS) | read)
        .defer("text")
        .select_related("publisher")
        .annotate(undecided=_count(open_ones, by="quote__document"))
        .annotate(first_undecided=open_ones.order_by("quote__start", "pk").values("pk")[:1])
        .annotate(kept=_count(kept, by="quote__document"))
    )


def evidence_in(*, status: str, claim: Claim | None = None, cut: bool = False) -> EvidenceQuerySet:
    """Evidence of one status that counts, for the inbox, strongest or newest decision first.

    Of suggestions those that a week shows, or with `cut` those that were more than a person can read.

    Each carries its claim, its event, the publisher of its document, and `report_count` of what its
    event is part of by now.
    """
    evidence = Evidence.objects.counting().filter(
        status=status, claim__status=Claim.Status.REGISTERED
    )
    if claim:
        evidence = evidence.filter(claim=claim)
    if status == Evidence.Status.SUGGESTED:
        evidence = evidence.filter(cut=cut)
    order = ("-score", "id") if status == Evidence.Status.SUGGESTED else ("-decided_at", "-id")
    return (
        evidence.select_related("claim", "event", "document__publisher", "decided_by")
        .annotate(report_count=Coalesce("event__merged_into__report_count", "event__report_count"))
        .order_by(*order)
    )


def events_with_counts() -> EventQuerySet:
    """Events that stand, newest first, with their `mark` and `claim_count`, the claims whose link is not
    rejected."""
    links = Evidence.objects.counting().of_one(OuterRef(OuterRef("pk")))
    links = links.exclude(status=Evidence.Status.REJECTED).annotate(standing=ONE)
    standing = with_mark(Event.objects.standing())
    return standing.annotate(claim_count=_count(links, by="standing"))


def links_of(event: Event) -> QuerySet[Evidence]:
    """What links a standing event to claims and is not rejected, each with its claim and event, and
    the event that its report tells of by now."""
    links = Evidence.objects.counting().of_one(event.pk).exclude(status=Evidence.Status.REJECTED)
    return links.select_related("claim", "event", "document__event_report__event").defer(
        "document__text"
    )


def search_events(*, words: str = "") -> EventQuerySet:
    """Events whose title or summary has these words, in any form; all where none are given."""
    events = events_with_counts()
    return events.with_words(words) if words else events


def events_near(
    event: Event, *, words: str, number: int, hidden: Collection[int] = ()
) -> QuerySet[Event]:
    """Other events of the weeks around one that hold these words, at most ten; or the one of this
    number, or what that became part of. Without those that are hidden."""
    others = with_mark(Event.objects.standing().exclude(pk__in=[event.pk, *hidden]))
    numbered = others.filter(Q(pk=number) | Q(merged=number))
    if number and numbered.exists():
        return numbered
    around = (event.first_reported_at - NEAR, event.first_reported_at + NEAR)
    found = search_events(words=words).filter(first_reported_at__range=around)
    return found.exclude(pk__in=[event.pk, *hidden])[:MOST_NEAR]


def lexicons_with_counts() -> QuerySet[Lexicon]:
    """Each version of each lexicon with `word_count` and `claim_count`, but for dropped claims."""
    words = LexiconEntry.objects.filter(lexicon=OuterRef("pk"))
    under = Claim.objects.filter(lexicon=OuterRef("pk")).exclude(status=Claim.Status.DROPPED)
    return (
        Lexicon.objects.annotate(word_count=_count(words, by="lexicon"))
        .annotate(claim_count=_count(under, by="lexicon"))
        .order_by("slug", "-version")
    )


def _count(rows: QuerySet, *, by: str) -> Coalesce:
    """A correlated count of rows that are one in `by`, 0 without any."""
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
