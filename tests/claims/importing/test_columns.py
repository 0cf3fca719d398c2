"""Which column holds what, whatever it is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.importing import recognised, unnamed
from claims.importing.columns import FIELDS
from claims.tables.columns import COLUMNS
from sources.importing import ImportFileError
from sources.importing.xlsx_table import Number

NEEDED = ["quote", "claimant", "said on"]


def refusal(header: list[str]) -> str:
    with pytest.raises(ImportFileError) as refused:
        recognised(header, name="table.csv")
    return str(refused.value)


def test_every_column_of_an_export_is_known() -> None:
    columns = recognised([column.name for column in COLUMNS], name="claims.csv")

    assert columns.unknown == ()
    assert set(columns.fields) - {""} == set(FIELDS)
    assert columns.in_percent == {"low", "high", "base_rate"}


@given(st.sampled_from([(field, name) for field, names in FIELDS.items() for name in names]))
def test_name_is_known_in_any_case_and_spacing(pair: tuple[str, str]) -> None:
    field, name = pair
    needed = [FIELDS[one][0] for one in ("quote", "claimant", "said_on") if one != field]

    for written in (
        name.upper(),
        name.replace(" ", "_"),
        f"  {name.title()} ",
        name.replace(" ", ""),
    ):
        assert recognised([written, *needed], name="t").fields[0] == field


def test_no_name_stands_for_two_fields() -> None:
    names = [name for names in FIELDS.values() for name in names]

    assert len(names) == len(set(names))


def test_columns_that_are_unknown_are_named() -> None:
    columns = recognised([*NEEDED, "Remarks", "", "my  own", "number"], name="t")

    assert columns.unknown == ("Remarks", "my own")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (
            ["claimant", "said on"],
            "table.csv lacks the column quote. Its first row is: claimant, said on.",
        ),
        (
            ["a", "", "b" * 50],
            (
                "table.csv lacks the columns quote, claimant (or speaker), said on. Its first row is: "
                f"a, (empty), {'b' * 40}."
            ),
        ),
        (
            [*NEEDED, "due", "Due date"],
            "table.csv has “due” and “Due date”, which are both read as due. Keep one.",
        ),
    ],
)
def test_header_that_lacks_or_repeats_is_refused(header: list[str], words: str) -> None:
    assert refusal(header) == words


def test_speaker_is_enough() -> None:
    assert recognised(["quote", "speaker", "said on"], name="t").fields[1] == "speaker"


def test_values_are_cleaned_and_without_what_is_empty() -> None:
    columns = recognised([*NEEDED, "due", "nobody knows"], name="t")

    values = columns.values([" '=a\r\nb\0 ", "''-x", " ", "", "left"])

    assert values == {"quote": "'=a\nb", "claimant": "'-x"}


def test_apostrophe_of_a_neutralised_cell_is_taken_off() -> None:
    columns = recognised(NEEDED, name="t")

    assert columns.values(["'=1+1", "'Orlov'"]) == {"quote": "=1+1", "claimant": "'Orlov'"}


def test_figure_of_a_percent_column_bears_its_sign() -> None:
    columns = recognised([*NEEDED, "low (%)", "high percent", "base rate"], name="t")

    values = columns.values(["q", "c", "d", "0.5", "80%", "0.5"])

    assert (values["low"], values["high"], values["base_rate"]) == ("0.5%", "80%", "0.5")


def test_number_of_a_spreadsheet_bears_a_sign_only_where_it_is_clear() -> None:
    columns = recognised([*NEEDED, "low (%)", "high (%)", "base rate"], name="t")

    def values(*cells: str) -> list[str]:
        return list(columns.values(["q", "c", "d", *cells]).values())[3:]

    assert values(Number("0.6"), Number("60"), Number("0.6")) == ["0.6 as a number", "60%", "0.6"]
    assert values(Number("1"), Number("0"), Number("1")) == ["1 as a number", "0%", "1"]
    assert values("0.6", Number("1.5"), "60%") == ["0.6%", "1.5%", "60%"]


def test_column_without_a_name_is_told_where_it_holds_something() -> None:
    header = ["quote", "", " ", *["x"] * 23, ""]

    assert unnamed(header, [["q", "", " "], ["q"], ["q", "", "note"], [""] * 26 + ["z"]]) == [
        "C, which has no name",
        "AA, which has no name",
    ]
    assert unnamed(["quote", ""], [["q", ""]]) == []


@pytest.mark.parametrize(
    ("more", "cells", "expected"),
    [
        (["Source"], ["On ports"], {"title": "On ports"}),
        (["source"], ["https://ports.example/a"], {"url": "https://ports.example/a"}),
        (["source"], ["see https://ports.example/a"], {"title": "see https://ports.example/a"}),
        (
            ["source title", "source_url"],
            ["On ports", "https://a.example"],
            {"title": "On ports", "url": "https://a.example"},
        ),
        (
            ["source", "link"],
            ["https://a.example", "https://b.example"],
            {"title": "https://a.example", "url": "https://b.example"},
        ),
        (["title", "source"], ["On ports", "Reuters"], {"title": "On ports"}),
    ],
)
def test_source_is_a_title_or_an_address(
    more: list[str], cells: list[str], expected: dict[str, str]
) -> None:
    columns = recognised([*NEEDED, *more], name="t")

    needed = {"quote": "q", "claimant": "c", "said_on": "d"}
    assert columns.values(["q", "c", "d", *cells]) == needed | expected
    assert columns.unknown == (("source",) if more == ["title", "source"] else ())
