"""How an event bears on a claim."""

from django import forms

from claims.models import Claim, Evidence

STANCES = [(-2, "−2"), (-1, "−1"), (0, "0"), (1, "+1"), (2, "+2")]


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
