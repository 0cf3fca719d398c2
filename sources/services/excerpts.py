"""Excerpts of texts that are not at hand: what somebody else's table quotes, kept as a document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record_all
from sources.deduplication import content_hash
from sources.models import Document
from sources.services.documents import start_of
from sources.services.publishers import publishers_for


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Where excerpts come from, as far as it is told, and their text."""

    url: str = ""
    title: str = ""
    author: str = ""
    publisher: str = ""
    published_on: date | None = None
    text: str = ""

    @property
    def content_hash(self) -> str:
        """SHA-256, hex. Excerpts of two sources are two documents, though they say the same."""
        source = "\n".join((self.title, self.url, self.author, str(self.published_on or "")))
        return content_hash(source, self.text)


@transaction.atomic
def capture_excerpts(
    *, excerpts: Sequence[Excerpts], by: User | None, at: datetime | None = None
) -> list[Document]:
    """The documents of these excerpts, in their order; one that is known is not stored twice.

    An excerpt keeps its address but is never taken for a version of that page.
    """
    hold(Lock.DOCUMENTS)
    known = _known(excerpts)
    new = {one.content_hash: one for one in excerpts if one.content_hash not in known}
    publishers = publishers_for({one.publisher for one in new.values()} - {""})
    made = Document.objects.bulk_create(
        Document(
            origin=Document.Origin.EXCERPT,
            title=one.title,
            text=one.text,
            author=one.author,
            media_type="text/plain",
            url=one.url,
            content_hash=digest,
            publisher=publishers.get(one.publisher),
            published_at=start_of(one.published_on),
            captured_at=at or timezone.now(),
            captured_by=by,
        )
        for digest, one in new.items()
    )
    record_all(by=by, verb="captured", on=made)
    known |= {document.content_hash: document for document in made}
    return [known[one.content_hash] for one in excerpts]


def _known(excerpts: Sequence[Excerpts]) -> dict[str, Document]:
    found = Document.objects.filter(
        content_hash__in={one.content_hash for one in excerpts}, url_key=""
    )
    return {document.content_hash: document for document in found.defer("text")}
