"""Fields that several forms have."""

from django import forms

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def short_text(rows: int = 3, **attrs: str) -> forms.Textarea:
    """A text field of a few lines."""
    return forms.Textarea(attrs={"rows": rows, **attrs})


def percent_field(label: str) -> forms.DecimalField:
    """A probability in percent, with one decimal."""
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=100, max_digits=4, decimal_places=1
    )
