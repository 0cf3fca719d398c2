"""Reports that arrive in memory alone, compared as they would be in the database."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import batched, islice

import numpy as np

from sources.gathering.arrivals import WITHIN
from sources.gathering.clues import Clues, clues
from sources.gathering.comparing import Comparison, Known, compare
from sources.gathering.labelled import Labelled
from sources.gathering.likeness import Kept, Reports
from sources.gathering.looking import BATCH, BEHIND_A_CLUE, most_shared, stored
from sources.gathering.rarity import Rarity
from sources.gathering.wording import wordings


def comparisons(reports: Sequence[Labelled]) -> Iterator[tuple[Comparison, Rarity]]:
    """What reports are compared with as they arrive by the batch, in their order; each goes by its place
    among all."""
    past, rarity, sources = _Past(), Rarity(), dict[str, int]({"": 0})
    for batch in batched(reports, BATCH):
        said = wordings([(one.title, one.text) for one in batch])
        rarity.count(said)
        new = Reports.weighed(
            said,
            at=[one.at for one in batch],
            sources=[sources.setdefault(one.source, len(sources)) for one in batch],
            rarity=rarity,
        )
        behind = clues(said, rarity)
        found = stored(behind, new.at, past.behind)
        known, first = past.known(np.unique(most_shared(*found)[1])), len(past)
        keys = range(first, first + len(batch))
        yield compare(new, known, clues=behind, found=found, keys=keys), rarity
        past.keep(new, behind)


class _Past:
    """Reports by the order in which they came, and by their clues."""

    def __init__(self) -> None:
        self._kept: list[Kept] = []
        self._behind: defaultdict[int, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._kept)

    def keep(self, reports: Reports, found: Clues) -> None:
        """Makes reports findable by their clues."""
        first = len(self)
        self._kept += reports.kept()
        for row, clue in zip(found.rows.tolist(), found.clues.tolist(), strict=True):
            self._behind[clue].append(first + row)

    def behind(self, day: date, found: Sequence[int]) -> dict[int, list[int]]:
        """The last reports behind each clue around a day."""
        start = datetime.combine(day, time(), UTC)
        since, until = (
            (start - WITHIN).timestamp(),
            (start + timedelta(days=1) + WITHIN).timestamp(),
        )
        return {
            clue: [*islice(self._between(clue, since, until), BEHIND_A_CLUE)]
            for clue in found
            if clue in self._behind
        }

    def _between(self, clue: int, since: float, until: float) -> Iterator[int]:
        return (one for one in reversed(self._behind[clue]) if since <= self._kept[one].at < until)

    def known(self, numbers: np.ndarray) -> Known:
        """The reports of these numbers."""
        return Known(numbers, Reports.of_kept([self._kept[one] for one in numbers.tolist()]))
