"""Pages of long lists: what lies beyond two thousand rows is not counted, only said to be there."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

# Counting a million rows takes longer than showing fifty of them.
MOST = 2_000


def bounded_count(rows: QuerySet[Any]) -> int:
    """How many rows there are, but never more than MOST + 1, which stands for more."""
    return rows.order_by()[: MOST + 1].count()


def count_in_words(count: int, most: int | None = None) -> str:
    """A count that is bounded, by MOST or by `most`, for people: "2,000+" where there are more."""
    most = MOST if most is None else most
    return f"{most:,}+" if count > most else f"{count:,}"


class BoundedPaginator(Paginator):
    """Pages over the first MOST rows of a queryset; whoever looks for others filters or searches."""

    @cached_property
    def bounded(self) -> int:
        """The bounded count."""
        return bounded_count(self.object_list)  # type: ignore[arg-type]

    @cached_property
    def count(self) -> int:
        """How many rows the pages hold."""
        return min(self.bounded, MOST)

    @property
    def counted(self) -> str:
        """How many there are, in words."""
        return count_in_words(self.bounded)
