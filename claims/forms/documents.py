"""Articles that come in, and claims taken out of them by hand."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from claims.forms.fields import DATE, short_text


class IntakeForm(forms.Form):
    """An article, pasted or uploaded, with what is known about it."""

    text = forms.CharField(
        label="Text", required=False, strip=False, widget=short_text(14, **{"class": "said"})
    )
    file = forms.FileField(
        label="Or a file", required=False, help_text="Text, HTML, PDF or Word, up to 20 MB."
    )
    title = forms.CharField(required=False, max_length=300)
    author = forms.CharField(
        required=False,
        max_length=300,
        help_text="Claims that nobody else is named for are the author's.",
    )
    publisher = forms.CharField(required=False, max_length=200)
    published_on = forms.DateField(
        label="Published on",
        required=False,
        widget=DATE,
        help_text="Time words are counted from here; without it, from today.",
    )
    url = forms.URLField(label="Address", required=False, max_length=2000, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        """Takes either a text or a file."""
        data = super().clean() or {}
        if bool((data.get("text") or "").strip()) == bool(data.get("file")):
            raise ValidationError("Paste a text or choose a file: one of the two.")
        return data


class QuoteForm(forms.Form):
    """A claim by hand: words of the document, exactly as they stand there."""

    exact = forms.CharField(
        label="Exact words", strip=False, widget=short_text(3, **{"class": "said"})
    )

    def clean_exact(self) -> str:
        """The words with the line ends of documents: browsers send others."""
        return str(self.cleaned_data["exact"]).replace("\r\n", "\n")
