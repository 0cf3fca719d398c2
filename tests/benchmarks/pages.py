"""Pages with 1, 100 and 10,000 rows: as many queries, and how much longer."""

from collections.abc import Callable
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from claims.models import Claim
from tests.benchmarks.database import analyse, rolled_back
from tests.benchmarks.ledger import add_claims, add_evidence
from tests.benchmarks.table import heading, line, milliseconds, seconds, tell, times
from tests.factories.accounts import UserFactory

ROWS = (1, 100, 10_000)
# Not due for long, so nobody has it to judge blind.
DUE = date(2090, 1, 1)


def run() -> bool:
    """Prints queries and times of the claims list, the inbox and a claim. False where queries differ."""
    heading("Pages by the number of rows behind them")
    line("page and rows", "queries", "time", "to 1 row")
    measured = [_page("/claims/", _more_claims), _page("/inbox/", _more_suggestions)]
    return all([*measured, _page("a claim", _more_evidence)])


def _page(what: str, more: Callable[[int, int], str]) -> bool:
    """`more` makes rows from one number to another and gives the address of the page."""
    counts, first, had = set(), 0.0, 0
    with rolled_back():
        browser = Client()
        browser.force_login(UserFactory(username="ada", roles=[Role.ANALYST]))
        for rows in ROWS:
            url = more(had, rows)
            had = rows
            analyse()
            time = seconds(lambda url=url: _get(browser, url), times=5)
            first = first or time
            with CaptureQueriesContext(connection) as queries:
                _get(browser, url)
            counts.add(len(queries))
            line(f"{what}, {rows:,}", str(len(queries)), milliseconds(time), times(time / first))
    if len(counts) > 1:
        tell(f"  FAILED: the queries of {what} grow with its rows.")
    return len(counts) == 1


def _get(browser: Client, url: str) -> None:
    status = browser.get(url).status_code
    if status != 200:
        raise RuntimeError(f"{url} answered {status}.")


def _more_claims(had: int, wanted: int) -> str:
    add_claims(wanted - had, due_on=DUE, first=had)
    return "/claims/"


def _more_suggestions(had: int, wanted: int) -> str:
    if not had:
        add_claims(100, due_on=DUE)
    add_evidence(list(Claim.objects.all()), wanted - had)
    return "/inbox/"


def _more_evidence(had: int, wanted: int) -> str:
    claim = Claim.objects.first() or add_claims(1, due_on=DUE)[0]
    add_evidence([claim], wanted - had, accepted=True)
    return claim.get_absolute_url()
