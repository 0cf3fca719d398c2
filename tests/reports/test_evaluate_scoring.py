"""`manage.py evaluate scoring`: published figures, and tables as other programs write them."""

import csv
import gzip
import json
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

HEADER = "forecaster,claim,probability,outcome"
PLAIN = f"""{HEADER}
ada,1,0.9,1
ada,2,0.2,0
ada,3,0.7,0
ada,4,0.6,1
ada,5,0.5,1
bob,6,0.1,0
bob,7,0.3,1
"""


def evaluated(path: Path, *options: str) -> str:
    printed = StringIO()
    call_command("evaluate", "scoring", str(path), *options, stdout=printed)
    return printed.getvalue()


def figures(folder: Path, text: str | bytes, *options: str) -> dict[str, Any]:
    path = folder / "forecasts.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found: dict[str, Any] = json.loads(evaluated(path, "--json", *options))
    return found


def table(rows: Iterable[Iterable[object]], *more: str) -> str:
    """A table of these rows."""
    head = ",".join((HEADER, *more))
    return "".join(f"{line}\n" for line in (head, *(",".join(map(str, row)) for row in rows)))


def shared_rows(shared: Path, name: str) -> Iterator[dict[str, str]]:
    path = shared / "data" / "forecasts" / name
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode()
    yield from csv.DictReader(StringIO(text))


def test_prediction_book(shared: Path, tmp_path: Path) -> None:
    rows = (
        (row["user_id"].replace(",", " "), row["question_id"], row["probability"], row["outcome"])
        for row in shared_rows(shared, "forecasts.csv.gz")
    )

    found = figures(tmp_path, table(rows))

    assert found["n"] == 51135
    assert found["brier"] == pytest.approx(0.1614490721, abs=1e-9)
    assert found["skipped"] == {"no outcome": 11546, "the outcome is not from 0 to 1": 911}
    corp = found["corp"]
    assert corp["mcb"] - corp["dsc"] + corp["unc"] == pytest.approx(found["brier"])
    low, high = found["interval"]
    assert low < found["brier"] < high
    assert sum(one["n"] for one in found["forecasters"]) == 51135


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("EMOS", (0.2320, 0.0183, 0.0305, 0.2442)),
        ("Logistic", (0.2057, 0.0171, 0.0555, 0.2442)),
        ("ENS", (0.2662, 0.0661, 0.0441, 0.2442)),
        ("EPC", (0.2343, 0.0223, 0.0323, 0.2442)),
    ],
)
def test_niamey_rain(shared: Path, tmp_path: Path, model: str, expected: tuple[float, ...]) -> None:
    rows = shared_rows(shared, "precip_Niamey_2016.csv")

    found = figures(tmp_path, table((model, row["date"], row[model], row["obs"]) for row in rows))

    terms = [found["brier"], *(found["corp"][name] for name in ("mcb", "dsc", "unc"))]
    assert found["n"] == 92
    assert terms == pytest.approx(expected, abs=5.1e-5)
    assert (found["corp"]["p"] < 0.01) == (model == "ENS")


def test_football_games_with_ties(shared: Path, tmp_path: Path) -> None:
    rows = shared_rows(shared, "nfl_games.csv")

    found = figures(
        tmp_path,
        table(("538", at, row["prob1"], row["prob1_outcome"]) for at, row in enumerate(rows)),
    )

    assert found["brier"] == pytest.approx(0.22011, abs=5.1e-6)
    assert found["corp"]["p"] is None
    assert found["corp"]["p_reason"].startswith("some outcomes lie between 0 and 1")


@pytest.mark.parametrize(
    ("version", "brier"), [("classic", 0.03018), ("deluxe", 0.02652), ("lite", 0.03475)]
)
def test_elections_of_2018(shared: Path, tmp_path: Path, version: str, brier: float) -> None:
    rows = [
        (version, row["race"], row["Democrat_WinProbability"], row["Democrat_Won"])
        for row in shared_rows(shared, "forecast_results_2018.csv")
        if row["version"] == version and row["uncalled"] == "0"
    ]

    found = figures(tmp_path, table(rows))

    assert found["n"] == 504
    assert found["brier"] == pytest.approx(brier, abs=5.1e-6)


def test_figures_by_hand(tmp_path: Path) -> None:
    found = figures(tmp_path, PLAIN)

    assert found["n"] == 7
    assert found["brier"] == pytest.approx((0.01 + 0.04 + 0.49 + 0.16 + 0.25 + 0.01 + 0.49) / 7)
    assert (found["bss"], found["bss_reason"]) == (None, "no row has a base rate")
    assert found["sequence"]["reason"] == "no row has a date"
    ada, bob = found["forecasters"]
    assert (ada["name"], ada["n"], ada["brier"]) == ("ada", 5, pytest.approx(0.19))
    # x̄ ± t₄ s/√5 with s² = .03735.
    reach = 2.7764451 * (0.03735 / 5) ** 0.5
    assert ada["interval"] == pytest.approx([max(0, 0.19 - reach), 0.19 + reach])
    assert ada["reason"] == "not ranked: 3 forecasters with 5 clusters are needed"
    assert (bob["interval"], bob["rank_low"]) == (None, None)
    assert bob["reason"] == "no interval below 5 clusters"


