"""Whole days of real news, where the folder of public data lies beside the repository."""

from pathlib import Path

from sources.importing import Item, read_items

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "news"
DAYS = ("2022-09-15", "2023-03-20")
NONE = "skipped: needs ../shared, the folder of public data beside the repository"


def day_of_news(day: str) -> list[Item] | None:
    """The items of a day of DAYS; None without the folder."""
    path = FOLDER / f"full_day_{day}.jsonl.gz"
    if not path.exists():
        return None
    with path.open("rb") as file:
        return [one for one in read_items(file, name=path.name) if isinstance(one, Item)]
