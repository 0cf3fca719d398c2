"""GDELT's mentions: which page spoke of which event, by number. Only the page itself is news to us."""

from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from sources.importing.dates import DateError, moment
from sources.importing.gdelt_languages import language_of
from sources.importing.lines import lines
from sources.importing.records import web_address
from sources.importing.slugs import headline, host
from sources.importing.types import MAX_TITLE, Item, Problem
from sources.importing.wording import plain

COLUMNS = 16
PAGES_HELD = 20_000
_NAME = 300


def items(stream: BinaryIO, *, at: datetime) -> Iterator[Item | Problem]:
    """One item for each page that mentions events, from its first row."""
    seen: OrderedDict[str, None] = OrderedDict()
    for row, line in enumerate(lines(stream), start=1):
        cells = line.rstrip("\r\n").split("\t")
        if cells[0].upper() == "GLOBALEVENTID" or not line.strip():
            continue
        if len(cells) not in {COLUMNS, COLUMNS - 2}:
            yield Problem(row, "", f"has {len(cells)} columns where mentions have {COLUMNS}")
        elif cells[5] not in seen:
            if len(seen) >= PAGES_HELD:
                seen.popitem(last=False)
            seen[cells[5]] = None
            yield _item(cells, row, at)


def _item(cells: list[str], row: int, at: datetime) -> Item | Problem:
    url = web_address(cells[5])
    named = plain(cells[5], at_most=MAX_TITLE)
    if not named:
        return Problem(row, "MentionIdentifier", "is missing")
    try:
        published_at = moment(cells[2], at=at)
    except DateError as error:
        return Problem(row, "MentionTimeDate", str(error))
    return Item(
        row=row,
        # Broadcasts and print come with a citation in place of an address.
        title=headline(url) or named.partition("://")[2] or named,
        summary="",
        published_at=published_at,
        url=url,
        publisher=plain(cells[4], at_most=_NAME) or host(url),
        language=language_of(cells[14] if len(cells) > 14 else ""),
        external_id=f"gdelt-mention:{plain(cells[0], at_most=20)}:{named}"[:2000],
    )
