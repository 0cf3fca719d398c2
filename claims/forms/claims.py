"""The form that makes a claim judgeable."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date

from claims.extraction.horizons import find_horizon
from claims.forms.fields import DATE, percent_field, short_text
from claims.models import Claim
from claims.readings import readings_of
from claims.services import content_hash
from claims.validators import ClaimProblem, check_claim, topics_in

# Two people read a probability blind, each for themselves: it is offered once they have.
READ_BY_CODERS = Claim.ProbabilitySource.IMPUTED
# Which parts of the form belong to which kinds; what a kind does not show is emptied when saved.
SCORED = frozenset(Claim.Kind.values) - {Claim.Kind.ASSESSMENT}
MEASURED = frozenset({Claim.Kind.QUANTITY, Claim.Kind.CONTINUING, Claim.Kind.COMPARISON})
KINDS_OF_FIELD = {
    "condition": {Claim.Kind.CONDITIONAL, Claim.Kind.CONTINUING},
    "metric": MEASURED,
    "threshold": MEASURED,
} | dict.fromkeys(
    (
        "held_if",
        "failed_if",
        "judged",
        "probability_source",
        "low",
        "high",
        "reference_class",
        "base_rate_percent",
        "base_rate_source",
        "opens_on",
        "due_earliest",
        "due_on",
        "due_latest",
        "checkpoints",
    ),
    SCORED,
)


class ClaimForm(forms.Form):
    """A claim before it is registered. Its fields follow the kind; probabilities are in percent."""

    statement = forms.CharField(widget=short_text(3, **{"class": "said"}))
    kind = forms.ChoiceField(choices=Claim.Kind.choices)
    claimant = forms.CharField(
        required=False, max_length=200, help_text="Who is held to it. A new name is added."
    )
    said_on = forms.DateField(label="Said on", widget=DATE)
    topics = forms.CharField(required=False, help_text="Separated by commas.")
    stake = forms.TypedChoiceField(
        coerce=int,
        choices=Claim.Stake.choices,
        initial=Claim.Stake.ORDINARY,
        widget=forms.RadioSelect(attrs={"class": "segments"}),
    )
    condition = forms.CharField(
        required=False,
        widget=short_text(2),
        help_text="“As long as …”: where it fails, the claim is void, not wrong.",
    )
    held_if = forms.CharField(label="Held, if", required=False, widget=short_text())
    failed_if = forms.CharField(label="Failed, if", required=False, widget=short_text())
    metric = forms.CharField(required=False, max_length=200)
    threshold = forms.CharField(required=False, max_length=200)
    judged = forms.ChoiceField(
        choices=Claim.Judged.choices,
        required=False,
        initial=Claim.Judged.AT_DUE,
        widget=forms.RadioSelect(attrs={"class": "segments"}),
    )
    hedge = forms.CharField(
        required=False, max_length=100, help_text="The word of probability in the text, if any."
    )
    probability_source = forms.ChoiceField(
        label="Probability from",
        required=False,
        choices=[
            ("", "not settled"),
            *(one for one in Claim.ProbabilitySource.choices if one[0] != READ_BY_CODERS),
        ],
    )
    low = percent_field("From (%)")
    high = percent_field("To (%)")
    reference_class = forms.CharField(
        required=False,
        widget=short_text(2),
        help_text="Of what kind is this? “Trade of two neighbours grows over three years.”",
    )
    base_rate_percent = percent_field("Base rate (%)")
    base_rate_source = forms.CharField(
        label="Source of the base rate", required=False, widget=short_text(2)
    )
    horizon = forms.CharField(
        label="Time words", required=False, max_length=200, help_text="As the text has them."
    )
    opens_on = forms.DateField(label="Opens", required=False, widget=DATE)
    due_earliest = forms.DateField(label="Earliest", required=False, widget=DATE)
    due_on = forms.DateField(label="Due", required=False, widget=DATE)
    due_latest = forms.DateField(label="Latest", required=False, widget=DATE)
    checkpoints = forms.CharField(
        required=False,
        widget=short_text(3),
        help_text="One date a line; the last is final. Left empty, they follow the convention.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        self.claim = claim
        kwargs.setdefault("initial", initial_of(claim))
        super().__init__(*args, **kwargs)
        self.readings = readings_of(claim)
        self._offer_readings()
        kind = self["kind"].value()
        for name, kinds in KINDS_OF_FIELD.items():
            if kind not in kinds:
                del self.fields[name]
        for name in (TO_REGISTER | ASKED_OF_KIND.get(kind, set())) & self.fields.keys():
            # The field's component says so: a draft may lack it, a registered claim may not.
            self.fields[name].to_register = True  # type: ignore[attr-defined]

    def _offer_readings(self) -> None:
        was_read = self.claim.probability_source == READ_BY_CODERS
        if was_read or self.readings.enough:
            field = self.fields["probability_source"]
            label = f"read by {'two people' if self.readings.enough else 'one person'}"
            field.choices = [*field.choices, (READ_BY_CODERS, label)]  # type: ignore[attr-defined]

    def clean_checkpoints(self) -> list[Any]:
        """The dates, or an error naming the line that is none."""
        lines = self.cleaned_data["checkpoints"].split()
        days = []
        for line in lines:
            day = _date(line)
            if day is None:
                raise ValidationError(f"“{line}” is not a date. Write it as 2026-03-21.")
            days.append(day)
        return days

    def clean(self) -> dict[str, Any]:
        """Shows beforehand, in words, what the service would refuse."""
        data = super().clean() or {}
        rate = [data.get(name) for name in BASE_RATE_FIELDS]
        if any(one not in (None, "") for one in rate) and any(one in (None, "") for one in rate):
            self.add_error(
                "reference_class", "A base rate needs its class, its figure and its source."
            )
        self._check_seen(data.get("seen", ""))
        if not self.errors:
            self._check_as_claim()
        return data

    def _check_seen(self, seen: str) -> None:
        """Nobody saves over what somebody else saved while this form was open, unless they say so."""
        if seen and seen != content_hash(self.claim):
            # Saving once more is saying so.
            self.take_as_seen()
            self.add_error(
                None,
                "Somebody else changed this claim while you had it open. What you wrote is still "
                "here: look at theirs in another window, then save again to replace it.",
            )

    def take_as_seen(self) -> None:
        """Lets this form, as it is shown now, be saved over the claim as it stands."""
        self.data = dict(self.data.items()) | {"seen": content_hash(self.claim)}

    def _check_as_claim(self) -> None:
        copy = Claim.objects.get(pk=self.claim.pk)
        for name, value in self.changes().items():
            setattr(copy, name, value)
        try:
            check_claim(copy)
        except ClaimProblem as problem:
            self.add_error(None, str(problem))

    def changes(self) -> dict[str, Any]:
        """The cleaned values as fields of a claim, without those that need a service to resolve."""
        data = self.cleaned_data
        values = {name: data.get(name, "") for name in TEXT_FIELDS}
        values |= {name: data.get(name) for name in DATE_FIELDS}
        return values | {
            "statement": data["statement"],
            "kind": data["kind"],
            "said_on": data["said_on"],
            "stake": data["stake"],
            "topics": topics_in(data["topics"]),
            "judged": data.get("judged") or Claim.Judged.AT_DUE,
            "probability_low": share(data.get("low")),
            "probability_high": share(data.get("high")),
        }

    def base_rate(self) -> dict[str, Any] | None:
        """What `fix_base_rate` is called with, or None where no base rate is given."""
        data = self.cleaned_data
        if data.get("base_rate_percent") is None:
            return None
        return {
            "reference_class": data["reference_class"],
            "probability": share(data["base_rate_percent"]),
            "source": data["base_rate_source"],
        }


TO_REGISTER = frozenset(
    {
        *("claimant", "held_if", "failed_if", "low", "high", "reference_class"),
        *("base_rate_percent", "base_rate_source"),
        *("opens_on", "due_earliest", "due_on", "due_latest"),
    }
)
ASKED_OF_KIND: dict[str, set[str]] = {
    Claim.Kind.CONDITIONAL: {"condition"},
    Claim.Kind.QUANTITY: {"metric", "threshold"},
}
BASE_RATE_FIELDS = ("reference_class", "base_rate_percent", "base_rate_source")
TEXT_FIELDS = (
    "hedge",
    "horizon",
    "condition",
    "held_if",
    "failed_if",
    "metric",
    "threshold",
    "probability_source",
)
DATE_FIELDS = ("opens_on", "due_earliest", "due_on", "due_latest")


def initial_of(claim: Claim) -> dict[str, Any]:
    """The form's first values for a claim."""
    rate = claim.base_rate
    days = claim.checkpoints.order_by("due_on").values_list("due_on", flat=True)
    plain = ("statement", "kind", "said_on", "stake", "judged", *TEXT_FIELDS, *DATE_FIELDS)
    return {name: getattr(claim, name) for name in plain} | {
        "claimant": claim.claimant.name if claim.claimant else claim.speaker,
        "topics": ", ".join(claim.topics),
        "low": in_percent(claim.probability_low),
        "high": in_percent(claim.probability_high),
        "reference_class": rate.reference_class if rate else "",
        "base_rate_percent": in_percent(rate.probability) if rate else None,
        "base_rate_source": rate.source if rate else "",
        "checkpoints": "\n".join(day.isoformat() for day in days),
        "seen": content_hash(claim),
    }


def dates_of_words(values: dict[str, str]) -> dict[str, date]:
    """The four dates of the time words in a form's values, by our convention; none where they name none."""
    said_on = _date(values.get("said_on", ""))
    horizon = said_on and find_horizon(values.get("horizon", ""), said_on)
    if not horizon:
        return {}
    days = (horizon.opens_on, horizon.earliest, horizon.due, horizon.latest)
    return dict(zip(DATE_FIELDS, days, strict=True))


def share(percent: Decimal | None) -> Decimal | None:
    """Percent as a probability of 0 to 1."""
    return None if percent is None else percent / 100


def in_percent(probability: Decimal | None) -> Decimal | None:
    """A probability of 0 to 1 in percent, without idle zeros."""
    return None if probability is None else Decimal(f"{probability * 100:.1f}".removesuffix(".0"))


def _date(text: str) -> Any:
    try:
        return parse_date(text)
    except ValueError:
        return None
