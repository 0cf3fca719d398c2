"""The forms of the sources room."""

from django import forms
from django.db.models import Q

from sources.models import Publisher, Reliability


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

    reliability = forms.ChoiceField(choices=[("", "choose a grade"), *Reliability.choices])
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))


class PublisherForm(forms.Form):
    """A publisher's name and host."""

    name = forms.CharField(max_length=200)
    domain = forms.CharField(
        label="Host", required=False, max_length=200, help_text="Such as harbour.example."
    )


class SamePublisherForm(forms.Form):
    """The publisher that another one is."""

    into = forms.CharField(
        label="Name or host of the publisher it is",
        max_length=200,
        help_text="What arrives from now on is that publisher's; documents keep their names.",
    )

    def clean_into(self) -> Publisher:
        """The publisher of this name or host, which must be known."""
        said = " ".join(str(self.cleaned_data["into"]).split())
        known = Publisher.objects.filter(Q(name__iexact=said) | Q(domain__iexact=said))
        found = known.select_related("merged_into").order_by("name").first()
        if found is None:
            raise forms.ValidationError("There is no publisher of this name or host.")
        return found.merged_into or found
