"""What is known about an article is set right, and what nobody decided on is read again."""

from datetime import date

from django.db import transaction

from accounts.locks import Lock, hold
from accounts.models import User
from claims.models import Claim, Extraction, ExtractionProgress, ModelExtraction
from claims.queries import why_not_correctable
from claims.services.quotes import said_on
from claims.validators import ClaimProblem
from sources.models import Document, Publisher
from sources.services import correct_document


@transaction.atomic
def correct_article(
    *,
    document: Document,
    by: User,
    title: str,
    author: str,
    publisher: Publisher | None,
    published_on: date | None,
) -> Document:
    """Corrects what an article says about itself, as long as no claim of it is registered.

    With another author or day, proposals that nobody decided on go and the article counts as unread:
    whoever reads it next proposes them anew. What was kept, edited or dropped stays as it is. Raises
    ClaimProblem or DocumentProblem, in words.
    """
    hold(Lock.DOCUMENTS)
    before = Document.objects.select_for_update(of=("self",)).defer("text").get(pk=document.pk)
    # Waits for whoever is just deciding on a claim of it.
    list(
        Claim.objects.filter(quote__document=before).select_for_update(of=("self",)).order_by("pk")
    )
    if reason := why_not_correctable(before):
        raise ClaimProblem(reason)
    corrected = correct_document(
        document=before,
        by=by,
        title=title,
        author=author,
        publisher=publisher,
        published_on=published_on,
    )
    if (before.author, said_on(before)) != (corrected.author, said_on(corrected)):
        Claim.objects.filter(quote__document=before, status=Claim.Status.PROPOSED).delete()
        Extraction.objects.filter(document=before).delete()
        # One that could not be read may be now.
        ExtractionProgress.objects.filter(document=before, given_up_at__isnull=False).delete()
        # A language model that reads it now finds that the text is not its any more.
        ModelExtraction.objects.filter(document=before).delete()
    return corrected
