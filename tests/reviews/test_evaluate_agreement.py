"""`manage.py evaluate agreement`: published coefficients, and tables as other programs write them."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.reviews.reference import cases, expected, rows

NAMES = (
    *("alpha_nominal", "alpha_ordinal", "alpha_interval", "alpha_ratio", "ac1", "ac2"),
    *("cohen_kappa", "cohen_kappa_linear", "cohen_kappa_quadratic", "conger_kappa"),
    *("fleiss_kappa", "brennan_prediger", "percent_agreement"),
)
PLAIN = """unit,rater,grade
1,a,1
1,b,1
2,a,2
2,b,3
3,a,1
3,b,2
4,a,3
4,b,3
5,a,2
5,b,2
"""


def evaluated(path: Path, *options: str) -> str:
    printed = StringIO()
    call_command("evaluate", "agreement", str(path), *options, stdout=printed)
    return printed.getvalue()


def figures(folder: Path, text: str | bytes, *options: str) -> dict[str, Any]:
    path = folder / "grades.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found: dict[str, Any] = json.loads(evaluated(path, "--json", *options))
    return found


def coefficients(found: dict[str, Any]) -> dict[str, float | None]:
    return {name: found[name]["value"] for name in NAMES}


@pytest.mark.parametrize(
    "name",
    [
        "krippendorff_C_4coders_12units",
        "wikipedia_3coders_15units",
        "nltk_easy",
        "fleiss1971_diagnoses_30x6",
        "fleiss_wikipedia_10x5_counts",
        "randolph_[[7,0],[7,0]]",
        "randolph_[[7,1],[3,5]]",
        "randolph_[[7,0],[0,7]]",
        "randolph_[[6,1,0],[0,7,0]]",
        "cohen_SAS_3x3",
        "irrCAC_cont3x3abstractors",
        "irrCAC_distrib6raters",
        "irr_anxiety_raters2_3",
    ],
)
def test_published_cases(shared: Path, tmp_path: Path, name: str) -> None:
    case = cases(shared)[name]
    text = "unit,rater,grade\n" + "".join(f"{','.join(row)}\n" for row in rows(case))
    # Grades that nobody gave belong to the scale all the same.
    counted = case["layout"] == "counts"
    scale = [f"--scale={','.join(map(str, range(len(case['data'][0]))))}"] if counted else []

    found = coefficients(figures(tmp_path, text, *scale))

    wanted = expected(case)
    assert wanted
    for which, value in wanted.items():
        # Some are printed to fewer digits than six.
        digits = len(repr(value).partition(".")[2]) if value is not None else 0
        within = max(1e-6, 0.51 * 10.0**-digits)
        assert found[which] == (value if value is None else pytest.approx(value, abs=within))


def test_every_published_case_is_among_them(shared: Path) -> None:
    marks = [one for one in test_published_cases.pytestmark if one.name == "parametrize"]

    assert set(marks[0].args[1]) == set(cases(shared))


def test_counts_of_what_was_read(tmp_path: Path) -> None:
    found = figures(tmp_path, PLAIN + "6,a,1\n")

    assert {
        key: found[key]
        for key in (
            *("units", "units_graded_twice", "raters", "ratings", "pairable"),
            *("grades", "scale", "skipped", "coverage"),
        )
    } == {
        "units": 6,
        "units_graded_twice": 5,
        "raters": 2,
        "ratings": 11,
        "pairable": 10,
        "grades": 3,
        "scale": ["1", "2", "3"],
        "skipped": {},
        "coverage": 0.95,
    }
    assert sum(found["prevalence"].values()) == pytest.approx(1)


def test_intervals_hold_their_coefficients_and_repeat_with_their_seed(tmp_path: Path) -> None:
    found = figures(tmp_path, PLAIN)

    for name in ("alpha_nominal", "alpha_ordinal", "alpha_interval", "ac1", "ac2", "cohen_kappa"):
        one = found[name]
        assert one["low"] < one["value"] < one["high"] <= 1
        assert one["reason"] == ""
    assert figures(tmp_path, PLAIN) == found
    assert figures(tmp_path, PLAIN, "--seed=2") != found


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN.encode("utf-16"),
        PLAIN.replace("unit,rater,grade", " Unit , RATER,Grade"),
        "".join(f'"{cells}"\n'.replace(",", '","') for cells in PLAIN.splitlines()),
        "".join(f"{','.join(line.split(',')[::-1])},note\n" for line in PLAIN.splitlines()),
        PLAIN.replace("\n", "\n\n , ,\n").replace(" , ,\n", ",,\n"),
        PLAIN.replace(",1\n", ",1.0\n").replace(",3\n", ", 03 \n"),
        "".join(f"{line}\n" for line in [*PLAIN.splitlines()[:1], *PLAIN.splitlines()[:0:-1]]),
    ],
    ids=[
        *("bom", "semicolons", "tabs", "windows", "old mac", "utf-16", "header", "quoted"),
        *("order of columns", "blank rows", "spelling of numbers", "order of rows"),
    ],
)
def test_table_is_the_same_however_it_is_written(tmp_path: Path, text: str | bytes) -> None:
    assert coefficients(figures(tmp_path, text)) == pytest.approx(
        coefficients(figures(tmp_path, PLAIN)), nan_ok=True
    )
    assert figures(tmp_path, text)["skipped"] == {}


def test_rows_that_do_not_count_are_counted_by_reason(tmp_path: Path) -> None:
    bad = (
        ",a,1\n7,,1\n7,a,\n7,b,NA\n7,c,too vague\n7,d,good\n1,a,1\n1,a,2\n7\n"
        '8,a"b",1\n9,"a"b,1\n10,"never closed,1\n'
    )
    found = figures(tmp_path, PLAIN + bad)

    assert found["skipped"] == {
        "the row is not CSV": 2,
        "no unit": 1,
        "no rater": 2,
        "no grade": 2,
        "a disposition, which is no grade": 1,
        "a word where most grades are numbers": 1,
        "the same grade again by the same rater": 1,
        "another grade by the same rater": 1,
    }
    # What is left of the bad rows is one grade of unit 8.
    assert (found["units"], found["ratings"]) == (6, 11)
    assert found["alpha_ordinal"]["value"] == figures(tmp_path, PLAIN)["alpha_ordinal"]["value"]


def test_a_row_that_is_not_csv_costs_no_other_row(tmp_path: Path) -> None:
    text = PLAIN.replace("2,a,2\n", '2,a,2\n"x,y,1\nx,"y"z,1\n')

    found = figures(tmp_path, text)

    assert found["skipped"] == {"the row is not CSV": 2}
    assert coefficients(found) == coefficients(figures(tmp_path, PLAIN))


def test_words_of_our_scale_are_their_numbers(tmp_path: Path) -> None:
    words = {"1": "Held", "2": "mostly_held", "3": "MIXED", "4": "mostly failed", "5": "failed"}
    numbers = PLAIN + "6,a,4\n6,b,5\n"
    text = "unit,rater,grade\n" + "".join(
        f"{line[:-1]}{words[line[-1]]}\n" for line in numbers.splitlines()[1:]
    )

    found = figures(tmp_path, text)

    assert found["scale"] == ["failed", "mostly failed", "mixed", "mostly held", "held"]
    of_numbers = coefficients(figures(tmp_path, numbers))
    for name in set(NAMES) - {"alpha_ratio"}:
        assert found[name]["value"] == pytest.approx(of_numbers[name])


def test_other_words_have_no_order_until_it_is_named(tmp_path: Path) -> None:
    words = {"1": "low", "2": "middle", "3": "high"}
    text = "unit,rater,grade\n" + "".join(
        f"{line[:-1]}{words[line[-1]]}\n" for line in PLAIN.splitlines()[1:]
    )

    found = figures(tmp_path, text)
    named = figures(tmp_path, text, "--scale=Low, Middle,High")

    plain = figures(tmp_path, PLAIN)
    assert found["alpha_nominal"]["value"] == plain["alpha_nominal"]["value"]
    assert found["alpha_ordinal"] == {
        "value": None,
        "low": None,
        "high": None,
        "reason": "the grades are words in no order: name them with --scale",
    }
    assert found["cohen_kappa_linear"]["value"] is None
    for name in ("alpha_ordinal", "ac2", "cohen_kappa_quadratic"):
        assert named[name]["value"] == pytest.approx(plain[name]["value"])
    assert figures(tmp_path, text, "--scale=low,high")["skipped"] == {"not of the scale": 4}


def test_two_words_are_in_order_either_way(tmp_path: Path) -> None:
    text = "unit,rater,grade\n1,a,yes\n1,b,no\n2,a,yes\n2,b,YES\n3,a,no\n3,b,no\n"

    found = figures(tmp_path, text)

    assert found["alpha_ordinal"]["value"] == pytest.approx(found["alpha_nominal"]["value"])
    assert found["ac2"]["value"] == pytest.approx(found["ac1"]["value"])
    assert found["scale"] == ["no", "yes"]


@pytest.mark.parametrize(
    ("text", "values", "reason"),
    [
        ("1,a,2\n2,a,3\n", {}, "no unit was graded twice"),
        ("1,a,2\n", {}, "no unit was graded twice"),
        ("", {}, "no unit was graded twice"),
        (
            "1,a,2\n1,b,2\n2,a,2\n2,b,2\n",
            {"ac1": 1, "ac2": 1, "percent_agreement": 1},
            "all grades are the same",
        ),
    ],
    ids=["one rater", "one grade", "no rows", "all the same"],
)
def test_what_is_not_defined_says_why(
    tmp_path: Path, text: str, values: dict[str, float], reason: str
) -> None:
    found = figures(tmp_path, "unit,rater,grade\n" + text)

    assert coefficients(found) == dict.fromkeys(NAMES) | values
    assert found["alpha_ordinal"]["reason"] == reason


def test_one_unit_has_coefficients_without_intervals(tmp_path: Path) -> None:
    found = figures(tmp_path, "unit,rater,grade\n1,a,2\n1,b,3\n")

    assert found["alpha_nominal"] == {
        "value": 0.0,
        "low": None,
        "high": None,
        "reason": "no interval: five claims graded twice are needed",
    }
    assert found["percent_agreement"]["value"] == 0


def test_cohens_kappa_is_of_two_raters(tmp_path: Path) -> None:
    found = figures(tmp_path, PLAIN + "1,c,1\n")

    assert found["cohen_kappa"]["value"] is None
    assert found["cohen_kappa"]["reason"] == "it is for two raters: here are 3"
    assert found["conger_kappa"]["value"] is not None


def test_decimals_and_amounts_below_zero(tmp_path: Path) -> None:
    text = 'unit;rater;grade\n1;a;"0,5"\n1;b;.5\n2;a;50%\n2;b;-1.25\n3;a;1e-1\n3;b;½\n'

    found = figures(tmp_path, text)

    assert found["scale"] == ["-1.25", "0.1", "0.5"]
    assert found["alpha_interval"]["value"] is not None
    assert found["alpha_ratio"]["reason"].startswith("the grades are not amounts from 0")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it is empty: nothing to compare"),
        ("\n\n", "it is empty: nothing to compare"),
        ("unit,who,grade\n1,a,2\n", "its first row names no column rater"),
        ("\x00\xff\xfe", "its first row names no column unit, rater, grade"),
    ],
)
def test_file_that_is_no_such_table_is_refused_in_one_line(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        figures(tmp_path, text.encode("latin-1"))


def test_missing_file_and_poor_scale_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        evaluated(tmp_path / "none.csv")
    with pytest.raises(CommandError, match="two grades or more"):
        figures(tmp_path, PLAIN, "--scale=1")


def test_table_is_for_people(tmp_path: Path) -> None:
    figures(tmp_path, PLAIN + "6,a,\n")

    lines = evaluated(tmp_path / "grades.csv").splitlines()

    assert lines[0] == "10 grades by 2 raters of 5 units, 5 of them twice or more; 3 grades."
    assert lines[1] == "Left out, no grade: 1"
    assert lines[3].split()[:3] == ["alpha", "nominal", "0.455"]
