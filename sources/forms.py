"""The forms of the sources room."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms

from sources.importing.plans import LABELS
from sources.importing.records import NEEDED
from sources.models import Reliability


class FeedForm(forms.Form):
    """An address to poll."""

    url = forms.URLField(label="Address of the feed", max_length=1000, assume_scheme="https")
    name = forms.CharField(required=False, max_length=200, help_text="Left empty: the publisher's.")
    publisher = forms.CharField(
        required=False, max_length=200, help_text="Left empty: the host of the address."
    )
    every_minutes = forms.IntegerField(
        label="Every so many minutes", min_value=1, max_value=10_080, initial=15
    )


class GradeForm(forms.Form):
    """A publisher's reliability, with the reason."""

    reliability = forms.ChoiceField(choices=Reliability.choices)
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))


class EventFileForm(forms.Form):
    """A file of events."""

    file = forms.FileField(
        help_text="CSV, XLSX, JSON, JSON Lines, a feed, or a table of GDELT, ACLED or ICEWS; zipped or "
        "not, up to 100 MB."
    )


class MappingForm(forms.Form):
    """Which column of a file holds what, and how its dates are read."""

    ORDERS = [("", "as can be told"), ("day", "the day first"), ("month", "the month first")]
    HELP = {
        "published": "When it was reported.",
        "occurred": "Left out: the day it was reported.",
        "id": "What the source calls a row. The same again, with other words, is a new version.",
    }

    def __init__(self, *args: Any, columns: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((column, column[:80]) for column in columns)]
        for field, label in LABELS.items():
            self.fields[field] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=field in NEEDED,
                help_text=self.HELP.get(field, ""),
                error_messages={"required": "Choose its column."},
            )
        self.fields["order"] = forms.ChoiceField(
            label="Dates like 03/04/2023", choices=self.ORDERS, required=False
        )
        self.fields["zone"] = forms.ChoiceField(
            label="Times without a zone are in",
            choices=[("UTC", "UTC"), *((name, name) for name in _zones())],
            required=False,
        )
        self.fields["name"] = forms.CharField(
            label="Remember this as",
            max_length=100,
            required=False,
            help_text="Offered for the next file with these columns.",
        )

    def columns(self) -> dict[str, str]:
        """The chosen column of each field."""
        return {field: column for field in LABELS if (column := self.cleaned_data.get(field))}

    def reading(self) -> dict[str, Any]:
        """What services ask for."""
        first = {"day": True, "month": False}.get(self.cleaned_data.get("order", ""))
        return {
            "columns": self.columns(),
            "day_first": first,
            "zone": self.cleaned_data.get("zone") or "UTC",
        }


def _zones() -> list[str]:
    return sorted(name for name in available_timezones() if "/" in name and name[:3] != "Etc")


def as_initial(plan: dict[str, Any]) -> dict[str, str]:
    """What the form shows of a remembered plan."""
    order = {True: "day", False: "month", None: ""}[plan["day_first"]]
    return {**plan["columns"], "order": order, "zone": plan["zone"]}
