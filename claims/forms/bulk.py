"""What many drafts are given at once."""

from typing import Any

from django import forms

from accounts.models import User
from accounts.permissions import Permission
from accounts.queries import people_who_can
from claims.forms.claims import BASE_RATE_FIELDS, DATE_FIELDS, share
from claims.forms.fields import DATE, percent_field
from claims.models import Claim
from claims.validators import topics_in


class BulkForm(forms.Form):
    """Each field changes the ticked drafts where it is filled in; what is left empty stays."""

    claimant = forms.CharField(required=False, max_length=200)
    add_topics = forms.CharField(
        label="Add topics", required=False, help_text="Separated by commas."
    )
    stake = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", "as it is"), *Claim.Stake.choices],
    )
    hand_to = forms.ModelChoiceField(
        User.objects.none(), label="Hand to", required=False, empty_label="as it is"
    )
    opens_on = forms.DateField(label="Opens", required=False, widget=DATE)
    due_earliest = forms.DateField(label="Earliest", required=False, widget=DATE)
    due_on = forms.DateField(label="Due", required=False, widget=DATE)
    due_latest = forms.DateField(label="Latest", required=False, widget=DATE)
    reference_class = forms.CharField(required=False, max_length=500)
    base_rate_percent = percent_field("Base rate (%)")
    base_rate_source = forms.CharField(
        label="Source of the base rate", required=False, max_length=500
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hand_to"].queryset = people_who_can(Permission.WRITE_CLAIMS)  # type: ignore[attr-defined]

    def clean_add_topics(self) -> list[str]:
        """The topics; commas alone are none."""
        return topics_in(self.cleaned_data["add_topics"])

    def clean(self) -> dict[str, Any]:
        """Refuses half a base rate, and a form that would change nothing."""
        data = super().clean() or {}
        rate = [data.get(name) not in (None, "") for name in BASE_RATE_FIELDS]
        if any(rate) and not all(rate):
            self.add_error(
                "reference_class", "A base rate needs its class, its figure and its source."
            )
        if not self.errors and not any(value not in (None, "", []) for value in data.values()):
            self.add_error(None, "Fill in what the drafts are to be given.")
        return data

    def changes(self) -> dict[str, Any]:
        """Fields for `edit_drafts`, without claimant and base rate, which services resolve."""
        data = self.cleaned_data
        given = {name: data[name] for name in ("stake", *DATE_FIELDS)}
        return {name: value for name, value in given.items() if value is not None}

    def base_rate(self) -> dict[str, Any] | None:
        """What `fix_base_rate` is called with, or None where no base rate is given."""
        data = self.cleaned_data
        if data["base_rate_percent"] is None:
            return None
        return {
            "reference_class": data["reference_class"],
            "probability": share(data["base_rate_percent"]),
            "source": data["base_rate_source"],
        }
