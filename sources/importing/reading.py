"""One door for import files: unpacks, tells the format, and streams what the file holds."""

import gzip
import io
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import PurePath
from typing import BinaryIO, cast

from sources.importing import csv_rows, feeds, json_documents, jsonl
from sources.importing.types import FeedError, ImportFileError, Item, Problem

FORMATS = ("jsonl", "csv", "json", "feed")
MAX_WHOLE_BYTES = 100 * 2**20
_PEEK = 64 * 1024
_BY_SUFFIX = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".json": "json",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
}


class _Rejoined(io.RawIOBase):
    """A stream with the bytes we peeked at put back in front; it asks no seeking of anyone."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        head, self._head = self._head, b""
        if size < 0:
            return head + self._stream.read()
        if head:
            self._head = head[size:]
            return head[:size]
        return self._stream.read(size)


def read_items(
    stream: BinaryIO,
    *,
    name: str,
    format: str = "",  # noqa: A002 - the word people use
    at: datetime | None = None,
) -> Iterator[Item | Problem]:
    """What a file holds, row by row: an Item, or the Problem that left the row out.

    `format` is one of FORMATS, or "" to tell it from name and content; gzip is seen through.
    `at` is now. Raises ImportFileError, while reading, for a file that cannot be read at all.
    """
    at = at or datetime.now(UTC)
    try:
        head, stream = _peeked(stream)
        if head.startswith(b"\x1f\x8b"):
            head, stream = _peeked(cast("BinaryIO", gzip.GzipFile(fileobj=stream)))
        _refuse_binary(head, name)
        yield from _items(stream, name, format or _guessed(head, name), at)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ImportFileError(f"{name} is a broken gzip file.") from error


def _peeked(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    head = stream.read(_PEEK)
    return head, cast("BinaryIO", _Rejoined(head, stream))


def _refuse_binary(head: bytes, name: str) -> None:
    if not head.strip():
        raise ImportFileError(f"{name} is empty.")
    if head.startswith(b"PK\x03\x04"):
        raise ImportFileError(f"{name} is an archive or an Excel file: save the sheet as CSV.")
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ImportFileError(f"{name} is a binary file; {', '.join(FORMATS)} are read.")


def _guessed(head: bytes, name: str) -> str:
    """The format: the content decides where the name says nothing or cannot be right."""
    text = head.decode(
        "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace"
    )
    text = text.lstrip("\ufeff \t\r\n")
    suffix = PurePath(name.lower().removesuffix(".gz")).suffix
    first_line = text.partition("\n")[0].strip()
    if text.startswith("<"):
        return "feed"
    if first_line.startswith("{") and first_line.endswith("}") and suffix != ".json":
        return "jsonl"
    if first_line in {"{", "["} or (text.startswith(("{", "[")) and suffix not in _BY_SUFFIX):
        return "json"
    return _BY_SUFFIX.get(suffix, "csv")


def _items(stream: BinaryIO, name: str, kind: str, at: datetime) -> Iterator[Item | Problem]:
    if kind == "jsonl":
        return jsonl.items(stream, at=at)
    if kind == "csv":
        return csv_rows.items(stream, name=name, at=at)
    if kind == "json":
        return json_documents.items(_whole(stream, name), name=name, at=at)
    if kind == "feed":
        return _feed(_whole(stream, name), name, at)
    raise ImportFileError(f"{kind} is not a format we read; {', '.join(FORMATS)} are.")


def _feed(data: bytes, name: str, at: datetime) -> Iterator[Item | Problem]:
    try:
        feed = feeds.parse_feed(data, at=at)
    except FeedError as error:
        raise ImportFileError(f"{name}: {error}") from error
    rows: list[Item | Problem] = [*feed.items, *feed.problems]
    return iter(sorted(rows, key=attrgetter("row")))


def _whole(stream: BinaryIO, name: str) -> bytes:
    data = bytearray()
    while len(data) <= MAX_WHOLE_BYTES and (chunk := stream.read(_PEEK)):
        data += chunk
    if len(data) > MAX_WHOLE_BYTES:
        raise ImportFileError(
            f"{name} is larger than {MAX_WHOLE_BYTES // 2**20} MB; save it as JSON Lines or CSV."
        )
    return bytes(data)
