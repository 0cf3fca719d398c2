"""The forms of the reviews room."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.models import User
from accounts.permissions import Permission
from accounts.queries import people_who_can
from claims.models import Evidence
from reviews.models import AppealDecision, Draft, Policy
from reviews.models.policies import MOST_REVIEWERS, MOST_STEPS
from reviews.outcomes import DISPOSITIONS, GRADES, Confidence, Outcome
from reviews.validators import LONGEST_REASON
from sources.models import Claimant, Publisher
from sources.services import claimant_named

GONE = (
    "Some evidence that you ticked was taken away meanwhile. Look at what is left, and tick again."
)


class ReviewForm(forms.Form):
    """A grade, or the reason why none can be given; how sure; why; on what it leans."""

    outcome = forms.ChoiceField(
        choices=[(one, Outcome(one).label) for one in (*GRADES, *DISPOSITIONS)],
        widget=forms.RadioSelect,
        label="How far did it hold?",
        error_messages={"required": "Choose a grade, or say why none can be given."},
    )
    confidence = forms.TypedChoiceField(
        coerce=int, choices=Confidence.choices, widget=forms.RadioSelect, label="How sure are you?"
    )
    reason = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 4, "data-key": "r"}),
        max_length=LONGEST_REASON,
    )
    leaned_on = forms.ModelMultipleChoiceField(
        Evidence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": GONE, "invalid_pk_value": GONE},
        label="Evidence that decided it",
    )

    def __init__(self, *args: Any, evidence: list[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Evidence.objects.filter(pk__in=[one.pk for one in evidence])
        self.fields["leaned_on"].queryset = known  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(draft: Draft) -> dict[str, Any]:
        """How a draft stands in the form."""
        names = ("outcome", "confidence", "reason", "leaned_on")
        return {name: getattr(draft, name) for name in names}


def draft_values(data: QueryDict) -> dict[str, Any]:
    """What a form that may be half filled holds, for `save_draft`: what makes no sense is left out."""
    confidence = _number(data.get("confidence", ""))
    numbers = (_number(one) for one in data.getlist("leaned_on")[:1000])
    return {
        "outcome": data.get("outcome", ""),
        "confidence": confidence,
        "reason": data.get("reason", ""),
        "leaned_on": [one for one in numbers if one is not None],
        "seen": _number(data.get("seen", "")) or 0,
    }


def _number(text: str) -> int | None:
    """A number that fits the database."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


class SkipForm(forms.Form):
    """Why a checkpoint is skipped."""

    reason = forms.CharField(label="Why you skip it", max_length=300)


class PostponeForm(forms.Form):
    """Until when a checkpoint is put off."""

    until = forms.DateField(
        label="Not before", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(label="What you wait for", max_length=300, required=False)


class AppealForm(forms.Form):
    """What is wrong with a verdict."""

    words = forms.CharField(
        label="What is wrong with it",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class AppealDecisionForm(forms.Form):
    """Whether a verdict stands that was appealed, and why."""

    outcome = forms.ChoiceField(
        label="What you decide", choices=AppealDecision.Outcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Why",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Whoever appealed reads it.",
    )
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**62)


class PolicyForm(forms.Form):
    """How the desk judges."""

    reviewers = forms.TypedChoiceField(
        label="How many judge each checkpoint",
        coerce=int,
        choices=[(n, str(n)) for n in range(1, MOST_REVIEWERS + 1)],
        widget=forms.RadioSelect,
        help_text="Holds for checkpoints that open from now on. With one, each verdict says that one "
        "reviewer alone made it.",
    )
    steps = forms.TypedChoiceField(
        label="Grades differ from how many steps on",
        coerce=int,
        choices=[(n, str(n)) for n in range(1, MOST_STEPS + 1)],
        widget=forms.RadioSelect,
        help_text="Grades that lie fewer steps apart agree. Two is usual: held and mostly held agree, "
        "held and mixed do not.",
    )
    adjudicators = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Who settles disagreements",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nobody ticked: any lead.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = people_who_can(Permission.ADJUDICATE)
        self.fields["adjudicators"].queryset = leads  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(policy: Policy) -> dict[str, Any]:
        """How the policy stands in the form."""
        return {
            "reviewers": policy.reviewers,
            "steps": policy.steps,
            "adjudicators": policy.named(),
        }


class ConflictForm(forms.Form):
    """A conflict of interest: whose, with whom or what, and why."""

    user = forms.ModelChoiceField(User.objects.none(), label="Whose", required=False)
    claimant = forms.CharField(
        required=False, max_length=200, help_text="Any name by which the ledger knows them."
    )
    publisher = forms.CharField(required=False, max_length=200, help_text="Name or host.")
    topic = forms.CharField(
        required=False, max_length=60, help_text="As it stands at the claims, such as trade."
    )
    reason = forms.CharField(label="What the conflict is", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["user"]
        else:
            self.fields["user"].queryset = people  # type: ignore[attr-defined]

    def clean_claimant(self) -> Claimant | None:
        """The claimant of this name."""
        name = self.cleaned_data["claimant"]
        found = claimant_named(name) if name else None
        if name and found is None:
            raise ValidationError("Nobody in the ledger has this name.")
        return found

    def clean_publisher(self) -> Publisher | None:
        """The publisher of this name or host."""
        name = self.cleaned_data["publisher"]
        if not name:
            return None
        found = Publisher.objects.filter(name__iexact=name).first()
        found = found or Publisher.objects.filter(domain__iexact=name).first()
        if found is None:
            raise ValidationError("No publisher has this name or host.")
        return found


class MailForm(forms.Form):
    """How often somebody gets mail of what waits for them."""

    rhythm = forms.ChoiceField(label="Mail me", choices=User.Rhythm, widget=forms.RadioSelect)
    hour = forms.IntegerField(
        label="From this hour on",
        min_value=0,
        max_value=23,
        help_text="0 to 23, by the desk's clock. Where it has passed, the first mail comes at once.",
    )
