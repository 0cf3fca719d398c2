"""The forms of the sources room."""

from django import forms

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
