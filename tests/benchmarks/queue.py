"""The queue at size: 200 reviewers over 100,000 open checkpoints among 1,000,000 claims.

Filling takes a minute or two. Alone: `python -m tests.benchmarks queue`.

Reviewers read: each judges and asks for the next every PAUSE seconds on average, so that ten ask each
second, and each asking is one review stored and one seat leased.
"""

import heapq
import os
import random
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from statistics import quantiles
from time import perf_counter, sleep

from django.db import connection, connections
from django.db.models import Count, F, Q

from accounts.models import User
from accounts.roles import Role
from claims.models import Claim
from reviews.models import Assignment, Review, Verdict
from reviews.outcomes import Confidence
from reviews.queries import checkpoints_to_judge, claims_to_hide
from reviews.services import lease_next, submit_review
from tests.benchmarks.database import analyse
from tests.benchmarks.ledger import add_claims
from tests.benchmarks.serving import Visitor, served
from tests.benchmarks.table import heading, line, milliseconds, once, tell
from tests.factories.accounts import UserFactory

CLAIMS = int(os.environ.get("CLAIMS", "1_000_000"))
REVIEWERS = int(os.environ.get("REVIEWERS", "200"))
SECONDS = float(os.environ.get("SECONDS", "40"))
PAUSE = 20.0
# As many as the web processes serve at a time.
AT_ONCE = 8
BARS = {"database": 0.025, "http": 0.100}
DUE = date(2026, 3, 21)
REVIEW = {"outcome": "held", "confidence": Confidence.HIGH, "reason": "By the yearly figures."}
COPY = """
INSERT INTO claims_claim ({columns})
SELECT {values} FROM claims_claim, generate_series(2, {copies}) AS copy WHERE id <= {last}
"""
# Every tenth claim is due and open, for two reviewers each; stakes and days differ.
CHECKPOINTS = """
INSERT INTO claims_checkpoint (claim_id, due_on, is_final)
SELECT id, due_on - (id % 900)::int, true FROM claims_claim WHERE id > {last}
"""
SEATS = """
INSERT INTO reviews_assignment (checkpoint_id, role, seat, state, opened_at, place, round)
SELECT p.id, 'review', seat, 'open', now(),
    2 * (p.due_on - date '2000-01-01') - 60 * (c.stake - 2), 1
FROM claims_checkpoint p JOIN claims_claim c ON c.id = p.claim_id, generate_series(1, 2) AS seat
WHERE c.id % 10 = 0
"""
EMPTY = "TRUNCATE accounts_user, sources_document, sources_claimant, claims_baserate, claims_lexicon CASCADE"


def run() -> bool:
    """Prints the 99th percentile of "next" in the database and over HTTP. False where one is over its bar
    or a seat was lost or given twice."""
    heading(
        f"Queue: {CLAIMS // 10:,} open checkpoints among {CLAIMS:,} claims, {REVIEWERS} reviewers"
    )
    try:
        tell(f"  filled in {once(fill):.0f} s")
        analyse()
        people = make_reviewers()
        line("what", "asked", "median", "99th percentile", "bar")
        done = [in_database(people), _over_http(people), keeps_count()]
        _awkward(people[0])
    finally:
        with unguarded() as cursor:
            cursor.execute(EMPTY)
    return all(done)


def fill() -> None:
    """Claims, a tenth of them due with open seats; copies of some thousand."""
    first = min(CLAIMS, 1000)
    last = add_claims(first, due_on=DUE).last()
    columns = [
        field.column
        for field in Claim._meta.concrete_fields
        if field.column not in {"id", "search", "created_at"}
    ]
    values = {
        "statement": "statement || ' copy ' || copy",
        "stake": "1 + (copy + id) % 3",
        "topics": "ARRAY['trade', 'topic' || copy]",
    }
    with unguarded() as cursor:
        cursor.execute(
            COPY.format(
                columns=", ".join(f'"{name}"' for name in columns),
                values=", ".join(values.get(name, f'"{name}"') for name in columns),
                copies=CLAIMS // first,
                last=last.pk,
            )
        )
        cursor.execute(CHECKPOINTS.format(last=last.pk))
        cursor.execute(SEATS)


@contextmanager
def unguarded() -> Iterator[object]:
    """A cursor past the triggers: what they hold is known to hold of what is made here."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield cursor
        cursor.execute("RESET session_replication_role")


def make_reviewers() -> list[User]:
    """The desk's reviewers; every tenth has registered a hundredth of what is open."""
    people = [
        UserFactory(username=f"reviewer {n}", roles=[Role.REVIEWER]) for n in range(REVIEWERS)
    ]
    # In one statement: each would read a million rows.
    busy = people[::10]
    with unguarded() as cursor:
        cursor.execute(
            "UPDATE claims_claim SET registered_by_id = (%s::bigint[])[1 + id / 10 %% 100] "
            "WHERE id %% 10 = 0 AND id / 10 %% 100 < %s",
            [[one.pk for one in busy], len(busy)],
        )
    return people


