"""What kind of file it is, told by its content where its name says nothing or cannot be right."""

import re
from pathlib import PurePath

from sources.importing.gdelt import LAYOUTS
from sources.importing.unpacking import ZIP

# Tables and lists whose fields have names, and the files of providers whose columns have none.
RECORDS = ("jsonl", "csv", "json", "xlsx")
CODED = ("gdelt", "mentions", "gkg")
FORMATS = (*RECORDS, "feed", *CODED)
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
_PARTS = {".gkg.": "gkg", ".mentions.": "mentions", ".export.": "gdelt"}
_DAY, _MOMENT = re.compile(r"\d{8}"), re.compile(r"\d{14}")


def kind_of(head: bytes, name: str) -> str:
    """One of FORMATS, by the first bytes of a file."""
    if head.startswith(ZIP):
        return "xlsx"
    text = head.decode(
        "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace"
    )
    text = text.lstrip("\ufeff \t\r\n")
    first_line = text.partition("\n")[0].strip("\r ")
    return (
        _coded(first_line)
        or _named(first_line, name.lower())
        or _written(text, first_line.strip(), PurePath(name.lower()).suffix)
    )


def _coded(line: str) -> str:
    """Which of GDELT's tables a line is of; "" for none."""
    cells = line.split("\t")
    count = len(cells)
    if cells[0].upper() == "GLOBALEVENTID":
        return "mentions" if count in {14, 16} else "gdelt"
    if (cells[0].upper(), count) in {("DATE", 11), ("GKGRECORDID", 27)}:
        return "gkg"
    if count in LAYOUTS and cells[0].isdigit() and _DAY.fullmatch(cells[1]):
        return "gdelt"
    if count in {14, 16} and _MOMENT.fullmatch(cells[1]) and _MOMENT.fullmatch(cells[2]):
        return "mentions"
    if count == 27 and _MOMENT.fullmatch(cells[1]):
        return "gkg"
    return "gkg" if count == 11 and _DAY.fullmatch(cells[0]) and cells[1].isdigit() else ""


def _named(line: str, name: str) -> str:
    """What GDELT calls its files, where a first line is broken or goes on beyond what was looked at."""
    if line.count("\t") < 5 or not line[:1].isdigit():
        return ""
    return next((kind for part, kind in _PARTS.items() if part in name), "")


def _written(text: str, first_line: str, suffix: str) -> str:
    if text.startswith("<"):
        return "feed"
    if first_line.startswith("{") and first_line.endswith("}") and suffix != ".json":
        return "jsonl"
    if first_line in {"{", "["} or (text.startswith(("{", "[")) and suffix not in _BY_SUFFIX):
        return "json"
    return _BY_SUFFIX.get(suffix, "csv")
