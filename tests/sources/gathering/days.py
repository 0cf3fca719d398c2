"""Sets of news that people sorted into events: `python -m tests.sources.gathering.days SET FILE`."""

import gzip
import json
import sys
from pathlib import Path
from typing import Any

LABELS = Path(__file__).parent / "labels"
NEWS = Path(__file__).resolve().parents[4] / "shared" / "data" / "news"
TOPIC = "russia_china_to_2023-06.jsonl"
FILES = {
    "a": "full_day_2022-09-15.jsonl.gz",
    "b": "full_day_2023-03-20.jsonl.gz",
    "c": TOPIC,
    "c-second": TOPIC,
}


def labelled_lines(name: str, *, news: Path = NEWS) -> list[bytes]:
    """The lines that `manage.py evaluate duplicates` reads, of a set of FILES."""
    groups = _groups(name)
    return [_line(place, row, groups.get(place)) for place, row in _rows(FILES[name], news).items()]


def _groups(name: str) -> dict[int, int]:
    lines = (LABELS / f"{name}.txt").read_text().splitlines()
    return {int(place): group for group, line in enumerate(lines) for place in line.split()}


def _rows(file: str, news: Path) -> dict[int, dict[str, Any]]:
    """The rows that people looked at, by their place in the file."""
    opened = gzip.open if file.endswith(".gz") else open
    with opened(news / file, "rb") as lines:
        rows = [json.loads(line) for line in lines]
    first: dict[tuple[str, ...], int] = {}
    for place, row in enumerate(rows):
        if file != TOPIC or _in_topic(row["day"]):
            first.setdefault((row["title"], row["description"], row["link"]), place)
    return {place: rows[place] for place in first.values()}


def _in_topic(day: str) -> bool:
    return day[:7] in {"2023-02", "2023-03"} and day != "2023-03-20"


def _line(place: int, row: dict[str, Any], group: int | None) -> bytes:
    report = {
        "id": place,
        "title": row["title"],
        "text": row["description"],
        "date": row["date_published"],
        "source": row["source"],
        "group": group,
    }
    return json.dumps(report).encode() + b"\n"


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(b"".join(labelled_lines(sys.argv[1])))
