"""The forms of the reports room."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from reports.models import ReportSchedule

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PublishForm(forms.Form):
    """Which period a report covers, and who may read it."""

    period_start = forms.DateField(label="First due date", widget=DATE)
    period_end = forms.DateField(label="Last due date", widget=DATE)
    title = forms.CharField(
        required=False, max_length=200, help_text="Left empty, it is named by its period."
    )
    is_public = forms.BooleanField(
        label="Readable without signing in", required=False, initial=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuses a period that ends before it starts."""
        data = super().clean() or {}
        start, end = data.get("period_start"), data.get("period_end")
        if start and end and start > end:
            raise ValidationError("The period must end on or after the day it starts.")
        return data


class ScheduleForm(forms.Form):
    """A report that publishes itself."""

    title = forms.CharField(max_length=200)
    every = forms.ChoiceField(
        choices=ReportSchedule.Every.choices,
        widget=forms.RadioSelect,
        initial=ReportSchedule.Every.MONTH,
    )
    next_on = forms.DateField(
        label="First published on",
        widget=DATE,
        help_text="It covers the claims due in the week, month or quarter up to the day before.",
    )


def last_month(today: date) -> dict[str, date]:
    """The first and the last day of the month before, as the publishing form begins with."""
    end = today.replace(day=1) - timedelta(days=1)
    return {"period_start": end.replace(day=1), "period_end": end}
