"""Marking a text or an event as retracted or corrected."""

from django import forms

from claims.forms.fields import short_text
from sources.models import Notice


class MarkForm(forms.Form):
    """A retraction or correction, with the reason and where the notice stands."""

    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in Notice.MARKED],
        widget=forms.RadioSelect,
        label="It is",
    )
    words = forms.CharField(
        label="Why", max_length=2000, widget=short_text(3), help_text="Who leaned on it reads this."
    )
    url = forms.URLField(
        label="Address of the notice", required=False, max_length=2000, assume_scheme="https"
    )
