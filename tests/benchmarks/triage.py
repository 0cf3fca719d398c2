"""A hundred decisions in the inbox, while many more suggestions wait, and a claim with many links."""

import os
from collections.abc import Iterator
from datetime import date
from itertools import islice
from statistics import quantiles
from time import perf_counter

from django.test import Client

from accounts.roles import Role
from claims.models import Evidence
from tests.benchmarks.database import analyse, rolled_back
from tests.benchmarks.ledger import add_claims, add_evidence
from tests.benchmarks.table import heading, line, milliseconds
from tests.factories.accounts import UserFactory

WAITING = int(os.environ.get("WAITING", "50_000"))
DECISIONS = 100
# Of one claim, accepted.
LINKS = 5_000
BAR = 0.150
DUE = date(2090, 1, 1)


def run() -> bool:
    """Prints how long decisions and pages of the view take. False where a decision in twenty takes longer
    than the bar."""
    heading(
        f"Triage: {DECISIONS} decisions, {WAITING:,} suggestions wait (bar {milliseconds(BAR)})"
    )
    line("", "p50", "p95", "longest")
    with rolled_back():
        claims = add_claims(1_000, due_on=DUE)
        add_evidence(list(claims), WAITING)
        add_evidence([claims[0]], LINKS, accepted=True)
        analyse()
        browser = Client()
        browser.force_login(UserFactory(username="ada", roles=[Role.ANALYST]))
        most = _tell("a decision", _decisions(browser), DECISIONS)
        page = claims[0].get_absolute_url()
        for what, url in {
            "the inbox, by event": "/inbox/?by=event",
            "the inbox, by claim": "/inbox/?by=claim",
            f"a claim with {LINKS:,} links": page,
            "the same, as a table": f"{page}?view=table",
        }.items():
            _tell(what, _pages(browser, url), 11)
    return most <= BAR


def _tell(what: str, times: Iterator[float], count: int) -> float:
    """Prints a line; gives the 95th percentile, in seconds."""
    next(times)  # warms up
    taken = list(islice(times, count))
    cuts = quantiles(taken, n=20, method="inclusive")
    line(what, *(milliseconds(one) for one in (cuts[9], cuts[18], max(taken))))
    return cuts[18]


def _decisions(browser: Client) -> Iterator[float]:
    strongest = Evidence.objects.suggested().values_list("pk", flat=True)
    for place, number in enumerate(strongest[: DECISIONS + 1]):
        press, values = (
            ("reject", {"reason": "too_weak"}) if place % 3 else ("accept", {"stance": "1"})
        )
        start = perf_counter()
        answer = browser.post(f"/inbox/{number}/{press}/", values, headers={"HX-Request": "true"})
        yield perf_counter() - start
        if answer.status_code != 200:
            raise RuntimeError(f"{press} answered {answer.status_code}.")


def _pages(browser: Client, url: str) -> Iterator[float]:
    while True:
        start = perf_counter()
        if browser.get(url).status_code != 200:
            raise RuntimeError(f"{url} did not answer.")
        yield perf_counter() - start
