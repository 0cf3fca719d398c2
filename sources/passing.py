"""Which items an import would pass over, and why: said before anything is stored.

What `services.receive_items` goes by, asked of a few items at once.
"""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from sources.deduplication import content_hash
from sources.importing import Item
from sources.models import Document, EventReport
from sources.services.documents import newest_versions
from sources.services.pruning import pruned_among

KNOWN = "known already"
OLDER = "older than the version that is here"


def passed_over(items: Sequence[Item]) -> dict[int, str]:
    """Why items are passed over, by their places."""
    words = [(content_hash(item.title, item.summary), item.key) for item in items]
    known = _known({digest for digest, _ in words})
    versions = newest_versions([key for _, key in words])
    newest = {key: one.published_at for key, one in versions.items() if one.published_at}
    first: dict[tuple[str, str], int] = {}
    passed: dict[int, str] = {}
    for place, (item, word) in enumerate(zip(items, words, strict=True)):
        key = word[1]
        if word in known:
            passed[place] = KNOWN
        elif word in first:
            passed[place] = f"the same as row {first[word]}"
        elif item.is_coded and key in newest and newest[key] > item.published_at:
            passed[place] = OLDER
        else:
            first[word], newest[key] = item.row, item.published_at
    return passed


def _known(hashes: set[str]) -> set[tuple[str, str]]:
    """What is reported already, or was before its text was pruned."""
    reported = Exists(EventReport.objects.filter(document=OuterRef("pk")))
    stored = Document.objects.filter(reported, content_hash__in=hashes).order_by()
    return {*stored.values_list("content_hash", "url_key"), *pruned_among(hashes)}
