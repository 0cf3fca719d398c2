"""The form of one reading of a claim's probability."""

from typing import Any

from django import forms

from claims.forms.claims import share
from claims.forms.fields import percent_field


class ImputeForm(forms.Form):
    """What the author's words say, in percent, and apart from it what the reader thinks."""

    low = percent_field("From (%)")
    high = percent_field("To (%)")
    own_opinion = percent_field("What you think yourself (%)")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["low"].required = self.fields["high"].required = True
        self.fields["own_opinion"].help_text = (
            "Asked apart, since readings drift towards what the reader thinks: it is kept beside "
            "your reading and never counts in it."
        )

    def values(self) -> dict[str, Any]:
        """The cleaned values as probabilities of 0 to 1, as `impute` takes them."""
        return {name: share(self.cleaned_data[name]) for name in ("low", "high", "own_opinion")}
