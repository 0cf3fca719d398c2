"""Events by hand."""

from datetime import UTC, date, datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from claims.forms.fields import DATE, short_text
from sources.capture import Captured
from sources.importing import Item
from sources.importing.dates import DateError, moment
from sources.models import Event
from sources.services.publishers import host_of

# Characters of a page that stand in the summary, to the end of a sentence.
BEGINNING = 600


class AddressForm(forms.Form):
    """The address of a page that tells of an event."""

    address = forms.URLField(
        label="Address of a page that tells of it",
        max_length=2000,
        assume_scheme="https",
        help_text="It is fetched, never from a private address, and fills the form below.",
    )


class EventCorrectForm(forms.Form):
    """The words and the day of an event that was entered by hand."""

    title = forms.CharField(max_length=500, label="What happened")
    summary = forms.CharField(required=False, widget=short_text(4))
    occurred_on = forms.DateField(label="When", widget=DATE)

    @classmethod
    def of(cls, event: Event) -> "EventCorrectForm":
        """The form as the event is now."""
        return cls(initial={name: getattr(event, name) for name in cls.base_fields})

    def clean_occurred_on(self) -> date:
        """A day that events of files may bear too: after 1900, and not to come."""
        day: date = self.cleaned_data["occurred_on"]
        try:
            moment(day.isoformat(), at=timezone.now())
        except DateError as error:
            raise ValidationError(str(error)) from error
        return day


class EventForm(EventCorrectForm):
    """An event that no feed brought, entered by hand with its source."""

    page = forms.CharField(required=False, widget=forms.HiddenInput)
    publisher = forms.CharField(max_length=200, help_text="Who reported it.")
    url = forms.URLField(label="Address", required=False, max_length=2000, assume_scheme="https")

    @staticmethod
    def values_of(captured: Captured, url: str) -> dict[str, object]:
        """What a page says of itself, as the first values of the form; a person checks them."""
        words = " ".join(captured.text[: BEGINNING * 2].split())
        beginning = words[:BEGINNING]
        return {
            "title": captured.title[:500] or beginning[:120],
            "summary": beginning if beginning == words else _whole_sentences(beginning),
            "occurred_on": captured.published_on,
            "publisher": captured.publisher or host_of(url),
            "url": url,
        }

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


def _whole_sentences(text: str) -> str:
    """The text up to its last full stop, where it has one."""
    end = max(text.rfind(sign) for sign in (". ", "! ", "? "))
    return text[: end + 1] if end > 0 else text
