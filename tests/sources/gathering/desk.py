"""Made-up reports that arrive one after the other."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

import numpy as np

from sources.gathering import (
    Arrivals,
    Known,
    Rarity,
    Reports,
    Wordings,
    clues,
    compare,
    stored,
    wordings,
)

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


def said(title: str, text: str = "") -> Wordings:
    """The wording of one report."""
    return wordings([(title, text)])


def found(title: str, text: str = "", *, rarity: Rarity | None = None) -> set[int]:
    """The clues of one report."""
    return set(clues(said(title, text), rarity or Rarity()).clues.tolist())


class Desk:
    """What arrives is numbered from 0, and so is a new event, by the report that made it."""

    def __init__(self) -> None:
        self.rarity = Rarity()
        self.arrivals = Arrivals()
        self.sources: dict[object, int] = {None: 0}
        self.past: Reports | None = None
        self.behind: dict[int, list[int]] = {}
        self.numbers = 0

    def report(
        self, title: str, text: str = "", *, at: datetime = AT, source: object = None
    ) -> Reports:
        """One report as it is compared; without a source nobody is named."""
        number = self.sources.setdefault(source, len(self.sources))
        return Reports.weighed(said(title, text), at=[at], sources=[number], rarity=self.rarity)

    def arrive(
        self,
        title: str,
        text: str = "",
        *,
        at: datetime = AT,
        source: object = None,
        event: int | None = None,
    ) -> int:
        """The event that a report is put to."""
        report = self.report(title, text, at=at, source=source)
        self.rarity.count(report.said)
        number, self.numbers = self.numbers, self.numbers + 1
        return self.arrivals.arrive(number, self._near(number, report), new=number, event=event)

    def _near(self, number: int, report: Reports) -> list[tuple[int, float]]:
        behind = clues(report.said, self.rarity)
        past = self.past or Reports.of_kept([])
        found = stored(behind, report.at, self._behind)
        known = Known(np.arange(number), past)
        [near] = compare(report, known, clues=behind, found=found, keys=[number]).near(self.rarity)
        self.past = past.followed_by(report)
        for clue in behind.clues.tolist():
            self.behind.setdefault(clue, []).append(number)
        return near

    def _behind(self, day: date, clues: Sequence[int]) -> dict[int, list[int]]:
        return {clue: self.behind[clue] for clue in clues if clue in self.behind}

    def events(self) -> list[int]:
        """The event of each report by now."""
        return [self.arrivals.event_of(number) for number in range(self.numbers)]


def gathered(reports: Iterable[tuple[str, str]]) -> list[int]:
    """The events of reports, each a (title, text), which arrive at one time from many sources."""
    desk = Desk()
    for title, text in reports:
        desk.arrive(title, text)
    return desk.events()
