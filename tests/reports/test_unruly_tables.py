"""Tables of forecasts as nobody would write them: figures and counts, or one line, and never a warning."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.evaluations import NothingToCompare
from reports.evaluations import scoring

HEADER = (
    "forecaster,claim,probability,outcome,probability_low,probability_high,cluster,base_rate,date"
)
NUMBERS = [
    "0",
    "1",
    "0.5",
    "0.25",
    "1e-320",
    "0.999999999",
    "2",
    "-1",
    "nan",
    "",
    "x",
    "70%",
    "0;5",
]
ROW = st.tuples(
    st.sampled_from(["a", "b", "c", "", "d"]),
    st.sampled_from(["1", "2", "3", "4", "5", "6", "7", ""]),
    st.sampled_from(NUMBERS),
    st.sampled_from([*NUMBERS, "held", "mixed", "yes", "unverifiable"]),
    st.sampled_from(["", "", "", "0.2", "0.9"]),
    st.sampled_from(["", "", "", "0.5", "1.1"]),
    st.sampled_from(["", "k", "l"]),
    st.sampled_from(["", *NUMBERS]),
    st.sampled_from(["", "2024-01-01", "31/12/2023", "9999-12-31", "0001-01-01", "soon", "-1"]),
)


def evaluated(data: bytes) -> dict[str, Any] | None:
    try:
        return scoring(BytesIO(data)).figures
    except NothingToCompare:
        return None


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ROW, max_size=40))
def test_every_row_is_counted_once(rows: list[tuple[str, ...]]) -> None:
    found = evaluated("\n".join([HEADER, *map(",".join, rows)]).encode())

    assert found is not None
    blank = sum(not any(row) for row in rows)
    assert found["n"] + sum(found["skipped"].values()) == len(rows) - blank
    assert sum(one["n"] for one in found["forecasters"]) == found["n"]
    if found["n"]:
        corp = found["corp"]
        assert 0 <= found["brier"] <= 1
        assert corp["mcb"] >= -1e-12
        assert np.isfinite(found["log"])
    for one in found["forecasters"]:
        low, high = one["interval"] or (one["brier"], one["brier"])
        assert low <= one["brier"] <= high
        assert (one["rank_low"] is None) == (one["shrunk"] is None) == bool(one["reason"])


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=200))
def test_bytes_that_are_no_table_are_refused_or_read(data: bytes) -> None:
    evaluated(data)
    evaluated(b"forecaster,claim,probability,outcome\n" + data)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 1)), min_size=1, max_size=60))
def test_score_is_the_sum_of_its_parts(pairs: list[tuple[int, int]]) -> None:
    rows = [f"f{at % 3},{at},{share / 20},{held}" for at, (share, held) in enumerate(pairs)]

    found = evaluated("\n".join(["forecaster,claim,probability,outcome", *rows]).encode())

    assert found is not None
    corp = found["corp"]
    assert corp["mcb"] - corp["dsc"] + corp["unc"] == pytest.approx(found["brier"])
