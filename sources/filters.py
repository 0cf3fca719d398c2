"""What lists of pages and the API are narrowed by."""

import re
from datetime import date, timedelta
from typing import Any, ClassVar

import django_filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import NullIf

from sources.health import State
from sources.models import Event, EventReport, Feed, Publisher
from sources.models.events import EventQuerySet
from sources.models.feeds import FeedQuerySet
from sources.models.publishers import PublisherQuerySet
from sources.queries import documents_to_read
from sources.services.documents import start_of


class EventFilter(django_filters.FilterSet):
    """Events by their words, their days, who reported them and their language."""

    words = django_filters.CharFilter(
        method="with_words",
        max_length=200,
        label="All of these words, in any of their forms, in title or summary; “in quotes” one after the "
        "other, `or` between them for any, `-` before one for none of it.",
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

    def with_words(self, events: EventQuerySet, _name: str, value: str) -> EventQuerySet:
        """Those whose title or summary, as far as they are told, has the words."""
        return events.with_told_words(value)

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


class PublisherFilter(django_filters.FilterSet):
    """Publishers by their words and what is known of them, in an order.

    What cannot be read is left out, and named in `errors`.
    """

    NARROWED = [("graded", "graded"), ("ungraded", "not graded yet"), ("unused", "unused")]
    # By name where two are alike, as the list is without any.
    ORDERS: ClassVar[dict[str, tuple[str, list[Any]]]] = {
        "documents": ("most documents", [F("document_count").desc()]),
        "last": ("last document, newest first", [F("last_captured_at").desc(nulls_last=True)]),
        "grade": ("grade, A first", [NullIf("reliability", Value("")).asc(nulls_last=True)]),
    }

    q = django_filters.CharFilter(label="Name or host", method="with_words", max_length=200)
    show = django_filters.ChoiceFilter(
        choices=NARROWED, label="Show", empty_label="all", method="narrowed"
    )
    order = django_filters.ChoiceFilter(
        choices=[(name, label) for name, (label, _) in ORDERS.items()],
        label="Order",
        empty_label="by name",
        method="in_order",
    )

    class Meta:
        model = Publisher
        fields: list[str] = []

    def with_words(
        self, publishers: PublisherQuerySet, _name: str, value: str
    ) -> PublisherQuerySet:
        """Those that match the words."""
        return publishers.matching(value)

    def narrowed(self, publishers: PublisherQuerySet, _name: str, value: str) -> PublisherQuerySet:
        """Those that are graded, not graded, or leaned on by nothing."""
        if value == "unused":
            return publishers.unused()
        is_graded = ~Q(reliability="")
        return publishers.filter(is_graded if value == "graded" else ~is_graded)

    def in_order(self, publishers: PublisherQuerySet, _name: str, value: str) -> PublisherQuerySet:
        """The same in this order."""
        return publishers.order_by(*self.ORDERS[value][1], "name")
