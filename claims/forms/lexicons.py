"""A lexicon of the desk's own: its name, and its words as lines."""

import re
from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from claims.forms.fields import short_text
from claims.models import LexiconEntry
from claims.services.house_lexicons import Row

PERCENT = r"[0-9]{1,3}(?:\.[0-9])?"
LINE = re.compile(
    rf"(?P<phrase>.+?) (?P<low>{PERCENT})(?: ?%)?(?:[-–]| [-–] | to | )(?P<high>{PERCENT})(?: ?%)?"
)


class HouseLexiconForm(forms.Form):
    """The name of a new lexicon of the desk's own."""

    name = forms.CharField(
        max_length=100, help_text="How claims and pages will name it, such as “House scale”."
    )


class LexiconForm(forms.Form):
    """The words of a lexicon, one line each: the phrase, its low end, its high end."""

    entries = forms.CharField(
        label="Words and ranges",
        max_length=20_000,
        widget=short_text(24, spellcheck="false"),
        help_text="One line a word, with its range in per cent: likely 55 80",
    )

    def clean_entries(self) -> list[Row]:
        """(phrase, low, high) of each line that is not empty, probabilities 0 to 1."""
        lines = enumerate(str(self.cleaned_data["entries"]).splitlines(), start=1)
        return [_row(number, line) for number, line in lines if line.strip()]


def _row(number: int, line: str) -> Row:
    words = " ".join(line.split())
    found = LINE.fullmatch(words)
    if found is None:
        raise ValidationError(
            f"Line {number} cannot be read: “{words[:60]}”. Write the phrase, its low end and its "
            "high end in per cent, such as: likely 55 80"
        )
    return found["phrase"], Decimal(found["low"]) / 100, Decimal(found["high"]) / 100


def as_lines(entries: Iterable[LexiconEntry]) -> str:
    """Entries as the form takes them."""
    return "\n".join(f"{one.phrase} {_percent(one.low)} {_percent(one.high)}" for one in entries)


def _percent(probability: Decimal) -> str:
    return f"{float(probability) * 100:.1f}".removesuffix(".0")
