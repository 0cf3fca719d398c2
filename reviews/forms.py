"""The forms of the reviews room."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from claims.models import Evidence
from reviews.outcomes import DISPOSITIONS, GRADES, Confidence, Outcome


class ReviewForm(forms.Form):
    """A grade, or the reason why none can be given; how sure; why; on what it leans."""

    grade = forms.ChoiceField(
        required=False,
        choices=[(value, Outcome(value).label) for value in GRADES],
        widget=forms.RadioSelect,
        label="How far did it hold?",
    )
    disposition = forms.ChoiceField(
        required=False,
        choices=[("", "a grade is given"), *((one, Outcome(one).label) for one in DISPOSITIONS)],
        label="Or no grade, because",
    )
    confidence = forms.TypedChoiceField(
        coerce=int, choices=Confidence.choices, widget=forms.RadioSelect, label="How sure are you?"
    )
    reason = forms.CharField(
        label="Why", widget=forms.Textarea(attrs={"rows": 4, "data-key": "r"}), max_length=5000
    )
    leaned_on = forms.ModelMultipleChoiceField(
        Evidence.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, evidence: list[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Evidence.objects.filter(pk__in=[one.pk for one in evidence])
        self.fields["leaned_on"].queryset = known  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Takes either a grade or a reason why there is none."""
        data = super().clean() or {}
        if bool(data.get("grade")) == bool(data.get("disposition")):
            raise ValidationError("Give a grade, or say why none can be given: one of the two.")
        return data

    @property
    def outcome(self) -> str:
        """The grade or disposition that was chosen."""
        return str(self.cleaned_data["grade"] or self.cleaned_data["disposition"])
