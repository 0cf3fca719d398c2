"""The same claims scored again by another lexicon."""

from decimal import Decimal
from math import sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.hedges import find_hedge
from claims.extraction.lexicons import ICD_203, IPCC, KENT, LEXICONS, PHIA, LexiconTable
from reports.scoring.lexicons import Table, range_of, under, under_lexicons
from reports.scoring.rows import Row, Source, columns_of, improvement_of, score_of

MINE, OTHER = 1, 2
WIDER = Table(OTHER, "Wider", 3, (("likely", 0.6, 0.9),))
T_OF_FOUR = 2.776445105


def row(claim: int, outcome: float | None, **fields: Any) -> Row:
    """A claim of its own document, likely by lexicon 1 (ICD 203), against a base rate of one in two."""
    plain: dict[str, Any] = {
        "claimant": 1,
        "cluster": claim,
        "hedge": "likely",
        "low": 0.55,
        "high": 0.8,
        "base_rate": 0.5,
        "standing": "unresolved" if outcome is None else "scored",
        "source": Source.LEXICON,
        "lexicon": MINE,
    }
    return Row(claim=claim, outcome=outcome, **(plain | fields))


def ledger() -> list[Row]:
    return [
        row(1, 1.0),
        row(2, 0.0),
        row(3, 0.0, hedge="not likely", low=0.2, high=0.45),
        row(4, 1.0, hedge="as good as done", low=0.6, high=0.7),
        row(5, 0.0, low=0.3, high=0.3, source=Source.DECLARED, lexicon=None),
    ]


def test_a_small_ledger_worked_out_by_hand() -> None:
    found = under(ledger(), WIDER)

    assert (found["lexicon"], found["name"], found["version"]) == (OTHER, "Wider", 3)
    assert (found["rescored"], found["changed"]) == (3, 3)
    assert (found["not_in_lexicon"], found["not_by_lexicon"]) == (1, 1)
    # Likely is .75 ± .15 and not likely .25 ± .15, so each costs .3² / 12 = .0075 for its width.
    kept = 0.35**2 + 0.1**2 / 12 + 0.3**2
    score = (0.25**2 + 0.75**2 + 0.25**2 + 3 * 0.0075 + kept) / 5
    assert found["score"]["value"] == pytest.approx(score)
    assert score == pytest.approx(0.184666667)
    assert found["improvement"]["value"] == pytest.approx(0.25 - 0.184666667)
    # Likely had cost .110833 where it held and .460833 where it failed.
    changes = [0.110833333 - 0.07, 0.460833333 - 0.57, 0.110833333 - 0.07, 0, 0]
    mean = sum(changes) / 5
    assert mean == pytest.approx(-0.0055)
    reach = T_OF_FOUR * sqrt(5 / 4 * sum((one - mean) ** 2 for one in changes)) / 5
    assert reach == pytest.approx(0.0762912, abs=1e-6)
    difference = found["difference"]
    assert difference["value"] == pytest.approx(-0.0055)
    assert difference["low"] == pytest.approx(-0.0055 - reach)
    assert difference["high"] == pytest.approx(-0.0055 + reach)
    assert (difference["n"], difference["clusters"], difference["reason"]) == (5, 5, "")


def test_the_difference_is_that_of_the_two_improvements() -> None:
    found, own = under(ledger(), WIDER), improvement_of(columns_of(ledger()))

    assert found["difference"]["value"] == pytest.approx(
        found["improvement"]["value"] - own["value"]
    )


def test_claims_of_few_documents_have_no_interval_and_say_why() -> None:
    rows = [row(n, 1.0, cluster=n % 4) for n in range(8)]

    found = under(rows, WIDER)

    for name in ("score", "improvement", "difference"):
        assert (found[name]["n"], found[name]["clusters"]) == (8, 4)
        assert (found[name]["low"], found[name]["high"]) == (None, None)
        assert found[name]["reason"] == "no interval below 5 documents"


def test_unresolved_claims_are_bounded_by_the_other_range_and_counted_nowhere_else() -> None:
    found = under([row(1, 1.0), row(2, None)], WIDER)

    assert (found["rescored"], found["changed"]) == (1, 1)
    assert (found["not_in_lexicon"], found["not_by_lexicon"]) == (0, 0)
    assert found["score"]["best"] == pytest.approx((0.07 + 0.0075) / 2)
    assert found["score"]["worst"] == pytest.approx((0.07 + 0.57) / 2)
    assert found["improvement"]["worst"] == pytest.approx((0.18 - 0.32) / 2)


def test_nothing_scored_has_counts_of_nothing_and_no_figure() -> None:
    found = under([row(1, None)], WIDER)

    assert (found["rescored"], found["changed"]) == (0, 0)
    assert (found["difference"]["value"], found["difference"]["reason"]) == (
        None,
        "no claim is scored yet",
    )