def test_skill_is_over_base_rates_that_the_table_gives(tmp_path: Path) -> None:
    text = "a,1,0.8,1,0.4\na,2,0.1,0,0.2\na,3,0.5,1,\na,4,0.5,0,7\na,5,0.5,0,x\n"

    found = figures(tmp_path, f"{HEADER},base_rate\n{text}")

    assert found["bss"] == pytest.approx(1 - (0.04 + 0.01) / (0.36 + 0.04))
    assert found["bss_interval"] is None
    assert (found["n"], found["without_base_rate"]) == (5, 3)
    assert found["unread"] == {"base_rate": 2}


def test_range_counts_as_its_mean_score(tmp_path: Path) -> None:
    rows = ("a,1,,1,.55,.8", "a,2,0.7,0,0.55,80%", "a,3,.7,1,,")

    found = figures(tmp_path, "\n".join([f"{HEADER},probability_low,probability_high", *rows]))

    assert found["brier"] == pytest.approx((0.110833333 + 0.460833333 + 0.09) / 3)
    assert (found["ranges"], found["skipped"]) == (2, {})


def test_rows_that_cannot_be_scored_are_counted_by_reason(tmp_path: Path) -> None:
    bad = (
        ",8,0.5,1,,",
        "ada,,0.5,1,,",
        "ada,8,,1,,",
        "ada,8,often,1,,",
        "ada,8,1.5,1,,",
        "ada,8,-0.5,1,,",
        "ada,8,nan,1,,",
        "ada,8,inf,1,,",
        "ada,8,0.5,,,",
        "ada,8,0.5,perhaps,,",
        "ada,8,0.5,-1,,",
        "ada,8,0.5,too vague,,",
        "ada,8,0.5,Condition_not_met,,",
        "ada,8,0.5,1,0.4,",
        "ada,8,0.5,1,0.6,0.4",
        "ada,8,0.9,1,0.4,0.6",
        "ada,8,,1,0.4,2",
        "ada",
        '"ada,8,0.5,1,,',
    )
    text = PLAIN.replace("outcome\n", "outcome,probability_low,probability_high\n")

    found = figures(tmp_path, text + "\n".join(bad))

    assert found["skipped"] == {
        "the row is not CSV": 1,
        "no forecaster": 1,
        "no claim": 2,
        "no outcome": 1,
        "void: condition not met": 1,
        "void: too vague": 1,
        "the outcome is no number": 1,
        "the outcome is not from 0 to 1": 1,
        "no probability": 2,
        "the range has one end": 1,
        "the probability is no number": 2,
        "the probability is not from 0 to 1": 3,
        "the range ends below its start": 1,
        "the probability lies outside its range": 1,
    }
    assert sum(found["skipped"].values()) == len(bad)
    assert (found["n"], found["brier"]) == (7, figures(tmp_path, PLAIN)["brier"])


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace(",", ";").replace("0.", "0,"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace("\n", "\r\n"),
        PLAIN.encode("utf-16"),
        PLAIN.replace(HEADER, "Forecaster, CLAIM ,Probability,Outcome"),
        "".join(f"x,{','.join(line.split(',')[::-1])}\n" for line in PLAIN.splitlines()),
        PLAIN.replace("0.9,1\n", "90 %,yes\n").replace("0.2,0\n", ".2,False\n"),
        PLAIN.replace("0.9,1\n", "0.9,held\n").replace("0.2,0\n", "2e-1,FAILED\n"),
        "".join(f'"{line}"\n'.replace(",", '","') for line in PLAIN.splitlines()),
    ],
    ids=[
        *("bom", "semicolons", "tabs", "windows", "utf-16", "header", "order of columns"),
        *("yes and per cent", "our grades", "quoted"),
    ],
)
def test_table_is_the_same_however_it_is_written(tmp_path: Path, text: str | bytes) -> None:
    assert figures(tmp_path, text) == figures(tmp_path, PLAIN)


def test_order_of_rows_and_names_of_claims_say_nothing(tmp_path: Path) -> None:
    rows = [(f"f{at % 4}", f"c{at}", (at * 37 % 100) / 100, at * 7 % 3 % 2) for at in range(80)]
    turned = [(one, f"other {claim}", said, held) for one, claim, said, held in reversed(rows)]

    straight, other = figures(tmp_path, table(rows)), figures(tmp_path, table(turned))

    for name in ("brier", "log", "spherical", "interval"):
        assert other[name] == pytest.approx(straight[name])
    assert [one["name"] for one in other["forecasters"]] == [
        one["name"] for one in straight["forecasters"]
    ]


