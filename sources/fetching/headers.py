"""What of an answer's headers is worth keeping, cut to a bounded size."""

import re
from collections.abc import Mapping

KEPT = (
    "ETag",
    "Last-Modified",
    "Content-Type",
    "Date",
    "Content-Language",
    "Cache-Control",
    "Link",
    "Memento-Datetime",
    "Retry-After",
)
LONGEST = 500
# Of the links only those that say where else the same page stands.
_KEPT_LINK = re.compile(
    r"rel\s*=\s*\"?[^\";]*\b(?:canonical|original|memento|timegate|timemap|latest-version)\b",
    re.IGNORECASE,
)
_BETWEEN_LINKS = re.compile(r",(?=\s*<)")


def kept(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers worth keeping by their usual names, each on one line and cut."""
    found = {name: _line(headers.get(name, "")) for name in KEPT}
    found["Link"] = _links(found["Link"])
    return {name: value[:LONGEST] for name, value in found.items() if value}


def _line(value: str) -> str:
    return "".join(one for one in value if one.isprintable()).strip()


def _links(value: str) -> str:
    links = _BETWEEN_LINKS.split(value[: LONGEST * 10])
    return ", ".join(link.strip() for link in links if _KEPT_LINK.search(link))
