"""Agreement and calibration in words."""

from reports import display


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
