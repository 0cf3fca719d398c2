"""Reads that join models: lists with what their rows show, in a query count that does not grow."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.paging import bounded_count
from claims.models import Claim, Evidence, Extraction, Lexicon, LexiconEntry
from sources.models import Claimant, ClaimantAlias, Document, Event, EventReport, Publisher

# Whoever shares a name with more people than this is looked for by other words.
MOST_CLAIMANTS = 100
# The tabs of the claims list, in order; what does not stand here is in "all" alone.
TABS = {
    "registered": Q(registered_at__isnull=False),
    "drafts": Q(status=Claim.Status.DRAFT),
    "proposed": Q(status=Claim.Status.PROPOSED),
    "all": ~Q(status=Claim.Status.DROPPED),
}


def was_read(document: Document) -> bool:
    """Whether the claims of a document were proposed before."""
    return Extraction.objects.filter(document=document).exists()


def unread_articles() -> QuerySet[Document]:
    """Articles whose claims nobody has proposed yet."""
    read = Extraction.objects.filter(document=OuterRef("pk"))
    return Document.objects.articles().filter(~Exists(read))


def claims_in_list() -> QuerySet[Claim]:
    """Every claim with what a row of the list shows, newest first."""
    return Claim.objects.select_related("claimant", "quote__document__publisher").order_by("-id")


def claims_with_words(claims: QuerySet[Claim], words: str) -> QuerySet[Claim]:
    """Those of the claims that hold these words, read as people type into a web search.

    ("trade OR pipeline", "-gas") They are looked up in statement and test, and as a whole among the
    topics and the names of claimants.
    """
    query = SearchQuery(words, config="english", search_type="websearch")
    # As a list: with a subquery the database would read the whole ledger.
    named = list(claimants_called(words).values_list("pk", flat=True)[:MOST_CLAIMANTS])
    topic = Q(topics__contains=[words.lower()])
    return claims.filter(Q(search=query) | Q(claimant__in=named) | topic)


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


def claims_of(document: Document) -> QuerySet[Claim]:
    """Every claim taken from a document, in the order of the text."""
    return (
        Claim.objects.filter(quote__document=document)
        .select_related("quote", "claimant", "lexicon")
        .order_by("quote__start", "pk")
    )


def documents_with_counts() -> QuerySet[Document]:
    """Articles, newest first, with how many claims of each were proposed and kept; text left out."""
    claims = Claim.objects.filter(quote__document=OuterRef("pk"))
    # Also what a feed brought before somebody pasted it.
    read = Exists(Extraction.objects.filter(document=OuterRef("pk")))
    open_ones = claims.filter(status=Claim.Status.PROPOSED)
    kept = claims.exclude(status__in=[Claim.Status.PROPOSED, Claim.Status.DROPPED])
    return (
        Document.objects.filter(Q(origin__in=Document.ARTICLE_ORIGINS) | read)
        .defer("text")
        .select_related("publisher")
        .annotate(proposed=_count(open_ones, by="quote__document"))
        .annotate(kept=_count(kept, by="quote__document"))
    )


def evidence_in(*, status: str, claim: Claim | None = None) -> QuerySet[Evidence]:
    """Evidence of one status for the inbox, strongest or newest decision first.

    Each carries its claim, its event, the publisher of its document and `report_count`.
    """
    evidence = Evidence.objects.filter(status=status, claim__status=Claim.Status.REGISTERED)
    if claim:
        evidence = evidence.filter(claim=claim)
    order = ("-score", "id") if status == Evidence.Status.SUGGESTED else ("-decided_at", "-id")
    return (
        evidence.select_related("claim", "event", "document__publisher", "decided_by")
        .annotate(report_count=_count(_reports("event"), by="event"))
        .order_by(*order)
    )


def events_with_counts() -> QuerySet[Event]:
    """Events that stand, newest first, with `report_count` and `claim_count`, the links not rejected."""
    links = Evidence.objects.filter(event=OuterRef("pk")).exclude(status=Evidence.Status.REJECTED)
    return (
        Event.objects.filter(merged_into=None)
        .defer("bands")
        .annotate(report_count=_count(_reports("pk"), by="event"))
        .annotate(claim_count=_count(links, by="event"))
    )


def search_events(*, words: str = "") -> QuerySet[Event]:
    """Events whose title or summary holds these words, all where none are given."""
    events = events_with_counts()
    if words:
        events = events.filter(Q(title__icontains=words) | Q(summary__icontains=words))
    return events


def _reports(outer: str) -> QuerySet[EventReport]:
    return EventReport.objects.filter(event=OuterRef(outer))


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
