"""Files round an import: an empty table to fill, and all that is wrong with one."""

import csv
import re
from collections.abc import Callable
from io import BytesIO, StringIO

import pytest
from django.http import HttpResponse
from django.test import Client
from python_calamine import CalamineWorkbook

from accounts.models import User
from claims.importing import recognised
from claims.importing.columns import FIELDS
from claims.services import (
    begin_import,
    load_lexicons,
)
from sources.importing import ImportFileError
from tests.claims.imports import ROW, checked

pytestmark = pytest.mark.django_db


type SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _lexicons() -> None:
    load_lexicons()


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


def text_of(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_all_problems_come_as_a_neutralised_file(browser: Client, analyst: User) -> None:
    rows = [{**ROW, "due": '=HYPERLINK("x")'}, {**ROW, "quote": ""}, ROW, ROW]
    claim_import = checked(rows, by=analyst)

    response = browser.get(f"/claims/imports/{claim_import.pk}/problems/")

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert response["Content-Disposition"] == (
        f'attachment; filename="import-{claim_import.pk}-problems.csv"'
    )
    assert list(csv.reader(StringIO(text, newline=""))) == [
        ["row", "column", "what is wrong", "what stands there"],
        [
            "2",
            "due",
            '\'=HYPERLINK("x") is not a date; write it like 2024-03-21',
            '\'=HYPERLINK("x")',
        ],
        ["3", "quote", "the exact words are missing", ""],
        ["5", "", "says the same as row 4", ""],
    ]


def test_empty_table_to_fill_has_every_column_that_is_read(browser: Client) -> None:
    assert 'href="/claims/imports/empty/"' in text_of(browser.get("/claims/imports/add/"))

    response = browser.get("/claims/imports/empty/")

    assert response["Content-Disposition"] == 'attachment; filename="claims-to-import.xlsx"'
    data = b"".join(response.streaming_content)
    (header,) = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    columns = recognised(header, name="t")
    assert columns.unknown == ()
    assert list(columns.fields) == list(FIELDS)
    assert columns.in_percent == {"low", "high", "base_rate"}
    assert refusal(data) == "t.xlsx has no rows below its header."


def refusal(data: bytes) -> str:
    with pytest.raises(ImportFileError) as refused:
        begin_import(data=data, name="t.xlsx", by=None)
    return str(refused.value)
