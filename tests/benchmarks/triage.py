"""A hundred decisions in the inbox, while many more suggestions wait."""

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
BAR = 0.150
DUE = date(2090, 1, 1)


def run() -> None:
    """Prints how long a decision of the view takes: p50 and p95, and that of the page."""
    heading(
        f"Triage: {DECISIONS} decisions, {WAITING:,} suggestions wait (bar {milliseconds(BAR)})"
    )
    line("", "p50", "p95")
    with rolled_back():
        add_evidence(list(add_claims(1_000, due_on=DUE)), WAITING)
        analyse()
        browser = Client()
        browser.force_login(UserFactory(username="ada", roles=[Role.ANALYST]))
        _tell("a decision", _decisions(browser), DECISIONS)
        for by in ("event", "claim"):
            _tell(f"the page, by {by}", _pages(browser, by), 11)


def _tell(what: str, times: Iterator[float], count: int) -> None:
    next(times)  # warms up
    cuts = quantiles(islice(times, count), n=20)
    line(what, milliseconds(cuts[9]), milliseconds(cuts[18]))


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


def _pages(browser: Client, by: str) -> Iterator[float]:
    while True:
        start = perf_counter()
        if browser.get(f"/inbox/?by={by}").status_code != 200:
            raise RuntimeError("The inbox did not answer.")
        yield perf_counter() - start
