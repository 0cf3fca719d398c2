"""The drawing of an interval: whatever is missing is left out, never drawn from nowhere."""

import re
from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from django.test import Client

from accounts.models import User
from reports.services import publish_report
from reviews.outcomes import Outcome
from tests.factories.sources import ClaimantFactory
from tests.reports.ledger import CUTOFF, MARCH, desk

HELD, FAILED = Outcome.HELD, Outcome.FAILED
WHOLE = {
    "label": "likely",
    "low": 0.0,
    "point": 0.4,
    "high": 0.7,
    "axis_from": 0,
    "axis_span": 1,
    "zero": 0,
    "target_low": 0.0,
    "target_width": 0.25,
    "figures": "40% (0% to 70%)",
    "reason": "",
    "n": "9 claims",
}
NUMBERS = re.compile(r'\b(?:x|x1|x2|y|y1|y2|width|height)="([^"]*)"')


def drawn(**row: object) -> str:
    return render_to_string("reports/forest.html", {"rows": [row]})


def numbers(page: str) -> list[float]:
    return [float(text) for text in NUMBERS.findall(page)]


def test_a_whole_row_draws_band_line_whisker_and_dot() -> None:
    page = drawn(**WHOLE)

    assert [
        page.count(f'class="{part}"') for part in ("target", "axis-line", "whisker", "dot")
    ] == [
        1,
        1,
        1,
        1,
    ]
    assert {0.0, 0.25, 0.4, 0.7} < set(numbers(page))


@pytest.mark.parametrize(
    ("missing", "part"),
    [
        (("target_low", "target_width"), "target"),
        (("zero",), "axis-line"),
        (("low", "high"), "whisker"),
        (("point",), "dot"),
    ],
)
@pytest.mark.parametrize("how", ["absent", "None"])
def test_what_is_missing_is_not_drawn(missing: tuple[str, ...], part: str, how: str) -> None:
    row = {name: value for name, value in WHOLE.items() if name not in missing}
    if how == "None":
        row |= dict.fromkeys(missing)

    page = drawn(**row)

    assert f'class="{part}"' not in page
    assert len(numbers(page)) == len(NUMBERS.findall(page)) > 0


@pytest.mark.django_db
def test_a_report_with_and_without_intervals_draws_numbers_only(
    reader: User, sign_in: Callable[[User], Client]
) -> None:
    desk(ClaimantFactory(), [HELD, HELD, HELD, HELD, FAILED])
    desk(ClaimantFactory(), [HELD])
    desk(ClaimantFactory(), [None])
    report = publish_report(by=None, **MARCH, at=CUTOFF)

    page = sign_in(reader).get(report.get_absolute_url()).content.decode()

    forests = "".join(re.findall(r'<ol class="forest".*?</ol>', page, re.DOTALL))
    assert forests.count("<svg") == 6
    assert len(numbers(forests)) == len(NUMBERS.findall(forests)) > 20
