"""What the list of claims can be narrowed by: the same for pages, exports, saved views and API."""

from collections.abc import Collection
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from accounts.models import User
from claims.blindness import hidden_from
from claims.forms.fields import DATE
from claims.models import Claim, Evidence, Lexicon
from claims.queries import TABS, claims_in_list, claims_with_words
from sources.models import Claimant, Publisher
from sources.models.publishers import Reliability

TAB_LABELS = {
    "registered": "Registered",
    "drafts": "Drafts",
    "proposed": "Proposed",
    "all": "All",
}
KINDS = [(value, label.partition(":")[0]) for value, label in Claim.Kind.choices]
ORDERS = [("", "newest first"), ("due", "due soonest"), ("due_last", "due last")]


def _day(label: str, field: str, lookup: str) -> filters.DateFilter:
    return filters.DateFilter(field_name=field, lookup_expr=lookup, label=label, widget=DATE)


def _one_of(
    rows: QuerySet[Any], field: str | None = None, label: str | None = None
) -> filters.ModelChoiceFilter:
    """Any row by its number; the page offers some of them by name."""
    return filters.ModelChoiceFilter(
        field_name=field, label=label, queryset=rows, widget=forms.NumberInput
    )


class ClaimFilter(filters.FilterSet):
    """Claims that match every filter given. One that cannot be read is left out and named in `errors`."""

    q = filters.CharFilter(label="Words", method="_words")
    tab = filters.ChoiceFilter(choices=list(TAB_LABELS.items()), method="_tab")
    kind = filters.ChoiceFilter(choices=KINDS, empty_label="any")
    claimant = _one_of(Claimant.objects.all())
    publisher = _one_of(Publisher.objects.all(), "quote__document__publisher", "Publisher")
    lexicon = _one_of(Lexicon.objects.all())
    status = filters.ChoiceFilter(choices=Claim.Status.choices, label="State", empty_label="any")
    topic = filters.CharFilter(label="Topic", method="_topic")
    hedge = filters.CharFilter(label="Hedge", lookup_expr="iexact")
    stake = filters.ChoiceFilter(choices=Claim.Stake.choices, empty_label="any")
    due_from = _day("Due from", "due_on", "gte")
    due_to = _day("Due to", "due_on", "lte")
    said_from = _day("Said from", "said_on", "gte")
    said_to = _day("Said to", "said_on", "lte")
    mine = filters.BooleanFilter(label="Handed to me", method="_mine", widget=forms.CheckboxInput)
    order = filters.ChoiceFilter(
        choices=ORDERS[1:], label="Order", method="_order", empty_label=ORDERS[0][1]
    )

    class Meta:
        model = Claim
        fields: list[str] = []

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def filter_queryset(self, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        """The claims, in the order of the dates they were narrowed by where no other was asked for.

        (The database then reads just these dates, in order, and stops after a page.)
        """
        found = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        if asked.get("order"):
            return found
        if asked.get("due_from") or asked.get("due_to"):
            return found.order_by("due_on", "-id")
        if asked.get("said_from") or asked.get("said_to"):
            return found.order_by("-said_on", "-id")
        return found

    def _words(self, claims: QuerySet[Claim], _name: str, words: str) -> QuerySet[Claim]:
        return claims_with_words(claims, words)

    def _tab(self, claims: QuerySet[Claim], _name: str, tab: str) -> QuerySet[Claim]:
        found = claims.filter(TABS[tab])
        return found.order_by("-rank", "-id") if tab == "proposed" else found

    def _topic(self, claims: QuerySet[Claim], _name: str, topic: str) -> QuerySet[Claim]:
        return claims.filter(topics__contains=[topic.lower()])

    def _mine(self, claims: QuerySet[Claim], _name: str, mine: Any) -> QuerySet[Claim]:
        return claims.filter(handed_to=self.user) if mine else claims

    def _order(self, claims: QuerySet[Claim], _name: str, order: str) -> QuerySet[Claim]:
        dated = claims.filter(due_on__isnull=False)
        return dated.order_by("due_on" if order == "due" else "-due_on", "-id")


def listed_claims(values: QueryDict, *, user: User) -> ClaimFilter:
    """The list of claims as an address asks for it, without those that are hidden from this person.

    Without a tab it is that of registered claims, or of all where words are searched for.
    """
    asked = values.copy()
    if asked.get("tab") not in TAB_LABELS:
        asked["tab"] = "all" if asked.get("q", "").strip() else "registered"
    claims = claims_in_list().exclude(pk__in=hidden_from(user))
    return ClaimFilter(asked, queryset=claims, user=user)


SIDES = {
    "for": ("for it", Q(stance__gt=0)),
    "against": ("against it", Q(stance__lt=0)),
    "neutral": ("either way", Q(stance=0)),
}
NOBODY = "none"


class EvidenceFilter(filters.FilterSet):
    """The evidence of one claim. One that cannot be read is left out and named in `errors`.

    `copies` are the links that repeat another. `hidden` events are told with day and side alone: a
    filter by anything else leaves them out.
    """

    side = filters.ChoiceFilter(
        choices=[(name, words) for name, (words, _) in SIDES.items()],
        label="Side",
        method="_side",
        empty_label="all",
    )
    grade = filters.ChoiceFilter(
        choices=[*Reliability.choices, (NOBODY, "not graded")],
        label="Publisher’s grade",
        method="_grade",
        empty_label="any",
    )
    credibility = filters.ChoiceFilter(
        choices=[*Evidence.Credibility.choices, (NOBODY, "not judged")],
        label="Credibility",
        method="_credibility",
        empty_label="any",
    )
    since = _day("From", "event__occurred_on", "gte")
    until = _day("To", "event__occurred_on", "lte")
    independent = filters.BooleanFilter(
        label="Without copies", method="_independent", widget=forms.CheckboxInput
    )

    class Meta:
        model = Evidence
        fields: list[str] = []

    def __init__(
        self, *args: Any, copies: Collection[int], hidden: Collection[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.copies = copies
        self.hidden = hidden

    @property
    def asks(self) -> bool:
        """Whether it narrows anything."""
        return any(value not in (None, "", False) for value in self.form.cleaned_data.values())

    def _open(self, links: QuerySet[Evidence]) -> QuerySet[Evidence]:
        return links.exclude(Q(event__in=self.hidden) | Q(event__merged_into__in=self.hidden))

    def _side(self, links: QuerySet[Evidence], _name: str, side: str) -> QuerySet[Evidence]:
        return links.filter(SIDES[side][1])

    def _grade(self, links: QuerySet[Evidence], _name: str, grade: str) -> QuerySet[Evidence]:
        none = Q(document__publisher=None) | Q(document__publisher__reliability="")
        is_it = none if grade == NOBODY else Q(document__publisher__reliability=grade)
        return self._open(links).filter(is_it)

    def _credibility(self, links: QuerySet[Evidence], _name: str, one: str) -> QuerySet[Evidence]:
        is_it = Q(credibility=None) if one == NOBODY else Q(credibility=int(one))
        return self._open(links).filter(is_it)

    def _independent(self, links: QuerySet[Evidence], _name: str, only: Any) -> QuerySet[Evidence]:
        return self._open(links).exclude(pk__in=self.copies) if only else links
