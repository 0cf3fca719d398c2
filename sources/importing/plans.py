"""Plans as people say them and as they are kept: which column holds what, and how dates are read."""

from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from sources.importing.records import FIELDS, NEEDED, Plan

# What people call the fields.
LABELS = {
    "title": "Title",
    "published": "Published",
    "summary": "Text",
    "url": "Address",
    "publisher": "Publisher",
    "language": "Language",
    "occurred": "Happened on",
    "author": "Author",
    "id": "Identifier",
}


def kept(
    columns: dict[str, str],
    *,
    day_first: bool | None = None,
    zone: str = "UTC",
    namespace: str = "",
) -> dict[str, Any]:
    """A plan as JSON holds it. Raises ValueError, in words, for what cannot be one."""
    if unknown := [field for field in columns if field not in FIELDS]:
        raise ValueError(f"{unknown[0]} is no field of an event; {', '.join(FIELDS)} are.")
    if lacking := [LABELS[field] for field in NEEDED if not columns.get(field)]:
        raise ValueError(f"Choose the column of: {', '.join(lacking)}.")
    return {
        "columns": {field: column for field, column in columns.items() if column},
        "day_first": day_first,
        "zone": zone,
        "namespace": namespace,
    }


def plan_of(said: dict[str, Any]) -> Plan:
    """The plan that JSON holds."""
    return Plan(
        {field: [column] for field, column in said["columns"].items()},
        day_first=said["day_first"],
        zone=UTC if said["zone"] == "UTC" else ZoneInfo(said["zone"]),
        namespace=said["namespace"],
    )
