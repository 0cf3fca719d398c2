"""What lists of the API are narrowed by."""

import re
from datetime import date, timedelta

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from sources.health import State
from sources.models import Event, EventReport, Feed
from sources.models.feeds import FeedQuerySet
from sources.queries import documents_to_read
from sources.services.documents import start_of


class EventFilter(django_filters.FilterSet):
    """Events by their words, their days, who reported them and their language."""

    words = django_filters.CharFilter(
        method="with_words", max_length=200, label="Words in title or summary."
    )
    reported_from = django_filters.DateFilter(
        method="from_day", label="First reported on this day of the desk or later."
    )
    reported_to = django_filters.DateFilter(
        method="to_day", label="First reported on this day of the desk or earlier."
    )
    publisher = django_filters.CharFilter(
        method="of_publisher",
        max_length=200,
        label="Reported by this publisher: its number, name or host.",
    )
    language = django_filters.CharFilter(
        method="in_language", max_length=16, label="As in `en`, which holds `en-GB` too."
    )

    class Meta:
        model = Event
        fields: list[str] = []

    def with_words(self, events: QuerySet[Event], _name: str, value: str) -> QuerySet[Event]:
        """Those whose title or summary, as far as they are told, holds the words."""
        in_title = Q(says_too_much=False) | Q(titled_in_the_open=True)
        return events.filter(
            in_title & Q(title__icontains=value) | Q(says_too_much=False, summary__icontains=value)
        )

    def from_day(self, events: QuerySet[Event], _name: str, value: date) -> QuerySet[Event]:
        """Those of the day and later ones."""
        return events.filter(first_reported_at__gte=start_of(value))

    def to_day(self, events: QuerySet[Event], _name: str, value: date) -> QuerySet[Event]:
        """Those of the day and earlier ones."""
        return events.filter(first_reported_at__lt=start_of(value + timedelta(days=1)))

    def of_publisher(self, events: QuerySet[Event], _name: str, value: str) -> QuerySet[Event]:
        """Those that the publisher reported."""
        named = Q(document__publisher__name__iexact=value) | Q(document__publisher__domain=value)
        is_number = re.fullmatch("[0-9]{1,18}", value)
        its = Q(document__publisher=int(value)) if is_number else named
        reports = EventReport.objects.filter(its, event=OuterRef("pk"))
        return events.filter(
            Exists(reports.filter(Exists(documents_to_read().filter(pk=OuterRef("document")))))
        )

    def in_language(self, events: QuerySet[Event], _name: str, value: str) -> QuerySet[Event]:
        """Those in the language or one of its kinds."""
        return events.filter(Q(language__iexact=value) | Q(language__istartswith=f"{value}-"))


class FeedFilter(django_filters.FilterSet):
    """Feeds by their state and their words."""

    state = django_filters.ChoiceFilter(choices=State.choices, label="How they are.")
    words = django_filters.CharFilter(
        method="with_words", max_length=200, label="Words in name, address or publisher."
    )

    class Meta:
        model = Feed
        fields: list[str] = []

    def with_words(self, feeds: FeedQuerySet, _name: str, value: str) -> FeedQuerySet:
        """Those that match the words."""
        return feeds.matching(value)
