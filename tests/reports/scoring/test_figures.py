"""The figures of a report, put together."""

from reports.scoring.figures import figures_of, track_record
from reports.scoring.rows import Row


def row(claim: int, outcome: float | None, **fields: object) -> Row:
    """A claim of its own document, likely by ICD 203, against a base rate of one in two."""
    plain = {
        "claimant": 1,
        "cluster": claim,
        "hedge": "likely",
        "low": 0.55,
        "high": 0.8,
        "base_rate": 0.5,
        "standing": "scored" if outcome is not None else "unresolved",
    }
    return Row(claim=claim, outcome=outcome, **(plain | fields))


def test_no_interval_reaches_beyond_what_is_possible() -> None:
    """Far apart outcomes of five claims: a bare t interval would reach below a Brier score of 0."""
    rows = [
        row(n, outcome, low=0.95, high=0.99) for n, outcome in enumerate((1.0, 1.0, 1.0, 1.0, 0.0))
    ]

    record = track_record(rows, registered=5)

    assert record["score"]["low"] == 0
    assert -1 <= record["improvement"]["low"] < record["improvement"]["high"] <= 1
    assert record["skill"]["high"] == 1


def test_figures_without_any_scored_claim_say_so() -> None:
    figures = figures_of([row(1, None)], registered={1: 3}, gradings=[], seed=1)

    improvement = figures["overall"]["improvement"]
    assert (improvement["value"], improvement["reason"]) == (None, "no claim is scored yet")
    assert figures["overall"]["funnel"]["unresolved"] == 1
    assert figures["overall"]["funnel"]["registered"] == 3


def test_calibration_of_fifty_claims_bears_n_and_intervals() -> None:
    rows = [row(n, float(n % 3 > 0)) for n in range(60)]

    found = figures_of(rows, registered={1: 60}, gradings=[], seed=7)["calibration"]

    assert (found["n"], found["clusters"], found["intervals_reason"]) == (60, 60, "")
    for part, (low, high) in found["intervals"].items():
        assert low <= found[part] <= high


def test_calibration_of_few_documents_says_why_it_has_no_interval() -> None:
    rows = [row(n, float(n % 3 > 0), cluster=n % 4) for n in range(60)]

    found = figures_of(rows, registered={1: 60}, gradings=[], seed=7)["calibration"]

    assert found["intervals"] is None
    assert found["intervals_reason"] == "no interval below 5 documents"


def test_the_same_rows_give_the_same_figures_in_any_order() -> None:
    rows = [row(n, n / 4, claimant=n % 2) for n in range(5)] + [row(9, None)]

    assert figures_of(rows, registered={0: 3, 1: 3}, gradings=[], seed=7) == figures_of(
        rows[::-1], registered={1: 3, 0: 3}, gradings=[], seed=7
    )
