"""Tables of grades as nobody would write them: figures and counts, or one line, and never a warning."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.evaluations import NothingToCompare
from reviews.evaluations import NAMES, agreement

UNITS = st.sampled_from(["1", "2", "3", "4", "5", "6", "", " ", "é", '"', "a;b"])
RATERS = st.sampled_from(["a", "b", "c", "", "-"])
GRADES = st.sampled_from(
    [
        *("1", "2", "3", "1.0", "-5", "0", "held", "Mixed", "failed", "too vague", "NA", "", "x"),
        *("nan", "1e308", "-1e308", "1e400", "½", "50%", "0,5", "1_0", "\t", '"1', "1" * 400),
    ]
)


def evaluated(data: bytes, scale: str = "") -> dict[str, Any] | None:
    try:
        return agreement(BytesIO(data), scale=scale).figures
    except NothingToCompare:
        return None


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(UNITS, RATERS, GRADES), max_size=30),
    st.sampled_from(["", "1,2,3", "held,failed", "a,b,c,1"]),
)
def test_every_row_is_counted_once(rows: list[tuple[str, str, str]], scale: str) -> None:
    text = "".join(f"{','.join(row)}\n" for row in [("unit", "rater", "grade"), *rows])

    found = evaluated(text.encode(), scale)

    assert found is not None
    for name in NAMES:
        value, low, high = (found[name][key] for key in ("value", "low", "high"))
        assert value is None or np.isfinite(value)
        assert value is not None or found[name]["reason"]
        assert (low is None) == (high is None)
        assert low is None or low <= high
    if '"' not in text:
        blank = sum(not any(row) for row in rows)
        assert found["ratings"] + sum(found["skipped"].values()) == len(rows) - blank


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=200))
def test_bytes_that_are_no_table_are_refused_or_read(data: bytes) -> None:
    evaluated(data)
    evaluated(b"unit,rater,grade\n" + data)


def test_order_of_rows_and_names_say_nothing() -> None:
    rng = np.random.default_rng(1)
    rows = [(unit, rater, int(rng.integers(1, 4))) for unit in range(30) for rater in range(3)]
    turned = [(f"u{unit}", f"r{9 - rater}", grade) for unit, rater, grade in reversed(rows)]

    straight, other = (
        evaluated(
            "\n".join(["unit,rater,grade", *(",".join(map(str, row)) for row in some)]).encode()
        )
        for some in (rows, turned)
    )

    assert straight is not None
    assert other is not None
    for name in NAMES:
        for key in ("value", "low", "high"):
            assert other[name][key] == pytest.approx(straight[name][key])
