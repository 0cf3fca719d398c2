"""Run as a process of its own, held to memory and time: reads every hostile file, prints what came.

Arguments: the folder of shared data. Prints one line of JSON.
"""

import json
import resource
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

MEMORY = 700 * 2**20
SECONDS = 60


def main(data: Path) -> None:
    """Counts by folder: files read, refused in words, and their entries."""
    from sources.importing import FeedError, parse_feed  # noqa: PLC0415 - counted before

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    now = datetime.now(UTC)
    counts: dict[str, Counter[str]] = {}
    for path in sorted((data / "feeds/feedparser/tests").rglob("*.*")):
        counted = counts.setdefault(path.relative_to(data).parts[3], Counter())
        try:
            feed = parse_feed(path.read_bytes(), at=now, undated=now)
        except FeedError as error:
            counted["refused" if str(error) else "refused without a word"] += 1
        else:
            counted["read"] += 1
            counted["items"] += len(feed.items)
            counted["problems"] += len(feed.problems)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    sys.stdout.write(json.dumps({"counts": counts, "grown_mb": grown // 1024}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
