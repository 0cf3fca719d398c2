"""Events that their source took back: what was captured of them is marked as retracted, and stays."""

from collections.abc import Iterable
from itertools import batched

from django.db import transaction

from accounts.models import User
from sources.importing import Problem, Withdrawal
from sources.models import Notice
from sources.services.documents import newest_versions
from sources.services.events import BATCH, Received
from sources.services.notices import mark_document


def withdraw_events(rows: Iterable[Withdrawal | Problem], *, by: User | None) -> Received:
    """Marks the events of a source's list of deletions; `stored` counts the marks.

    Events that are not here, or are marked already, are known: the list may be read again.
    """
    received = Received()
    for batch in batched(rows, BATCH):
        found = [row for row in batch if isinstance(row, Withdrawal)]
        for row in batch:
            if isinstance(row, Problem):
                received.note(row)
        marks = _mark(found, by)
        received.stored += marks
        received.known += len(found) - marks
    return received


@transaction.atomic
def _mark(rows: list[Withdrawal], by: User | None) -> int:
    documents = newest_versions([row.external_id for row in rows])
    retracted = (
        Notice.objects.standing()
        .filter(kind=Notice.Kind.RETRACTED, document__url_key__in=documents)
        .exclude(document__url_key="")
    )
    marked = set(retracted.values_list("document__url_key", flat=True))
    before = len(marked)
    for row in rows:
        document = documents.get(row.external_id)
        if document is None or row.external_id in marked:
            continue
        words = f"Its source deleted this event on {row.at:%Y-%m-%d}."
        mark_document(document=document, kind=Notice.Kind.RETRACTED, words=words, by=by)
        marked.add(row.external_id)
    return len(marked) - before
