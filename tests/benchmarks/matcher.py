"""The matcher alone, beside PostgreSQL's full text and, where it is installed, Tantivy.

`python -m tests.benchmarks matcher`; with MATCHER_CLAIMS=1000000 among more claims than usual. Ours
is ranked by as many processes as an install has workers; the library of matrices is held to one thread.
"""

import os
import random
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time

from django.db import connection

from claims.matching import Index, Item, Target
from claims.matching.evaluation import speed
from sources.vectors import common_words
from tests.benchmarks.table import heading, line, times
from tests.benchmarks.wording import DAY

CLAIMS = (10_000, 100_000)
EVENTS = 1024
# Exact scores and full text take long.
COMPARED = 32
WORDS_OF_A_CLAIM, WORDS_OF_AN_EVENT = 20, 40


def run() -> None:
    """Prints events a second, how far the nearest are the exact ones, and memory, for numbers of claims."""
    heading("Matcher: the twenty nearest claims of an event")
    line("claims", "events/s", "CPU per event", "of exact ones", "memory", "one more claim")
    for count in (int(one) for one in os.environ.get("MATCHER_CLAIMS", "").split() or CLAIMS):
        _measure(*_texts(count))


def _texts(count: int) -> tuple[list[str], list[str]]:
    """Claims and events of words drawn as often as a language has them; events take after some claim."""
    chance = random.Random(count)
    known = common_words()[:15_000]
    weights = [1 / (20 + place) for place in range(len(known))]
    drawn = chance.choices(known, weights, k=count * WORDS_OF_A_CLAIM)
    size = WORDS_OF_A_CLAIM
    claims = [" ".join(drawn[at * size : (at + 1) * size]) for at in range(count)]
    events = []
    for _ in range(EVENTS):
        taken = chance.sample(chance.choice(claims).split(), size // 2)
        events.append(" ".join([*taken, *chance.choices(known, weights, k=WORDS_OF_AN_EVENT - 10)]))
    return claims, events


def _measure(claims: list[str], events: list[str]) -> None:
    index = Index.build([Target(n, str(n), text) for n, text in enumerate(claims)])
    items = [Item(n, text[:80], text[80:], DAY) for n, text in enumerate(events)]
    found = index.nearest(items)  # the words are known from here on
    cpu = process_time()
    index.nearest(items)
    cpu = (process_time() - cpu) / len(items)
    memory = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    ours, processes = speed(index, items)
    exact = index.nearest(items[:COMPARED], every=True)
    added = perf_counter()
    index.add([Target(len(claims), "more", claims[0])])
    added = perf_counter() - added
    line(
        f"{len(claims):,}, {processes} processes",
        *(f"{ours:,}", f"{cpu * 1e6:,.0f} us", f"{_agreement(found, exact):.1%}"),
        *(f"{memory:,.0f} MB", f"{added * 1000:.0f} ms"),
    )
    _tell("PostgreSQL ts_rank", 1 / _full_text(claims, events[:COMPARED]), ours, 1 / cpu)
    tantivy = _tantivy(claims, events)
    _tell("Tantivy", 1 / tantivy if tantivy else None, ours, 1 / cpu)


def _tell(name: str, theirs: float | None, ours: float, one_core: float) -> None:
    """What another way does in a second, on one core, and how often ours does as much: on the same core, and on all."""
    if theirs is None:
        line(f"  {name}", "not here")
        return
    ratios = f"{times(one_core / theirs)} a core", f"{times(ours / theirs)} in all"
    line(f"  {name}, one core", f"{theirs:,.0f}", *ratios)


def _agreement(found: list[list[tuple[int, float]]], exact: list[list[tuple[int, float]]]) -> float:
    """The share of what was found that scores as high as the last of the exact ones."""
    shares = [
        sum(score >= best[-1][1] - 1e-6 for _, score in near) / len(best)
        for near, best in zip(found, exact, strict=False)
    ]
    return sum(shares) / len(shares)


def _full_text(claims: list[str], events: list[str]) -> float:
    """Seconds that full text takes for the twenty best of an event, any word of it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench (id int, words tsvector)")
        cursor.executemany(
            "INSERT INTO bench VALUES (%s, to_tsvector('english', %s))", list(enumerate(claims))
        )
        cursor.execute("CREATE INDEX ON bench USING gin (words)")
        cursor.execute("ANALYZE bench")
        start_time = perf_counter()
        for event in events:
            query = " | ".join(dict.fromkeys(event.split()))
            cursor.execute(
                "SELECT id FROM bench, to_tsquery('english', %s) query WHERE words @@ query"
                " ORDER BY ts_rank(words, query) DESC LIMIT 20",
                [query],
            )
            cursor.fetchall()
        seconds = (perf_counter() - start_time) / len(events)
        cursor.execute("DROP TABLE bench")
    return seconds


def _tantivy(claims: list[str], events: list[str]) -> float | None:
    """Seconds that Tantivy takes for the twenty best of an event; None where it is not installed."""
    try:
        import tantivy  # noqa: PLC0415
    except ImportError:
        return None
    schema = tantivy.SchemaBuilder().add_text_field("body", tokenizer_name="en_stem").build()
    index = tantivy.Index(schema)
    writer = index.writer()
    for text in claims:
        writer.add_document(tantivy.Document(body=text))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    start = process_time()
    for event in events:
        searcher.search(index.parse_query(event, ["body"]), 20)
    return (process_time() - start) / len(events)
