"""The forms of the sources room."""

from typing import Any

from django import forms

from sources.importing import ImportFileError, Problem
from sources.models import Feed, Reliability
from sources.opml import MAX_BYTES, Outline, read_opml
from sources.validators import LONGEST_ADDRESS, LONGEST_NAME, MOST_MINUTES, feed_address


class FeedForm(forms.Form):
    """An address to poll; with `feed`, what is known of one that is polled."""

    url = forms.CharField(
        label="Address of the feed",
        max_length=LONGEST_ADDRESS,
        widget=forms.URLInput,
    )
    name = forms.CharField(
        required=False, max_length=LONGEST_NAME, help_text="Left empty: the publisher's."
    )
    publisher = forms.CharField(
        required=False, max_length=LONGEST_NAME, help_text="Left empty: the host of the address."
    )
    every_minutes = forms.IntegerField(
        label="Every so many minutes", min_value=1, max_value=MOST_MINUTES, initial=15
    )

    def __init__(self, *args: Any, feed: Feed | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._feed = feed
        if feed:
            self.initial = {
                "url": feed.url,
                "name": feed.name,
                "publisher": feed.publisher.name,
                "every_minutes": feed.every_minutes,
            }

    def clean_url(self) -> str:
        """The address as it is asked; one that another feed has is refused."""
        url = feed_address(self.cleaned_data["url"])
        other = Feed.objects.filter(url=url).first()
        if other and other != self._feed:
            raise forms.ValidationError(f"This address is polled already, as {other}.")
        return url


class FeedListForm(forms.Form):
    """A list of feeds."""

    file = forms.FileField(
        label="OPML file",
        help_text="The list that any reader of feeds exports, up to 5 MB.",
        widget=forms.FileInput(attrs={"data-max-bytes": MAX_BYTES, "accept": ".opml,.xml"}),
    )

    def clean_file(self) -> list[Outline | Problem]:
        """What the list holds."""
        try:
            return read_opml(self.cleaned_data["file"].read(MAX_BYTES + 1))
        except ImportFileError as error:
            raise forms.ValidationError(str(error)) from error


class GradeForm(forms.Form):
    """A publisher's reliability, with the reason."""

    reliability = forms.ChoiceField(choices=Reliability.choices)
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
