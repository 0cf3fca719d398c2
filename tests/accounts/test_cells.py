"""Cells that no spreadsheet takes for a formula."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.cells import original, plain

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_what_may_begin_a_formula_gets_an_apostrophe(start: str) -> None:
    assert plain(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize(
    "text", ["", "likely", "'likely'", "1 = 1", " =1", "’=1", "“+5%”", "5-6", "a@b.example"]
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == original(text) == text


def test_apostrophe_before_a_formula_is_kept_by_another() -> None:
    assert plain("'=1") == "''=1"
    assert original("''=1") == "'=1"


@given(st.text() | st.text(alphabet="'=+-@＝＋－＠\t\r\n a"))
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert original(plain(text)) == text
    assert not plain(text).startswith(FORMULA_STARTS)


def test_naughty_strings_come_back_as_they_were(shared: Path) -> None:
    strings = json.loads((shared / "data/hostile_input/blns/blns.json").read_text())

    assert len(strings) > 400
    assert [original(plain(one)) for one in strings] == strings
    assert not [one for one in strings if plain(one).startswith(FORMULA_STARTS)]
