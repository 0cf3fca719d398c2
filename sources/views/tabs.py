"""The tabs of the pages of sources, each with how many there are, whatever a page searches for."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.paging import bounded_count, count_in_words
from sources.models import Feed, Publisher


@dataclass(frozen=True)
class Tab:
    """A page of sources; `count` in words, "" where nothing is counted."""

    name: str
    label: str
    count: str = ""

    @property
    def url(self) -> str:
        """Where it is."""
        return reverse(f"sources:{self.name}")


def source_tabs() -> list[Tab]:
    """The tabs, for whoever manages sources."""
    feeds, publishers = Feed.objects.all(), Publisher.objects.standing()
    return [
        Tab("feeds", "Feeds", count_in_words(bounded_count(feeds))),
        Tab("publishers", "Publishers", count_in_words(bounded_count(publishers))),
        Tab("counts", "Counts by period"),
    ]
