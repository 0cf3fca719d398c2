import pytest

from reports import display
from reports.models import ReportedClaim

NONE = {"value": None, "low": None, "high": None, "n": 0, "clusters": 0, "reason": "no claim"}


def figure(value: float, low: float, high: float) -> dict[str, object]:
    return {"value": value, "low": low, "high": high, "n": 12, "clusters": 7, "reason": ""}


@pytest.mark.parametrize(
    ("value", "text"), [(0.0341, "+0.034"), (-0.0124, "−0.012"), (-0.0001, "0.000"), (0, "0.000")]
)
def test_differences_bear_their_sign(value: float, text: str) -> None:
    assert display.signed(value) == text


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.01, 0.05, "Better than the base rate."),
        (-0.05, -0.01, "Worse than the base rate."),
        (-0.01, 0.05, "Cannot be told apart from the base rate."),
    ],
)
def test_words_follow_the_interval(low: float, high: float, words: str) -> None:
    assert display.verdict_on(figure(0.02, low, high)) == words


def test_nothing_is_said_without_an_interval() -> None:
    assert display.verdict_on(NONE) == ""


def test_counts_are_in_words() -> None:
    assert display.counted(figure(0, 0, 0)) == "12 claims from 7 documents"
    assert display.counted(NONE | {"n": 1, "clusters": 1}) == "1 claim from 1 document"
    assert display.counted(NONE) == "no claims"


def test_funnel_leaves_out_what_nothing_fell_into_but_never_the_unresolved() -> None:
    counts = dict.fromkeys(("unresolved", *display.VOID), 0)
    rows = display.funnel_rows(counts | {"registered": 8, "due": 4, "scored": 3, "too_vague": 1})

    assert [(row["label"], row["n"], row["share"]) for row in rows] == [
        ("registered", 8, 100),
        ("due", 4, 50),
        ("scored", 3, 37.5),
        ("unresolved", 0, 0),
        ("too vague", 1, 12.5),
    ]


def test_axis_holds_every_interval_and_zero() -> None:
    start, span = display.axis([figure(0.2, 0.1, 0.3), figure(0.4, 0.2, 0.6), NONE])

    assert start < 0
    assert start + span > 0.6


def test_axis_of_nothing_still_has_a_length() -> None:
    assert display.axis([NONE])[1] > 0


def test_claimants_come_ranked_first_then_by_name() -> None:
    def record(key: int, shrunk: float | None) -> dict[str, object]:
        words = {"value": shrunk, "low": 0.0, "high": 0.1, "reason": "not ranked"}
        return {"claimant": key, "improvement": NONE, "shrunk": words, "funnel": {}}

    rows = display.claimant_rows(
        [record(1, None), record(2, 0.1), record(3, 0.3), record(4, None)],
        {1: "Zoe", 2: "Bob", 3: "Cid", 4: "Ann"},
    )

    assert [row["label"] for row in rows] == ["Cid", "Bob", "Ann", "Zoe"]
    assert [row["shrunk"] for row in rows][1:3] == ["+0.100 (0.000 to +0.100)", "not ranked"]


@pytest.mark.parametrize(
    ("standing", "outcome", "shown"),
    [
        ("scored", 1.0, ("held", "held")),
        ("scored", 0.75, ("mostly_held", "mostly held")),
        ("scored", 0.5, ("mixed", "mixed")),
        ("scored", 0.25, ("mostly_failed", "mostly failed")),
        ("scored", 0.0, ("failed", "failed")),
        ("unresolved", None, ("waiting", "unresolved")),
        ("too_vague", None, ("void", "too vague")),
    ],
)
def test_standing_of_a_reported_claim(
    standing: str, outcome: float | None, shown: tuple[str, str]
) -> None:
    assert display.standing(ReportedClaim(standing=standing, outcome=outcome)) == shown


def test_calibration_without_claims_enough_only_says_why() -> None:
    assert display.calibration_words({"n": 3, "reason": "too few"}) == {"reason": "too few"}


def test_each_coefficient_of_agreement_has_its_interval_or_why_there_is_none() -> None:
    of_alpha = {"alpha": None, "low": None, "high": None, "reason": "no interval: alike", "n": 6}
    of_ac2 = {"ac2": 0.9, "ac2_low": 0.8, "ac2_high": 0.95, "ac2_reason": ""}

    assert display.agreement_words(of_alpha | of_ac2) == {
        "alpha": "none",
        "interval": "no interval: alike",
        "ac2": "0.900",
        "ac2_interval": "95% interval 0.800 to 0.950",
        "n": "6 claims graded by two reviewers or more",
    }


def test_a_report_published_before_ac2_had_an_interval_says_so() -> None:
    older = {"alpha": 0.5, "low": 0.4, "high": 0.6, "reason": "", "ac2": 0.9, "n": 6}

    words = display.agreement_words(older)

    assert words["ac2_interval"] == "no interval: published before there was one"


def parts_of_score(**more: object) -> dict[str, object]:
    parts = {"score": 0.2, "miscalibration": 0.03, "discrimination": 0.08, "uncertainty": 0.25}
    return {"reason": "", "n": 60, "chance": None, **parts, **more}


def test_each_part_of_calibration_has_its_interval_and_the_first_its_p_value() -> None:
    ends = [0.01, 0.06]
    intervals = dict.fromkeys(("miscalibration", "discrimination", "uncertainty"), ends)

    words = display.calibration_words(
        parts_of_score(chance=0.012, intervals=intervals, intervals_reason="")
    )

    assert words["parts"][0] == ("Miscalibration", "0.030", "95% interval 0.010 to 0.060")
    assert [interval for _, _, interval in words["parts"]] == [words["parts"][0][2]] * 3
    assert (words["chance"], words["n"]) == ("by chance as large: p = 0.012", "60 claims")


def test_calibration_without_interval_or_p_value_says_why() -> None:
    few = display.calibration_words(parts_of_score(intervals=None, intervals_reason="too few"))
    older = display.calibration_words(parts_of_score())

    assert [interval for _, _, interval in few["parts"]] == ["too few"] * 3
    assert few["chance"] == "no p-value: some outcomes lie between held and failed"
    assert older["parts"][2] == (
        "Uncertainty",
        "0.250",
        "no interval: published before there was one",
    )


@pytest.mark.parametrize(
    ("outcome", "grade"),
    [
        (1.0, "held"),
        (0.875, "mostly_held"),
        (0.75, "mostly_held"),
        (0.625, "mixed"),
        (0.375, "mixed"),
        (0.125, "mostly_failed"),
        (0.0, "failed"),
    ],
)
def test_a_mean_between_two_grades_bears_the_word_its_verdict_bore(
    outcome: float, grade: str
) -> None:
    assert display.nearest_grade(outcome) == grade
