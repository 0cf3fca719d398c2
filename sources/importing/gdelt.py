"""GDELT's events: rows of who did what to whom, each with the page it was read in.

Rows of one page are codings of one document, which carries them all. Versions 1 and 2 differ in the
number of columns; files from before April 2013 name no page.
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO

from sources.importing import cameo
from sources.importing.dates import DateError, moment
from sources.importing.lines import lines
from sources.importing.records import web_address
from sources.importing.slugs import headline, host
from sources.importing.types import MAX_SUMMARY, Item, Problem
from sources.importing.wording import plain

# By number of columns: where the place of the action is named, when GDELT added the row, the page.
LAYOUTS = {57: (50, 56, None), 58: (50, 56, 57), 61: (52, 59, 60)}
# Rows of one page lie near each other; so many pages are held back to gather them.
PAGES_HELD = 20_000
MAX_CODINGS = 20
_NAME = 300


@dataclass(slots=True)
class Coding:
    """One row: a deed, when and where, and how much it was made of."""

    row: int
    number: str
    words: str
    day: date
    added_at: datetime
    url: str
    weight: tuple[int, int]


@dataclass(slots=True)
class Page:
    """The codings of one page, as they come."""

    codings: list[Coding] = field(default_factory=list)
    left_out: int = 0

    def add(self, coding: Coding) -> None:
        """Keeps the first codings and counts the others."""
        if len(self.codings) < MAX_CODINGS:
            self.codings.append(coding)
        else:
            self.left_out += 1


def items(stream: BinaryIO, *, at: datetime) -> Iterator[Item | Problem]:
    """One item for each page that a file of events names, and for each row that names none."""
    pages: OrderedDict[str, Page] = OrderedDict()
    for row, line in enumerate(lines(stream), start=1):
        cells = line.rstrip("\r\n").split("\t")
        if cells[0].upper() == "GLOBALEVENTID" or not line.strip():
            continue
        coding = _coding(cells, row, at)
        if isinstance(coding, Problem):
            yield coding
            continue
        key = coding.url or f"row {row}"
        if key not in pages and len(pages) >= PAGES_HELD:
            yield _item(pages.popitem(last=False)[1])
        pages.setdefault(key, Page()).add(coding)
        if not coding.url:
            yield _item(pages.pop(key))
    yield from map(_item, pages.values())


def _coding(cells: list[str], row: int, at: datetime) -> Coding | Problem:
    layout = LAYOUTS.get(len(cells))
    if layout is None:
        return Problem(row, "", f"has {len(cells)} columns where GDELT's events have 57, 58 or 61")
    if not (cells[0].isascii() and cells[0].isdigit()):
        return Problem(row, "GLOBALEVENTID", "is not a number")
    place, added, page = layout
    url = web_address(cells[page]) if page else ""
    try:
        day = moment(cells[1], at=at).date()
        # Without a page the news itself is as old as the event, whenever GDELT read it.
        added_at = moment(cells[added] if page else cells[1], at=at)
    except DateError as error:
        return Problem(row, "SQLDATE or DATEADDED", str(error))
    return Coding(
        row=row,
        number=cells[0],
        words=_words(cells, cells[place]),
        day=day,
        added_at=added_at,
        url=url,
        weight=(int(cells[25] == "1"), _count(cells[31])),
    )


def _words(cells: list[str], place: str) -> str:
    first = cameo.actor(_named(cells[6]), cells[12])
    second = cameo.actor(_named(cells[16]), cells[22])
    return cameo.sentence(first, cells[28], second, _named(place).partition(",")[0])


def _named(cell: str) -> str:
    return plain(cell, at_most=_NAME)


def _count(cell: str) -> int:
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 10 else 0


def _item(page: Page) -> Item:
    """A page under the headline that its address spells, or else under its chief deed."""
    # The deed that the page is about comes first; among such the one most spoken of.
    codings = sorted(page.codings, key=lambda one: one.weight, reverse=True)
    chief = codings[0]
    said = list(dict.fromkeys(f"{one.words} ({one.day.isoformat()})" for one in codings))
    more = f" And {page.left_out} deeds more." if page.left_out else ""
    first = page.codings[0]
    return Item(
        row=first.row,
        # With its day: the same deed of another day is another story.
        title=headline(first.url) or said[0],
        summary=f"Coded by GDELT: {'. '.join(said)}.{more}"[:MAX_SUMMARY],
        published_at=first.added_at,
        url=first.url,
        publisher=host(first.url) or "GDELT",
        occurred_on=chief.day,
        external_id=f"gdelt:{first.number}",
    )
