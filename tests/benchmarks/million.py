"""The ledger with a million claims: how long its lists take, and how many queries.

It takes a minute to fill. Alone: `python -m tests.benchmarks million`.
"""

import gc
import os
from datetime import date
from statistics import quantiles
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from claims.models import Claim
from tests.benchmarks.database import analyse, rolled_back
from tests.benchmarks.ledger import add_claims
from tests.benchmarks.table import heading, line, milliseconds, tell
from tests.factories.accounts import UserFactory

CLAIMS = int(os.environ.get("CLAIMS", "1_000_000"))
TIMES = 41
# Copies of a thousand claims: other words, other claimants, a tenth of them drafts.
COPY = """
INSERT INTO claims_claim ({columns})
SELECT {values} FROM claims_claim, generate_series(2, {copies}) AS copy WHERE id <= {last}
"""
PAGES = {
    "list": "/claims/",
    "list, page 100": "/claims/?page=100",
    "all tabs": "/claims/?tab=all",
    "drafts": "/claims/?tab=drafts",
    "search, rare words": "/claims/?q=rarity777",
    "search, common words": "/claims/?q=trade",
    "search, a claimant": "/claims/?q=Claimant+0+7",
    "filter, kind": "/claims/?kind=quantity",
    "filter, claimant": "/claims/?claimant={claimant}",
    "filter, rare hedge": "/claims/?hedge=rare+hedge+777",
    "filter, common hedge": "/claims/?hedge=likely",
    "filter, rare topic": "/claims/?topic=topic777",
    "filter, due in a month": "/claims/?due_from=2091-03-01&due_to=2091-03-31",
    "filter, due and kind": "/claims/?kind=quantity&due_to=2095-01-01&stake=2",
    "filter, said in a year": "/claims/?said_from=2023-01-01&said_to=2023-12-31",
    "order, due soonest": "/claims/?order=due",
    "a claim": "/claims/{claim}/",
    "a draft, with what reads alike": "/claims/{draft}/edit/",
    "home": "/",
}


def run() -> bool:
    """Prints the 95th percentile and the queries of each page. True, whatever it takes."""
    heading(f"The ledger with {CLAIMS:,} claims")
    with rolled_back():
        start = perf_counter()
        _fill()
        analyse()
        tell(f"  filled in {perf_counter() - start:.0f} s")
        gc.collect()
        gc.freeze()  # what filling left in memory would be looked through again and again
        browser = Client()
        browser.force_login(UserFactory(username="ada", roles=[Role.ANALYST]))
        claim = Claim.objects.ledger().order_by("-pk")[0]
        draft = Claim.objects.drafts().order_by("-pk")[0]
        line("page", "queries", "median", "95th percentile")
        for name, address in PAGES.items():
            numbers = {"claimant": claim.claimant_id, "claim": claim.pk, "draft": draft.pk}
            _measure(browser, name, address.format(**numbers))
    return True


def _fill() -> None:
    last = add_claims(1000, due_on=date(2090, 1, 1)).last()
    columns = [
        field.column
        for field in Claim._meta.concrete_fields
        if field.column not in {"id", "search", "created_at"}
    ]
    # A tenth are drafts, a tenth quantities; each copy has a word, a topic and a due date of its own,
    # and every thousandth a hedge.
    values = {
        "statement": "statement || ' rarity' || copy",
        "topics": "ARRAY['trade', 'topic' || copy]",
        "hedge": "CASE id % 1000 WHEN 0 THEN 'rare hedge ' || copy ELSE hedge END",
        "due_on": "due_on + copy",
        "due_latest": "due_latest + copy",
        "kind": "CASE copy % 10 WHEN 1 THEN 'quantity' ELSE kind END",
        "status": "CASE copy % 10 WHEN 2 THEN 'draft' ELSE status END",
        "registered_at": "CASE copy % 10 WHEN 2 THEN NULL ELSE registered_at END",
        "registered_by_id": "CASE copy % 10 WHEN 2 THEN NULL ELSE registered_by_id END",
        "content_hash": "CASE copy % 10 WHEN 2 THEN '' ELSE content_hash END",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            COPY.format(
                columns=", ".join(f'"{name}"' for name in columns),
                values=", ".join(values.get(name, f'"{name}"') for name in columns),
                copies=CLAIMS // 1000,
                last=last.pk,
            )
        )


def _measure(browser: Client, name: str, url: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        _get(browser, url)
        queries = list(captured)
    took = []
    for _ in range(TIMES):
        start = perf_counter()
        _get(browser, url)
        took.append(perf_counter() - start)
    shares = quantiles(took, n=20)
    line(name, str(len(queries)), milliseconds(shares[9]), milliseconds(shares[18]))
    if os.environ.get("SLOW"):
        for query in sorted(queries, key=lambda one: -float(one["time"]))[:2]:
            tell(f"      {query['time']} s  {query['sql'][:300]}")


def _get(browser: Client, url: str) -> None:
    status = browser.get(url).status_code
    if status != 200:
        raise RuntimeError(f"{url} answered {status}.")
