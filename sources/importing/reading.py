"""One door for import files: unpacks, tells the format, and streams what the file holds."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from operator import attrgetter
from typing import BinaryIO

from sources.importing import (
    acled,
    csv_rows,
    feeds,
    gdelt,
    gdelt_mentions,
    gkg,
    json_documents,
    jsonl,
    xlsx_rows,
)
from sources.importing.acled import Withdrawal
from sources.importing.kinds import FORMATS, RECORDS, kind_of
from sources.importing.makers import made, provider_of
from sources.importing.records import Plan
from sources.importing.refusing import refuse_what_is_no_text
from sources.importing.types import FeedError, ImportFileError, Item, Problem, Record
from sources.importing.unpacking import PEEK, unpacked

MAX_WHOLE_BYTES = 100 * 2**20


def read_items(
    stream: BinaryIO,
    *,
    name: str,
    format: str = "",  # noqa: A002 - the word people use
    plan: Plan | None = None,
    at: datetime | None = None,
    skip: int = 0,
) -> Iterator[Item | Problem]:
    """What a file holds, row by row: an Item, or the Problem that left the row out.

    `format` is one of FORMATS, or "" to tell it from name and content; gzip and zip are seen
    through. `plan` says which column holds what. `at` is now. So many of what it would yield
    first are skipped, at a fraction of the cost where columns have names. Raises ImportFileError, while
    reading, for a file that cannot be read at all.
    """
    at = at or datetime.now(UTC)
    with unpacked(stream, name) as (head, inner, inner_name):
        refuse_what_is_no_text(head, name)
        kind = format or kind_of(head, inner_name)
        if kind in RECORDS:
            header = kind in {"csv", "xlsx"}
            records = _records(inner, name, kind)
            yield from made(records, name=name, at=at, plan=plan, header=header, skip=skip)
        else:
            yield from islice(_items(inner, name, kind, at), skip, None)


def read_records(
    stream: BinaryIO,
    *,
    name: str,
    format: str = "",  # noqa: A002 - the word people use
) -> Iterator[Record | Problem]:
    """The rows of a table or the objects of a list, before anything is made of them; nothing where
    columns have no names.

    Raises ImportFileError like `read_items`.
    """
    with unpacked(stream, name) as (head, inner, inner_name):
        refuse_what_is_no_text(head, name)
        kind = format or kind_of(head, inner_name)
        if kind in RECORDS:
            yield from _records(inner, name, kind)


def read_withdrawals(
    stream: BinaryIO, *, name: str, at: datetime | None = None
) -> Iterator[Withdrawal | Problem]:
    """What a provider's list of deleted events takes back; at present ACLED publishes one.

    Raises ImportFileError for any other file.
    """
    at = at or datetime.now(UTC)
    for record in read_records(stream, name=name):
        if isinstance(record, Problem):
            yield record
        elif provider_of(list(record.fields)) != "acled-deleted":
            raise ImportFileError(f"{name} is no list of deleted events of ACLED.")
        else:
            yield acled.withdrawal(record.fields, record.row, at=at)


def told_kind(stream: BinaryIO, *, name: str) -> str:
    """Which of FORMATS a file is. Raises ImportFileError for what is none."""
    with unpacked(stream, name) as (head, _, inner_name):
        refuse_what_is_no_text(head, name)
        return kind_of(head, inner_name)


def _items(stream: BinaryIO, name: str, kind: str, at: datetime) -> Iterator[Item | Problem]:
    if kind == "feed":
        return _feed(_whole(stream, name), name, at)
    if kind == "gdelt":
        return gdelt.items(stream, at=at)
    if kind == "mentions":
        return gdelt_mentions.items(stream, at=at)
    if kind == "gkg":
        return gkg.items(stream, at=at)
    raise ImportFileError(f"{kind} is not a format we read; {', '.join(FORMATS)} are.")


def _records(stream: BinaryIO, name: str, kind: str) -> Iterator[Record | Problem]:
    if kind == "jsonl":
        return jsonl.records(stream)
    if kind == "csv":
        return csv_rows.records(stream, name=name)
    if kind == "json":
        return json_documents.records(_whole(stream, name), name=name)
    return xlsx_rows.records(_whole(stream, name), name=name)


def _feed(data: bytes, name: str, at: datetime) -> Iterator[Item | Problem]:
    try:
        feed = feeds.parse_feed(data, at=at)
    except FeedError as error:
        raise ImportFileError(f"{name}: {error}") from error
    rows: list[Item | Problem] = [*feed.items, *feed.problems]
    return iter(sorted(rows, key=attrgetter("row")))


def _whole(stream: BinaryIO, name: str) -> bytes:
    data = bytearray()
    while len(data) <= MAX_WHOLE_BYTES and (chunk := stream.read(PEEK)):
        data += chunk
    if len(data) > MAX_WHOLE_BYTES:
        raise ImportFileError(
            f"{name} is larger than {MAX_WHOLE_BYTES // 2**20} MB; save it as JSON Lines or CSV."
        )
    return bytes(data)
