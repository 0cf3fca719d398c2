"""Small rows of coded events, of our own making, in the columns of their providers."""

from typing import Any

GDELT_2 = 61
GDELT_1 = 58


def gdelt_row(columns: int = GDELT_2, **cells: Any) -> str:
    """A line of GDELT's events: Russia's government consults with China in Moscow on 20 March 2023."""
    place, added, url = (52, 59, 60) if columns == GDELT_2 else (50, 56, 57)
    row = [""] * columns
    named = {"number": 0, "day": 1, "actor": 6, "role": 12, "target": 16, "root": 28}
    given = {
        "number": "1091",
        "day": "20230320",
        "actor": "RUSSIA",
        "role": "GOV",
        "target": "CHINA",
        "root": "04",
        **cells,
    }
    for name, column in named.items():
        row[column] = given[name]
    row[25], row[31] = given.get("is_root", "1"), given.get("mentions", "4")
    row[place] = given.get("place", "Moscow, Moskva, Russia")
    row[added] = given.get("added", "20230320141500" if columns == GDELT_2 else "20230320")
    if columns > 57:
        row[url] = given.get("url", "https://www.wire.example/2023/03/20/a1")
    return "\t".join(row)


def mention_row(**cells: str) -> str:
    """A line of GDELT's mentions."""
    named = {
        "number": "1091",
        "event_at": "20230320141500",
        "at": "20230320143000",
        "type": "1",
        "source": "wire.example",
        "page": "https://www.wire.example/world/ministers-meet-in-the-old-harbour",
        **cells,
    }
    row = [*(named[name] for name in ("number", "event_at", "at", "type", "source", "page"))]
    return "\t".join([*row, *[""] * 8, named.get("translation", ""), ""])


def graph_row(**cells: str) -> str:
    """A line of GDELT's knowledge graph, version 2."""
    row = [""] * 27
    row[0], row[1] = "20230320143000-7", "20230320143000"
    row[3] = "wire.example"
    row[4] = cells.get("page", "https://wire.example/story/8231")
    row[9] = "4#Moscow, Moskva, Russia#RS#RS48#55.75#37.6#-2960561;1#China#CH#CH#35#105#CH"
    row[11], row[13] = cells.get("people", "ada example;bo example"), "port authority"
    row[25], row[26] = cells.get("translation", ""), cells.get("extras", "")
    return "\t".join(row)


ACLED_COLUMNS = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,"
    "admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,"
    "tags,timestamp"
)


def acled_row(**cells: str) -> str:
    """A line of ACLED's export."""
    given = {
        "event_id_cnty": "OMR17",
        "event_date": "2023-03-18",
        "event_type": "Protests",
        "sub_event_type": "Peaceful protest",
        "actor1": "Protesters (Omar)",
        "country": "Omar",
        "location": "Old Harbour",
        "source": "Port Review; Omar Daily",
        "source_scale": "National",
        "notes": "On 18 March dockers stood before the gate.",
        "fatalities": "0",
        "timestamp": "1679306400",
        **cells,
    }
    return ",".join(f'"{given.get(name, "")}"' for name in ACLED_COLUMNS.split(","))
