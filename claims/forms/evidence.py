"""How an event bears on a claim."""

from django import forms

from claims.models import Claim, Evidence
from claims.passages import LONGEST_SENTENCE

STANCES = [(-2, "−2"), (-1, "−1"), (0, "0"), (1, "+1"), (2, "+2")]


# Never taken from the publisher's grade: the two are judged apart.
CREDIBILITIES = [("", "not judged"), *Evidence.Credibility.choices]


class SeveralForm(forms.Form):
    """How several events bear on their claims, all alike."""

    stance = forms.TypedChoiceField(
        coerce=int, choices=STANCES, widget=forms.RadioSelect, label="Stance"
    )
    credibility = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, choices=CREDIBILITIES
    )
    note = forms.CharField(required=False, max_length=2000)


class EvidenceForm(SeveralForm):
    """How an event bears on a claim, and the passage that matters."""

    passage = forms.CharField(required=False, max_length=LONGEST_SENTENCE)


class RejectForm(forms.Form):
    """Why a suggestion is set aside."""

    reason = forms.ChoiceField(
        choices=Evidence.RejectReason.choices,
        error_messages={"required": "Choose why you reject it."},
    )
    note = forms.CharField(required=False, max_length=2000)


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
        coerce=int, empty_value=None, required=False, choices=CREDIBILITIES
    )
    stance = forms.TypedChoiceField(
        coerce=int, choices=STANCES, widget=forms.RadioSelect, label="Stance"
    )
    note = forms.CharField(required=False, max_length=2000)
