"""GDELT's knowledge graph, versions 1 and 2: a row is a document, and who and where is in it."""

import html
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

COLUMNS_1, COLUMNS_2 = 11, 27
MAX_PAGES = 100
_NAMES = 12
_NAME = 300
_UDIV = "<UDIV>"
# A cell may hold far more names than are listed.
_LOOKED_AT = 200
_EXTRAS = ("PAGE_TITLE", "PAGE_AUTHORS", "PAGE_PRECISEPUBTIMESTAMP")


def items(stream: BinaryIO, *, at: datetime) -> Iterator[Item | Problem]:
    """The documents of a graph file; a row of version 1 may name several with the same names in them."""
    for row, line in enumerate(lines(stream), start=1):
        cells = line.rstrip("\r\n").split("\t")
        if cells[0].upper() in {"DATE", "GKGRECORDID"} or not line.strip():
            continue
        if len(cells) == COLUMNS_2:
            yield _second(cells, row, at)
        elif len(cells) == COLUMNS_1:
            yield from _first(cells, row, at)
        else:
            yield Problem(row, "", f"has {len(cells)} columns where GDELT's graph has 11 or 27")


def _second(cells: list[str], row: int, at: datetime) -> Item | Problem:
    said = {name: _extra(cells[26], name) for name in _EXTRAS}
    url, named = web_address(cells[4]), plain(cells[4], at_most=MAX_TITLE)
    title = plain(html.unescape(said["PAGE_TITLE"]), at_most=MAX_TITLE)
    title = title or headline(url) or named.partition("://")[2] or named
    if not title:
        return Problem(row, "DocumentIdentifier", "is missing")
    try:
        published_at = moment(said["PAGE_PRECISEPUBTIMESTAMP"] or cells[1], at=at)
    except DateError as error:
        return Problem(row, "DATE", str(error))
    return Item(
        row=row,
        title=title,
        summary=_summary(cells[11], cells[13], cells[9]),
        published_at=published_at,
        url=url,
        publisher=plain(cells[3], at_most=_NAME) or host(url),
        language=language_of(cells[25]),
        author=plain(html.unescape(said["PAGE_AUTHORS"]).replace(";", ", "), at_most=_NAME),
        external_id=f"gkg:{plain(cells[0], at_most=100)}",
    )


def _first(cells: list[str], row: int, at: datetime) -> Iterator[Item | Problem]:
    try:
        published_at = moment(cells[0], at=at)
    except DateError as error:
        yield Problem(row, "DATE", str(error))
        return
    pages = [url for part in cells[10].split(_UDIV) if (url := web_address(part))]
    if not pages:
        yield Problem(row, "SOURCEURLS", "names no page")
    for url in pages[:MAX_PAGES]:
        yield Item(
            row=row,
            title=headline(url) or url.partition("://")[2][:MAX_TITLE],
            summary=_summary(cells[5], cells[6], cells[4]),
            published_at=published_at,
            url=url,
            publisher=host(url),
        )


def _summary(people: str, organisations: str, places: str) -> str:
    named = {
        "People": _listed(people.split(";", _LOOKED_AT)),
        "Organisations": _listed(organisations.split(";", _LOOKED_AT)),
        # A place is kind, name, country and more, parted by number signs.
        "Places": _listed(
            [place.partition("#")[2].partition("#")[0] for place in places.split(";", _LOOKED_AT)]
        ),
    }
    return " ".join(f"{what}: {names}." for what, names in named.items() if names)


def _listed(names: list[str]) -> str:
    cleaned = (plain(name.title() if name.islower() else name, at_most=100) for name in names)
    return ", ".join(list(dict.fromkeys(name for name in cleaned if name))[:_NAMES])


def _extra(extras: str, name: str) -> str:
    _, _, after = extras.partition(f"<{name}>")
    inner, closed, _ = after.partition(f"</{name}>")
    return inner if closed else ""
