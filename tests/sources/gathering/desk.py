"""Made-up reports that arrive one after the other."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sources.gathering import Arrivals, Rarity, Report, Wording, clues, wordings

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


def said(title: str, text: str = "") -> Wording:
    """The wording of one report."""
    return wordings([(title, text)])[0]


class Desk:
    """What arrives is numbered from 0, and so is a new event, by the report that made it."""

    def __init__(self) -> None:
        self.rarity = Rarity()
        self.arrivals = Arrivals(self.rarity)
        self.numbers = 0

    def report(
        self, title: str, text: str = "", *, at: datetime = AT, source: object = None
    ) -> Report:
        """A report as it is compared; without a source nobody is named."""
        return Report.weighed(said(title, text), at=at, source=source, rarity=self.rarity)

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
        self.rarity.count([report.wording])
        number, self.numbers = self.numbers, self.numbers + 1
        behind = clues(report.wording, self.rarity)
        return self.arrivals.arrive(number, report, behind, new=number, event=event)

    def events(self) -> list[int]:
        """The event of each report by now."""
        return [self.arrivals.event_of(number) for number in range(self.numbers)]


def gathered(reports: Iterable[tuple[str, str]]) -> list[int]:
    """The events of reports, each a (title, text), which arrive at one time from many sources."""
    desk = Desk()
    for title, text in reports:
        desk.arrive(title, text)
    return desk.events()
