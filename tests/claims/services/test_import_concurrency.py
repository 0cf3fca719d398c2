"""Workers that are killed between batches, or come at once: every row is stored exactly once."""

from collections import Counter

import pytest

from accounts.models import User
from claims.models import Claim, ClaimImport, ImportRow
from claims.services import begin_import, cancel_import, store_import, work_on_import
from claims.services import imports as service
from claims.services.import_storing import store_claims
from claims.validators import ClaimProblem
from tests.claims.imports import ROW, as_csv, checked, work
from tests.claims.services.test_concurrency import at_once

pytestmark = pytest.mark.usefixtures("transactional_db")

ROWS = [
    {**ROW, "quote": f"Lot {number} is sold.", "title": f"Letter {number // 3}"}
    for number in range(40)
]


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "AT_ONCE", 5)


def states(claim_import: ClaimImport) -> Counter[str]:
    return Counter(claim_import.rows.values_list("state", flat=True))


def assert_stored_once(claim_import: ClaimImport) -> None:
    assert states(claim_import) == {"stored": len(ROWS)}
    quotes = Counter(Claim.objects.values_list("quote__exact", flat=True))
    assert quotes == Counter(row["quote"] for row in ROWS)


def sweep(claim_import: ClaimImport) -> None:
    while work_on_import(claim_import=claim_import):
        pass


def test_check_goes_on_where_it_was_left() -> None:
    claim_import = begin_import(data=as_csv(ROWS), name="t.csv", by=None)

    assert work_on_import(claim_import=claim_import)
    assert states(claim_import) == {"sound": 5, "waiting": 35}
    assert work_on_import(claim_import=claim_import)
    assert states(claim_import) == {"sound": 10, "waiting": 30}
    assert work(claim_import).sound_count == 40


def test_worker_killed_within_a_batch_leaves_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch, analyst: User
) -> None:
    claim_import = store_import(claim_import=checked(as_csv(ROWS), by=analyst), by=analyst)
    work_on_import(claim_import=claim_import)

    def killed(*args: object, **kwargs: object) -> None:
        store_claims(*args, **kwargs)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(service, "store_claims", killed)
        with pytest.raises(KeyboardInterrupt):
            work_on_import(claim_import=claim_import)
    assert states(claim_import) == {"stored": 5, "sound": 35}
    assert Claim.objects.count() == 5

    assert work(claim_import).status == ClaimImport.Status.STORED
    assert_stored_once(claim_import)


def test_two_workers_store_every_row_once(analyst: User) -> None:
    claim_import = store_import(claim_import=checked(as_csv(ROWS), by=analyst), by=analyst)

    at_once(lambda: sweep(claim_import), lambda: sweep(claim_import))

    # A worker stops where the other holds the table, so one sweep more may be needed.
    assert work(claim_import).stored_count == len(ROWS)
    assert_stored_once(claim_import)


def test_two_workers_check_every_row(analyst: User) -> None:
    claim_import = begin_import(data=as_csv(ROWS), name="t.csv", by=analyst)

    at_once(lambda: sweep(claim_import), lambda: sweep(claim_import))

    assert work(claim_import).sound_count == len(ROWS)


def test_two_tables_that_say_the_same_are_stored_once(analyst: User) -> None:
    tables = [checked(as_csv(ROWS), by=analyst) for _ in range(2)]
    for one in tables:
        store_import(claim_import=one, by=analyst)

    at_once(*[lambda one=one: sweep(one) for one in tables])

    done = [work(one) for one in tables]
    assert [one.status for one in done] == ["stored", "stored"]
    assert Claim.objects.count() == len(ROWS)
    assert ImportRow.objects.filter(state="known").count() == len(ROWS)


def test_of_store_and_cancel_at_once_one_is_done(analyst: User) -> None:
    claim_import = checked(as_csv(ROWS), by=analyst)

    def tried(what: object) -> str:
        try:
            return what(claim_import=claim_import, by=analyst).status  # type: ignore[operator]
        except ClaimProblem:
            return ""

    outcome = at_once(lambda: tried(store_import), lambda: tried(cancel_import))

    assert sorted(map(bool, outcome)) == [False, True]
    done = work(claim_import)
    assert (done.status, Claim.objects.count()) in {("stored", 40), ("cancelled", 0)}
