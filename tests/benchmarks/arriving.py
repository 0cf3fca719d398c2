"""From a file to stored events, in an empty database and beside a million documents of five days."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import psutil
from django.db import connection

from sources.importing import read_items
from sources.services import Received, receive_items
from tests.benchmarks.database import rolled_back
from tests.benchmarks.stream import written
from tests.benchmarks.table import heading, line, tell, times

DOCUMENTS = int(os.environ.get("DOCUMENTS", "1_000_000"))
SEEDS = 50_000
ARRIVING = 10_000
DAYS = 5
# Copies of what was gathered: other words in each, but common words have ever more reports behind them.
COPIES = """
INSERT INTO sources_document (id, origin, title, text, author, language, media_type, url, url_key, content_hash,
    captured_hash, published_at, captured_at, publisher_id, asked_url, headers)
SELECT id + copy * {span}, origin, title || ' ' || copy, text, author, language, media_type, url, url_key || '/' || copy,
    encode(sha256((content_hash || copy)::bytea), 'hex'), '', published_at, captured_at, publisher_id, asked_url, headers
FROM sources_document, generate_series(1, {copies}) AS copy;
INSERT INTO sources_event (id, title, summary, occurred_on, first_reported_at, language, report_count, created_at)
SELECT id + copy * {span}, title || ' ' || copy, summary, occurred_on, first_reported_at, language, report_count, created_at
FROM sources_event, generate_series(1, {copies}) AS copy WHERE merged_into_id IS NULL;
INSERT INTO sources_eventreport (id, event_id, document_id)
SELECT id + copy * {span}, event_id + copy * {span}, document_id + copy * {span}
FROM sources_eventreport, generate_series(1, {copies}) AS copy;
INSERT INTO sources_fingerprint (report_id, reported_at, source, wording, title_weight, length, stored_at)
SELECT report_id + copy * {span}, reported_at, source, wording, title_weight, length, stored_at
FROM sources_fingerprint, generate_series(1, {copies}) AS copy;
INSERT INTO sources_clue (clue, reported_at, report)
SELECT CASE WHEN clue BETWEEN -2147483648 AND 2147483647 THEN clue ELSE clue + copy END, reported_at, report + copy * {span}
FROM sources_clue, generate_series(1, {copies}) AS copy;
"""
NEXT = (
    "SELECT setval(pg_get_serial_sequence('sources_{table}', 'id'), max(id)) FROM sources_{table}"
)
TABLES = ("document", "event", "eventreport")


def run() -> bool:
    """Prints items a second and what memory grows by. True, whatever it takes.

    What it stores stays until the tables go: autovacuum's part can only be done on what is stored.
    """
    heading(f"{ARRIVING:,} items from a file to events")
    line("beside", "items/s", "to the first", "memory")
    with TemporaryDirectory() as folder:
        path = written(Path(folder) / "arriving.jsonl", ARRIVING, seed=1, days=1)
        with rolled_back():
            empty, memory = _received(path)
        line("nothing", f"{ARRIVING / empty:,.0f}", times(1), _megabytes(memory))
        start = perf_counter()
        _fill(Path(folder))
        tell(f"  filled in {perf_counter() - start:.0f} s")
        full, memory = _received(path)
        line(
            f"{DOCUMENTS:,} documents",
            f"{ARRIVING / full:,.0f}",
            times(full / empty),
            _megabytes(memory),
        )
    return True


def _received(path: Path) -> tuple[float, int]:
    """Seconds, and bytes by which the process grew."""
    process = psutil.Process()
    before, start = process.memory_info().rss, perf_counter()
    received = _receive(path)
    seconds = perf_counter() - start
    tell(f"  {received.stored:,} stored, {received.events:,} events, {received.joined:,} joined")
    return seconds, process.memory_info().rss - before


def _receive(path: Path) -> Received:
    with path.open("rb") as file:
        return receive_items(read_items(file, name=path.name), by=None)


def _fill(folder: Path) -> None:
    _receive(written(folder / "seeds.jsonl", min(SEEDS, DOCUMENTS), seed=2, days=DAYS))
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM sources_document")
        span = cursor.fetchone()[0] + 1
        cursor.execute(COPIES.format(span=span, copies=max(1, DOCUMENTS // SEEDS - 1)))
        for table in TABLES:
            cursor.execute(NEXT.format(table=table))
    _vacuum()


def _vacuum() -> None:
    """What autovacuum has done by the time that so much is stored."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _megabytes(size: int) -> str:
    return f"{size / 2**20:,.0f} MB"
