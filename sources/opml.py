"""Lists of feeds as OPML 2.0, which every reader of feeds writes and reads. Knows no database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import (
    Element,
    ParseError,
    SubElement,
    indent,
    register_namespace,
    tostring,
)

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError

from sources.importing import ImportFileError, Problem
from sources.importing.wording import plain
from sources.validators import LONGEST_NAME, MOST_MINUTES, feed_address

MAX_BYTES = 5 * 2**20
MAX_FEEDS = 20_000
# What OPML has no word for stands in attributes of a namespace of our own, as its version 2.0 allows.
NAMESPACE = "urn:plumbline:feeds"
_EVERY, _PUBLISHER, _PAUSED = (
    f"{{{NAMESPACE}}}{name}" for name in ("every-minutes", "publisher", "paused")
)


@dataclass(frozen=True)
class Outline:
    """One feed of a list."""

    url: str
    name: str = ""
    publisher: str = ""
    every_minutes: int = 15
    is_paused: bool = False
    row: int = 0


def read_opml(data: bytes) -> list[Outline | Problem]:
    """The feeds of a list, however deep they are nested; a Problem where one cannot be asked.

    They are numbered as they stand in the file. Raises ImportFileError for what is no such list.
    """
    if len(data) > MAX_BYTES:
        raise ImportFileError(f"The list is larger than {MAX_BYTES // 2**20} MB.")
    body = _root(data).find("body")
    feeds = [] if body is None else [one for one in body.iter("outline") if _address(one)]
    if not feeds:
        raise ImportFileError("No outline of this list has an address of a feed (xmlUrl).")
    if len(feeds) > MAX_FEEDS:
        raise ImportFileError(f"The list holds {len(feeds):,} feeds; {MAX_FEEDS:,} are read.")
    return [_outline(one, row) for row, one in enumerate(feeds, start=1)]


def write_opml(outlines: Iterable[Outline], *, title: str) -> bytes:
    """A list of feeds, those of one publisher under it, in the order in which they come."""
    register_namespace("plumbline", NAMESPACE)
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = title
    body = SubElement(root, "body")
    groups: dict[str, Element] = {}
    for one in outlines:
        if one.publisher not in groups:
            words = {"text": one.publisher, "title": one.publisher}
            groups[one.publisher] = SubElement(body, "outline", words)
        SubElement(groups[one.publisher], "outline", dict(_attributes(one)))
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _root(data: bytes) -> Element:
    try:
        root: Element = defusedxml.ElementTree.fromstring(data, forbid_external=True)
    except DefusedXmlException as error:
        raise ImportFileError(
            "The list declares entities of its own (an XML bomb?) and is not read."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise ImportFileError(f"This is no XML that can be read: {error}.") from error
    if root.tag != "opml":
        raise ImportFileError("This is XML but no OPML list of feeds.")
    return root


def _address(outline: Element) -> str:
    """Where the feed of an outline is; readers disagree on the capitals of the attribute."""
    return next((v for k, v in outline.attrib.items() if k.lower() == "xmlurl"), "").strip()


def _outline(outline: Element, row: int) -> Outline | Problem:
    address = _address(outline)
    name = plain(outline.get("title") or outline.get("text") or "", at_most=LONGEST_NAME)
    try:
        url = feed_address(address)
    except ValidationError as error:
        told = plain(f"{name or 'a feed'}: {address}", at_most=200)
        return Problem(row, "xmlUrl", f"{told} is left out. {' '.join(error.messages)}")
    return Outline(
        url=url,
        name=name,
        publisher=plain(outline.get(_PUBLISHER, ""), at_most=LONGEST_NAME),
        every_minutes=_minutes(outline.get(_EVERY, "")),
        is_paused=outline.get(_PAUSED) == "yes",
        row=row,
    )


def _minutes(text: str) -> int:
    """Minutes as written by us; the usual quarter of an hour for anything else."""
    is_number = text.isascii() and text.isdecimal() and len(text) < 7
    return int(text) if is_number and 1 <= int(text) <= MOST_MINUTES else Outline.every_minutes


def _attributes(one: Outline) -> Iterator[tuple[str, str]]:
    yield from (("type", "rss"), ("text", one.name), ("title", one.name), ("xmlUrl", one.url))
    yield from ((_PUBLISHER, one.publisher), (_EVERY, str(one.every_minutes)))
    if one.is_paused:
        yield _PAUSED, "yes"