@pytest.mark.parametrize("source", [one for one in Source if one is not Source.LEXICON])
def test_a_range_that_came_of_no_hedge_stays_even_where_there_is_one(source: Source) -> None:
    found = under([row(1, 1.0, source=source, lexicon=None)], WIDER)

    assert (found["rescored"], found["not_in_lexicon"], found["not_by_lexicon"]) == (0, 0, 1)
    assert found["difference"]["value"] == 0


def test_the_tables_come_in_their_order() -> None:
    tables = [WIDER, Table(9, "Empty", 1, ()), Table(MINE, "ICD 203", 1, ICD_203.entries)]

    found = under_lexicons(ledger(), tables)

    assert [one["lexicon"] for one in found] == [2, 9, 1]
    assert [one["not_in_lexicon"] for one in found] == [1, 4, 1]


@pytest.mark.parametrize(
    ("hedge", "table", "expected"),
    [
        ("likely", PHIA, (0.55, 0.75)),
        ("  LIKELY ", PHIA, (0.55, 0.75)),
        ("remote", PHIA, (0.0, 0.05)),
        # Denied: by its opposite where that is listed, else the complement.
        ("not likely", PHIA, (0.25, 0.35)),
        ("not very likely", PHIA, (0.25, 0.35)),
        ("not realistic possibility", PHIA, (0.5, 0.6)),
        ("probably not", ICD_203, (0.2, 0.45)),
        ("probably not", KENT, (0.2, 0.4)),
        # Boosted: by another booster where that is listed, else halfway to the end, in thousandths.
        ("extremely likely", PHIA, (0.8, 0.9)),
        ("extremely likely", IPCC, (0.95, 1.0)),
        ("very likely", KENT, (0.815, 0.935)),
        ("quite likely", PHIA, (0.55, 0.75)),
    ],
)
def test_range_of_a_hedge(hedge: str, table: LexiconTable, expected: tuple[float, float]) -> None:
    assert range_of(hedge, table.entries) == expected


@pytest.mark.parametrize(
    "hedge",
    [
        "",
        "may",
        "will",
        "60% chance",
        "one in three chance",
        "more likely than not",
        "realistic possibility",
        # A lexicon that reads a part of the phrase does not have the phrase.
        "exceptionally unlikely",
        "about as likely as not",
    ],
)
def test_a_hedge_that_the_lexicon_does_not_read_whole_has_no_range(hedge: str) -> None:
    assert range_of(hedge, ICD_203.entries) is None


def test_halves_of_thousandths_are_rounded_as_proposals_store_them() -> None:
    assert range_of("very likely", [("likely", 0.655, 0.765)]) == (0.828, 0.882)


ranges = st.tuples(st.integers(0, 1000), st.integers(0, 1000)).map(
    lambda ends: (min(ends) / 1000, max(ends) / 1000)
)
outcomes = st.sampled_from([0.0, 0.125, 0.25, 0.5, 0.75, 1.0, None])
hedges = st.one_of(
    st.sampled_from([phrase for table in LEXICONS for phrase, _, _ in table.entries]),
    st.sampled_from(["not likely", "very remote", "will", "may", "", "60% chance"]),
    st.text(max_size=12),
)


@given(
    st.sampled_from(LEXICONS),
    st.lists(st.tuples(hedges, ranges, outcomes, st.integers(1, 7)), max_size=20),
)
def test_the_version_a_claim_was_registered_under_gives_exactly_its_own_score(
    table: LexiconTable, claims: list[tuple[str, tuple[float, float], float | None, int]]
) -> None:
    rows = [
        row(n, outcome, hedge=hedge, low=low, high=high, cluster=cluster)
        for n, (hedge, (low, high), outcome, cluster) in enumerate(claims)
    ]

    found = under(rows, Table(MINE, table.name, 1, table.entries))

    assert found["score"] == score_of(columns_of(rows))
    assert found["improvement"] == improvement_of(columns_of(rows))
    assert (found["changed"], found["difference"]["value"] or 0) == (0, 0)
    scored = [one for one in rows if one.outcome is not None]
    assert found["rescored"] + found["not_in_lexicon"] + found["not_by_lexicon"] == len(scored)


@given(
    st.sampled_from(LEXICONS),
    st.sampled_from(["", "very ", "highly ", "not ", "not very ", "quite ", "isn't "]),
    st.data(),
)
def test_a_copy_of_a_lexicon_reads_every_hedge_as_its_original_did(
    table: LexiconTable, before: str, data: st.DataObject
) -> None:
    phrase, _, _ = data.draw(st.sampled_from(table.entries))
    read = find_hedge(f"A deal is {before}{phrase} by May.", table.entries)
    if read is None or read.low is None or read.high is None:
        return
    low, high = (
        float(Decimal(str(end)).quantize(Decimal("0.001"))) for end in (read.low, read.high)
    )
    rows = [row(1, 1.0, hedge=read.phrase, low=low, high=high)]

    found = under(rows, Table(OTHER, "House", 1, table.entries))

    assert found["score"] == score_of(columns_of(rows))
    assert found["changed"] == 0
