"""Events by hand."""

from datetime import UTC, date, datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from claims.forms.fields import DATE, short_text
from sources.importing import Item
from sources.importing.dates import DateError, moment


class EventForm(forms.Form):
    """An event that no feed brought, entered by hand with its source."""

    title = forms.CharField(max_length=500, label="What happened")
    summary = forms.CharField(required=False, widget=short_text(4))
    occurred_on = forms.DateField(label="When", widget=DATE)
    publisher = forms.CharField(max_length=200, help_text="Who reported it.")
    url = forms.URLField(label="Address", required=False, max_length=2000, assume_scheme="https")

    def clean_occurred_on(self) -> date:
        """A day that events of files may bear too: after 1900, and not to come."""
        day: date = self.cleaned_data["occurred_on"]
        try:
            moment(day.isoformat(), at=timezone.now())
        except DateError as error:
            raise ValidationError(str(error)) from error
        return day

    def item(self) -> Item:
        """The event as an arriving item, reported on its day."""
        data = self.cleaned_data
        return Item(
            row=1,
            title=data["title"],
            summary=data["summary"],
            published_at=datetime.combine(data["occurred_on"], time(), UTC),
            occurred_on=data["occurred_on"],
            publisher=data["publisher"],
            url=data["url"],
        )
