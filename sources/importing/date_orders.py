"""Whether the day or the month comes first in dates like 03/04/2023, told by the whole of a column."""

from collections.abc import Iterable
from dataclasses import dataclass

from sources.importing.dates import two_numbers

MONTHS = 12


@dataclass(frozen=True)
class DateOrder:
    """The first cells of a column that can only be read with the day, or with the month, first; and the
    first that can be read both ways."""

    day_first_in: str = ""
    month_first_in: str = ""
    either_way: str = ""

    @property
    def day_first(self) -> bool | None:
        """What the column tells; None where it tells nothing, or both."""
        if bool(self.day_first_in) == bool(self.month_first_in):
            return None
        return bool(self.day_first_in)

    @property
    def matters(self) -> bool:
        """Whether there is any such date."""
        return bool(self.day_first_in or self.month_first_in or self.either_way)

    @property
    def is_asked(self) -> bool:
        """Whether somebody has to say it."""
        return bool(self.either_way) and self.day_first is None

    @property
    def reason(self) -> str:
        """Why it is so, or why it is asked, in words; "" where it does not matter."""
        if self.day_first_in and self.month_first_in:
            return (
                f"The file writes both: {self.day_first_in} with the day first, {self.month_first_in} "
                "with the month first. Rows that do not fit are left out."
            )
        if cell := self.day_first_in or self.month_first_in:
            return f"{cell} can be read in no other way."
        return f"{self.either_way} can be read both ways, and no date here tells which."


def date_order(cells: Iterable[str]) -> DateOrder:
    """What the cells of the columns of dates tell together: whoever writes a file writes one way."""
    found: dict[str, str] = {}
    for cell in cells:
        numbers = two_numbers(cell)
        name = _told_by(*numbers) if numbers else ""
        if name:
            found.setdefault(name, cell)
    return DateOrder(**found)


def _told_by(first: int, second: int) -> str:
    if first > MONTHS and second > MONTHS:
        return ""
    if first > MONTHS:
        return "day_first_in"
    if second > MONTHS:
        return "month_first_in"
    return "either_way" if first != second else ""
