"""JSON Lines: one record per line; rows are counted as the lines of the file."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from sources.importing.lines import lines, readable
from sources.importing.types import Problem, Record


def records(stream: BinaryIO) -> Iterator[Record | Problem]:
    """The records of a JSON Lines file; blank lines are passed over."""
    for row, line in enumerate(lines(stream), start=1):
        if line and not line.isspace():
            yield _record(line, row)


def _record(line: str, row: int) -> Record | Problem:
    if not readable(line):
        return Problem(row, "", "is not UTF-8")
    try:
        record = json.loads(line.strip())
    except json.JSONDecodeError as error:
        return Problem(row, "", f"is not JSON: {error.msg} at character {error.colno}")
    except (ValueError, RecursionError):
        return Problem(row, "", "is not JSON we can read: a number too long, or nested too deep")
    if not isinstance(record, dict):
        return Problem(row, "", "is not a JSON object with a title and a date")
    return Record(row, record)
