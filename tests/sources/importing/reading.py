"""Short ways to read a few bytes as an import file."""

import io
import json
from datetime import UTC, datetime

from sources.importing import Item, Problem, read_items

NOW = datetime(2023, 3, 21, 12, tzinfo=UTC)
DAY = datetime(2023, 3, 20, tzinfo=UTC)


def read(data: bytes | str, name: str = "events", **options: str) -> list[Item | Problem]:
    """Everything a file of these bytes yields, as if it were read on 21 March 2023."""
    data = data.encode() if isinstance(data, str) else data
    return list(read_items(io.BytesIO(data), name=name, at=NOW, **options))


def read_record(**fields: object) -> Item | Problem:
    """What one record of JSON Lines yields; a good title and date stand in where none is given."""
    record = {"title": "A title", "date": "2023-03-20", **fields}
    (only,) = read(json.dumps(record), format="jsonl")
    return only
