"""Pushing a day of news over the API: in batches of a thousand, then the same once more."""

from time import perf_counter

from tests.benchmarks.news import DAYS, NONE, day_of_news
from tests.benchmarks.table import heading, line, tell

BATCH = 1000
ITEMS = 10_000


def run() -> bool | None:
    """Tells how many items a second are stored, and how many are found known."""
    from accounts.models import User  # noqa: PLC0415
    from accounts.roles import Role  # noqa: PLC0415
    from tests.scripts import Script  # noqa: PLC0415

    heading("A day of news pushed over the API, in batches of 1,000")
    day = day_of_news(DAYS[-1])
    if day is None:
        tell(NONE)
        return None
    script = Script(User.objects.create(username="pusher", roles=[Role.ANALYST]))
    items = [
        {
            "key": str(n),
            "title": one.title,
            "summary": one.summary,
            "url": one.url,
            "publisher": one.publisher,
            "published_at": one.published_at.isoformat(),
        }
        for n, one in enumerate(day[:ITEMS])
    ]
    for words in ("new", "known"):
        start = perf_counter()
        counts = [
            script.post("events/batch/", {"items": items[begin : begin + BATCH]}).json()["counts"]
            for begin in range(0, len(items), BATCH)
        ]
        seconds = perf_counter() - start
        told = {status: sum(one[status] for one in counts) for status in counts[0]}
        stored = sum(told[status] for status in ("created", "joined", "updated"))
        line(words, f"{len(items) / seconds:,.0f} items/s", f"{stored:,} stored")
    return None
