"""The form below the list: what many drafts are given at once."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import User
from claims.forms import BulkForm

pytestmark = pytest.mark.django_db


def bulk_form(**values: object) -> BulkForm:
    form = BulkForm(values)
    form.is_valid()
    return form


def test_bulk_form_changes_only_what_is_filled_in() -> None:
    form = bulk_form(stake="1", due_on="2025-01-01", claimant=" ", add_topics="", hand_to="")

    assert form.errors == {}
    assert form.changes() == {"stake": 1, "due_on": date(2025, 1, 1)}
    assert form.base_rate() is None
    assert (form.cleaned_data["claimant"], form.cleaned_data["hand_to"]) == ("", None)


def test_bulk_form_gives_a_whole_base_rate_even_of_nought() -> None:
    form = bulk_form(reference_class=" Trade ", base_rate_percent="0", base_rate_source="Own count")

    assert form.errors == {}
    assert form.base_rate() == {
        "reference_class": "Trade",
        "probability": Decimal(0),
        "source": "Own count",
    }
    assert form.changes() == {}


@pytest.mark.parametrize(
    "values",
    [
        {"reference_class": "Trade"},
        {"base_rate_percent": "0"},
        {"base_rate_source": "Own count"},
        {"reference_class": "Trade", "base_rate_percent": "5"},
        {"base_rate_percent": "5", "base_rate_source": " "},
    ],
)
def test_bulk_form_refuses_half_a_base_rate(values: dict[str, str]) -> None:
    assert bulk_form(**values).errors == {
        "reference_class": ["A base rate needs its class, its figure and its source."]
    }


@pytest.mark.parametrize("values", [{}, {"add_topics": " ,, "}, {"claimant": " "}, {"stake": ""}])
def test_bulk_form_that_would_change_nothing_is_refused(values: dict[str, str]) -> None:
    assert bulk_form(**values).errors == {"__all__": ["Fill in what the drafts are to be given."]}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("base_rate_percent", "101", "Ensure this value is less than or equal to 100."),
        ("base_rate_percent", "-1", "Ensure this value is greater than or equal to 0."),
        ("base_rate_percent", "12.55", "Ensure that there are no more than 1 decimal place."),
        ("base_rate_percent", "NaN", "Enter a number."),
        ("claimant", "x" * 201, "Ensure this value has at most 200 characters (it has 201)."),
        ("opens_on", "31/12/99999", "Enter a valid date."),
        ("hand_to", "x", "Select a valid choice. That choice is not one of the available choices."),
    ],
)
def test_bulk_form_names_the_wrong_value(name: str, value: str, words: str) -> None:
    assert bulk_form(**{name: value}).errors[name] == [words]


def test_bulk_form_hands_to_active_people_who_may_write_claims(
    analyst: User, colleague: User, reader: User
) -> None:
    colleague.is_active = False
    colleague.save()

    assert [bool(bulk_form(hand_to=one.pk).errors) for one in (analyst, colleague, reader)] == [
        False,
        True,
        True,
    ]
