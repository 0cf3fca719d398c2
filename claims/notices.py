"""What became of the texts and events that claims lean on, and which claims that concerns.

Lower rooms note what changed; claims lean on a text by their quotes, and on a text or an event by
accepted evidence. Whoever asks what a change means for verdicts begins with `notices_since`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import User
from claims.blindness import hidden_from
from claims.models import Claim, ClaimNotice, Evidence
from sources.models import Document, Event, Notice, PageWatch

# Characters shown on each side of quoted words.
AROUND = 60
# Claims that are told: what was taken back or dropped leans on nothing any more.
LEANING = (Claim.Status.DRAFT, Claim.Status.REGISTERED)


def documents_leaned_on() -> QuerySet[Document]:
    """Texts that drafts and registered claims quote, and those of accepted evidence."""
    quoted = Claim.objects.filter(status__in=LEANING).order_by().values("quote__document")
    linked = Evidence.objects.filter(status=Evidence.Status.ACCEPTED).order_by()
    # As a union: either way by its own index, and never through all documents.
    return Document.objects.filter(pk__in=quoted.union(linked.values("document")))


def claims_leaning_on(notice: Notice) -> QuerySet[Claim]:
    """The claims that a notice concerns: by their quotes, or by evidence.

    What takes a notice back concerns those for whom somebody had looked at it.
    """
    if notice.takes_back_id:
        told = ClaimNotice.objects.filter(notice=notice.takes_back_id, seen_at__isnull=False)
        return Claim.objects.filter(pk__in=told.values("claim"))
    quoting = Claim.objects.filter(
        status__in=LEANING, quote__document__in=_versions_up_to(notice)
    ).order_by()
    linked = evidence_leaning_on(notice).order_by()
    return Claim.objects.filter(pk__in=quoting.values("pk").union(linked.values("claim")))


def evidence_leaning_on(notice: Notice) -> QuerySet[Evidence]:
    """The accepted evidence that a notice concerns, by its event or its document."""
    concerned = Q(document__in=_versions_up_to(notice))
    if notice.event:
        concerned |= Q(event__in=Event.objects.one_with(notice.event.standing_id).values("pk"))
    return Evidence.objects.filter(
        concerned, status=Evidence.Status.ACCEPTED, claim__status__in=LEANING
    )


def _versions_up_to(notice: Notice) -> QuerySet[Document]:
    """The versions of a text that a notice concerns: what was captured later knew of it."""
    if notice.document is None:
        return Document.objects.none()
    versions = Document.objects.versions_of(notice.document).order_by()
    return versions.filter(pk__lte=notice.document_id)


def notices_of(claim: Claim) -> QuerySet[Notice]:
    """What stands of the notices that concern a claim, newest first."""
    evidence = Evidence.objects.filter(claim=claim, status=Evidence.Status.ACCEPTED)
    links = list(evidence.select_related("event", "document").defer("document__text"))
    texts = [(claim.quote.document_id, claim.quote.document.url_key)]
    texts += [(one.document_id, one.document.url_key) for one in links]
    return _about(texts, {one.event.standing_id for one in links})


def _about(texts: Collection[tuple[int, str]], events: Collection[int]) -> QuerySet[Notice]:
    """Notices of these pages from these versions on, and of these events with all their parts."""
    about = Q(event__in=events) | Q(event__merged_into__in=events)
    for document, key in texts:
        about |= Q(document=document)
        if key:
            about |= Q(document__url_key=key, document__gte=document)
    return Notice.objects.standing().filter(about)


def notices_under(evidence: Collection[Evidence]) -> dict[int, list[Notice]]:
    """What stands of the notices that concern pieces of evidence, by their numbers; in one query
    where each comes with its event and its document."""
    texts = {(one.document_id, one.document.url_key) for one in evidence}
    if not texts:
        return {}
    found = _about(texts, {one.event.standing_id for one in evidence}).select_related(
        "event", "document"
    )
    notices = list(found.defer("document__text"))
    return {
        one.pk: concerned
        for one in evidence
        if (concerned := [notice for notice in notices if _concerns(notice, one)])
    }


def marks_under(evidence: Collection[Evidence]) -> dict[int, str]:
    """ "retracted" or "corrected", by the numbers of those pieces of evidence whose event or report is
    marked so; in one query."""
    marks: dict[int, str] = {}
    for pk, notices in notices_under(evidence).items():
        kinds = {one.kind for one in notices if one.kind in Notice.MARKED and not one.is_suggestion}
        if kinds:
            marks[pk] = max(kinds)  # a retraction goes before a correction
    return marks


def _concerns(notice: Notice, evidence: Evidence) -> bool:
    event, document = notice.event, notice.document
    if event and event.standing_id == evidence.event.standing_id:
        return True
    if document is None:
        return False
    same_page = bool(document.url_key) and document.url_key == evidence.document.url_key
    return document.pk == evidence.document_id or (
        same_page and document.pk >= evidence.document_id
    )


def notices_since(at: datetime) -> QuerySet[ClaimNotice]:
    """Every claim that was told of a change after a moment, with the notice, oldest first.

    For rooms above: a verdict given before `told_at` did not know of it. `evidence_leaning_on(notice)`
    names the evidence.
    """
    told = ClaimNotice.objects.filter(told_at__gt=at).select_related("claim", "notice__event")
    return told.order_by("told_at", "pk")


def told_to(user: User) -> QuerySet[ClaimNotice]:
    """What changed under claims and nobody looked at yet, but for claims hidden from this person."""
    return ClaimNotice.objects.unseen().exclude(claim__in=hidden_from(user))


@dataclass(frozen=True)
class Standing:
    """Whether quoted words stand in what a page says now, and between which words."""

    version: Document
    stands: bool
    before: str = ""
    after: str = ""


def standing_of(claim: Claim) -> Standing | None:
    """Whether a claim's words still stand in its page; None where there is no other version."""
    quote = claim.quote
    version = _now_at(quote.document)
    if version is None or version.pk == quote.document_id:
        return None
    # Line ends and spaces are the page's, the words are the author's.
    text, exact = " ".join(version.text.split()), " ".join(quote.exact.split())
    place = text.find(exact)
    if place < 0:
        return Standing(version, stands=False)
    end = place + len(exact)
    return Standing(version, True, text[max(0, place - AROUND) : place], text[end : end + AROUND])


def _now_at(document: Document) -> Document | None:
    """What stands at a document's address now, as far as it was fetched."""
    if not document.url_key:
        return None
    watch = PageWatch.objects.of(document).select_related("document").first()
    if watch and watch.document:
        return watch.document
    versions = Document.objects.versions_of(document).filter(pk__gt=document.pk)
    return versions.filter(origin__in=Document.FETCHED_ORIGINS).last()
