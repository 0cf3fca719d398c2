"""The forms of the claims room. Each knows which service its values are for."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.dateparse import parse_date

from claims.models import Claim, Evidence
from claims.services import content_hash
from claims.validators import ClaimProblem, check_claim
from sources.capture import MAX_BYTES
from sources.importing import Item
from sources.importing.dates import DateError, moment

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
# Two people read a probability blind, each for themselves: no form where one types it.
READ_BY_CODERS = Claim.ProbabilitySource.IMPUTED
STANCES = [(-2, "−2"), (-1, "−1"), (0, "0"), (1, "+1"), (2, "+2")]


def short_text(rows: int = 3, **attrs: str) -> forms.Textarea:
    """A text field of a few lines."""
    return forms.Textarea(attrs={"rows": rows, **attrs})


def percent_field(label: str) -> forms.DecimalField:
    """A probability in percent, with one decimal."""
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=100, max_digits=4, decimal_places=1
    )


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


class EvidenceForm(forms.Form):
    """How an event bears on a claim."""

    stance = forms.TypedChoiceField(
        coerce=int, choices=STANCES, widget=forms.RadioSelect, label="Stance"
    )
    credibility = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        choices=[(value, str(value)) for value in Evidence.Credibility.values],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(required=False, max_length=2000)


class EventForm(forms.Form):
    """An event that no feed brought, entered by hand with its source."""

    title = forms.CharField(max_length=500, label="What happened")
    summary = forms.CharField(required=False, widget=short_text(4))
    occurred_on = forms.DateField(label="When", widget=DATE)
    publisher = forms.CharField(max_length=200, help_text="Who reported it.")
    url = forms.URLField(label="Address", required=False, max_length=2000, assume_scheme="https")

    def clean_occurred_on(self) -> date:
        """A day that events of files may bear too: after 1900, and not to come."""
        day: date = self.cleaned_data["occurred_on"]
        try:
            moment(day.isoformat(), at=timezone.now())
        except DateError as error:
            raise ValidationError(str(error)) from error
        return day

    def item(self) -> Item:
        """The event as an arriving item, reported on its day."""
        data = self.cleaned_data
        return Item(
            row=1,
            title=data["title"],
            summary=data["summary"],
            published_at=datetime.combine(data["occurred_on"], time(), UTC),
            occurred_on=data["occurred_on"],
            publisher=data["publisher"],
            url=data["url"],
        )


class LinkForm(forms.Form):
    """A claim that an event bears on, and how."""

    claim = forms.ModelChoiceField(
        Claim.objects.filter(status=Claim.Status.REGISTERED),
        widget=forms.NumberInput,
        label="Claim number",
        help_text="As it stands above the claim.",
        error_messages={"invalid_choice": "There is no registered claim of this number."},
    )
    credibility = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", "not judged"), *Evidence.Credibility.choices],
    )
    stance = forms.TypedChoiceField(
        coerce=int, choices=STANCES, widget=forms.RadioSelect, label="Stance"
    )
    note = forms.CharField(required=False, max_length=2000)


class ImportForm(forms.Form):
    """A file of events."""

    file = forms.FileField(help_text="CSV, JSON, JSONL or a feed, gzipped or not, up to 20 MB.")

    def clean_file(self) -> UploadedFile:
        """Refuses a file too large for a page; the command line has no such bound."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise ValidationError(
                f"“{file.name}” is larger than 20 MB. Import it by the command line."
            )
        return file


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
        choices=[(1, "low"), (2, "ordinary"), (3, "high")],
        initial=2,
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
        kind = self["kind"].value()
        for name, kinds in KINDS_OF_FIELD.items():
            if kind not in kinds:
                del self.fields[name]
        for name in (TO_REGISTER | ASKED_OF_KIND.get(kind, set())) & self.fields.keys():
            # The field's component says so: a draft may lack it, a registered claim may not.
            self.fields[name].to_register = True  # type: ignore[attr-defined]

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
        now = content_hash(self.claim)
        if seen and seen != now:
            # Saving once more is saying so.
            self.data = dict(self.data.items()) | {"seen": now}
            self.add_error(
                None,
                "Somebody else changed this claim while you had it open. What you wrote is still "
                "here: look at theirs in another window, then save again to replace it.",
            )

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
        topics = [one.strip() for one in data["topics"].split(",")]
        return values | {
            "statement": data["statement"],
            "kind": data["kind"],
            "said_on": data["said_on"],
            "stake": data["stake"],
            "topics": [topic for topic in topics if topic],
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
