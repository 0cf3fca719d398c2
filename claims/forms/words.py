"""The words that steer what is suggested for a claim, one a line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from claims.forms.fields import short_text
from claims.models import ClaimWords
from claims.phrases import LABELS, cleaned_words
from claims.validators import ClaimProblem


def _lines(name: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=LABELS[name], required=False, widget=short_text(4), help_text=help_text
    )


class ClaimWordsForm(forms.Form):
    """Words and phrases of one claim. They are compared by their stems: “port” also finds “ports”."""

    must = _lines("must", "One a line. An event without all of them is not suggested.")
    should = _lines("should", "One a line. Each that is there raises an event.")
    never = _lines("never", "One a line. An event with any of them is not suggested.")
    aliases = _lines("aliases", "One name a line: name = other name, other name")
    languages = forms.CharField(
        label=LABELS["languages"],
        required=False,
        help_text="Codes between commas, such as en, pl. None means all.",
    )

    @staticmethod
    def initial_of(words: ClaimWords) -> dict[str, str]:
        """How stored words stand in the form."""
        lists = ("must", "should", "never", "aliases")
        lines = {name: "\n".join(getattr(words, name)) for name in lists}
        return lines | {"languages": ", ".join(words.languages)}

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError in the words of the check."""
        values = {name: text.splitlines() for name, text in self.cleaned_data.items()}
        values["languages"] = self.cleaned_data.get("languages", "").split(",")
        try:
            return dict(cleaned_words(**values))
        except ClaimProblem as problem:
            raise ValidationError(str(problem)) from problem