def test_ranked_forecasters_have_shrunk_means_and_places(tmp_path: Path) -> None:
    rows = [
        (name, f"{name}{at}", said, at % 2)
        for name, hit in (("best", 0.97), ("good", 0.9), ("poor", 0.4), ("worst", 0.1))
        for at in range(400)
        for said in [hit if at % 2 else 1 - hit]
    ]
    # Scores that never vary leave nothing to chance; so some of each are at ½.
    rows = [
        (who, claim, 0.5 if at % 10 == 0 else said, held)
        for at, (who, claim, said, held) in enumerate(rows)
    ]

    found = figures(tmp_path, table(rows))["forecasters"]

    assert [one["name"] for one in found] == ["best", "good", "poor", "worst"]
    assert [(one["rank_low"], one["rank_high"]) for one in found] == [
        (1, 2),
        (1, 2),
        (3, 3),
        (4, 4),
    ]
    for one in found:
        low, high = one["shrunk_interval"]
        assert low < one["shrunk"] < high
        assert one["reason"] == ""


def test_forecasts_of_one_claim_are_one_cluster(tmp_path: Path) -> None:
    alone = [("a", at, 0.6, at % 2) for at in range(10)]
    copied = [row for row in alone for _ in range(7)]

    found, again = figures(tmp_path, table(alone)), figures(tmp_path, table(copied))

    assert again["interval"] == pytest.approx(found["interval"])
    assert (again["claims"], again["clusters"], again["repeated"]) == (10, 10, 60)


def test_clusters_of_the_table_are_used_and_claims_where_it_names_none(tmp_path: Path) -> None:
    rows = [("a", at, 0.6, at % 2, "storm" if at < 4 else "") for at in range(10)]

    assert figures(tmp_path, table(rows, "cluster"))["clusters"] == 7


def test_dates_give_a_sequence_and_bad_ones_are_told(tmp_path: Path) -> None:
    dates = ("2024-01-05", "2024-01-03T10:00:00Z", "2024-02-01 08:00:00+02:00", "soon", "")
    rows = [("a", at, 0.6, 1, date) for at, date in enumerate(dates)]

    found = figures(tmp_path, table(rows, "date"))

    assert found["unread"] == {"date": 1}
    assert (found["sequence"]["from"], found["sequence"]["to"]) == ("2024-01-03", "2024-02-01")
    assert 0 <= found["sequence"]["low"] <= 0.16 <= found["sequence"]["high"] <= 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,1,0.5,\n",
        "a,1,0,0\n",
        "a,1,1,0\n",
        "a,1,0.5,0.25\n",
        "".join(f"a,{at},1,1\n" for at in range(9)),
        "".join(f"a{at % 3},{at},1,1\n" for at in range(30)),
        "".join(f"a{at % 3},{at},0.5,{at % 2}\n" for at in range(30)),
        "".join(f"a{at % 3},one,0.5,1\n" for at in range(30)),
        "".join(f"a{at},{at},0.{at:02},1\n" for at in range(30)),
        "".join(f"a{at % 3},{at % 10},0.4,{at % 10 / 10}\n" for at in range(30)),
    ],
    ids=[
        *("no rows", "nothing scored", "sure and right", "sure and wrong", "graded", "all held"),
        *("three all right", "all at one half", "one claim", "one claim each", "same claims"),
    ],
)
def test_small_and_uniform_tables_have_figures(tmp_path: Path, text: str) -> None:
    found = figures(tmp_path, f"{HEADER}\n{text}")
    people = evaluated(tmp_path / "forecasts.csv")

    assert found["n"] + sum(found["skipped"].values()) == text.count("\n")
    assert (found["brier"] is None) == (found["n"] == 0)
    assert "Brier score" in people


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it is empty"),
        ("forecaster,claim,outcome\na,1,1\n", "its first row names no column probability"),
        ("\x89PNG\r\n\x1a\n", "its first row names no column"),
    ],
)
def test_file_that_is_no_such_table_is_refused_in_one_line(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        figures(tmp_path, text.encode("latin-1"))


def test_table_is_for_people(tmp_path: Path) -> None:
    figures(tmp_path, PLAIN + "ada,8,0.5,\n")

    lines = evaluated(tmp_path / "forecasts.csv").splitlines()

    assert lines[0] == "7 forecasts of 7 claims scored, 1 rows not."
    assert lines[1] == "Left out, no outcome: 1"
    assert lines[2].split()[:5] == ["Brier", "score", "0.2071", "0.0110", "to"]
    assert lines[-1].split()[:3] == ["bob", "2", "0.2500"]