def in_database(people: list[User]) -> bool:
    """Has reviewers judge and ask for the next for a while. Whether the times are within the bar."""

    calls: list[float] = []

    def judge_and_ask(who: User) -> float:
        held = Assignment.objects.leased_to(who).first()
        if held:
            submit_review(assignment=held, by=who, **REVIEW)  # type: ignore[arg-type]
        spent: list[float] = []

        def timed(execute: Callable[..., object], *of: object) -> object:
            start = perf_counter()
            found = execute(*of)
            spent.append(perf_counter() - start)
            return found

        with connection.execute_wrapper(timed):
            calls.append(once(lambda: lease_next(by=who)))
        return sum(spent)

    asked, waited = _day_of_work(people, judge_and_ask)
    _tell("next, the whole call", calls, None)
    _tell("store and next, from the wish on", waited, None)
    return _tell("next, in the database", asked, BARS["database"])


def _over_http(people: list[User]) -> bool:
    pages: list[float] = []
    with served() as address:
        visitors = {who.pk: Visitor(address, who) for who in people}

        def judge_and_ask(who: User) -> float:
            visitor = visitors[who.pk]
            start = perf_counter()
            page = visitor.post("/reviews/next/")
            took = perf_counter() - start
            start = perf_counter()
            visitor.get(page)
            pages.append(perf_counter() - start)
            visitor.post(page, outcome="held", confidence="3", reason="By the yearly figures.")
            return took

        asked, _ = _day_of_work(people, judge_and_ask)
    return _tell("next, over HTTP", asked, BARS["http"]) & _tell(
        "its page, over HTTP", pages, BARS["http"]
    )


def _day_of_work(
    people: list[User], ask: Callable[[User], float]
) -> tuple[list[float], list[float]]:
    """How long each asking took, and how long since it was wished; each person rests in between."""
    chance = random.Random(6)
    start = perf_counter()
    wishes = [(start + chance.uniform(0, PAUSE), n) for n in range(len(people))]
    heapq.heapify(wishes)
    running: list[Future[tuple[float, float]]] = []

    def served_at(wished: float, who: User) -> tuple[float, float]:
        took = ask(who)
        return took, perf_counter() - wished

    with ThreadPoolExecutor(AT_ONCE) as pool:
        while wishes[0][0] < start + SECONDS:
            wished, n = heapq.heappop(wishes)
            sleep(max(wished - perf_counter(), 0))
            running.append(pool.submit(served_at, wished, people[n]))
            heapq.heappush(wishes, (wished + chance.uniform(0.5, 1.5) * PAUSE, n))
        pairs = [one.result() for one in running]
        for _ in range(AT_ONCE):
            pool.submit(connections.close_all)
    return [took for took, _ in pairs], [waited for _, waited in pairs]


def _tell(what: str, took: list[float], bar: float | None) -> bool:
    shares = quantiles(took, n=100)
    line(
        what,
        f"{len(took):,}",
        milliseconds(shares[49]),
        milliseconds(shares[98]),
        milliseconds(bar) if bar else "",
    )
    if bar and shares[98] > bar:
        tell(f"  FAILED: {what} is over its bar.")
        return False
    return True


def keeps_count() -> bool:
    """Whether no checkpoint has more people than seats, nobody sits twice, and no seat or review is lost."""
    seats = Assignment.objects.values("checkpoint").annotate(
        seats=Count("pk"),
        people=Count("reviewer", distinct=True),
        taken=Count("pk", filter=~Q(state=Assignment.State.OPEN)),
    )
    wrong = seats.exclude(seats=2, people=F("taken")).count()
    done = Assignment.objects.filter(state=Assignment.State.DONE)
    whole = done.values("checkpoint").annotate(n=Count("pk")).filter(n=2).count()
    lost = abs(done.count() - Review.objects.count()) + abs(whole - Verdict.objects.count())
    tell(f"  {done.count():,} seats judged, {whole:,} verdicts; wrong: {wrong}, lost: {lost}")
    return not wrong and not lost


def _awkward(who: User) -> None:
    """Prints what somebody waits who may take nothing at the front, and what the pages cost."""
    front = (
        Assignment.objects.waiting().order_by("place", "pk").values("checkpoint__claim")[:20_000]
    )
    with unguarded():
        Claim.objects.filter(pk__in=list(front.values_list("checkpoint__claim", flat=True))).update(
            registered_by=who
        )
    line(
        "next, past 20,000 seats of one's own claims",
        "1",
        milliseconds(once(lambda: lease_next(by=who))),
    )
    line("count of the menu", "1", milliseconds(once(lambda: checkpoints_to_judge(who))))
    hidden = claims_to_hide(who)
    page = Claim.objects.ledger().exclude(pk__in=hidden).order_by("-pk")[:50]
    line("fifty claims without the hidden ones", "1", milliseconds(once(lambda: list(page))))
