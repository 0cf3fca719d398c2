"""What the API says of sources, and what it takes."""

from typing import Any

from rest_framework import serializers

from accounts.api.sparse import SparseSerializer
from sources.health import State
from sources.models import Document, Event, EventReport, Feed, Publisher
from sources.services.pushes import MAX_KEY, Status
from sources.validators import LONGEST_ADDRESS, LONGEST_NAME, MOST_MINUTES, feed_address

MAX_ITEMS = 1000


class PublisherSerializer(serializers.ModelSerializer):
    """A publisher, in short."""

    class Meta:
        model = Publisher
        fields = ["id", "name", "domain", "reliability"]


class EventSerializer(SparseSerializer):
    """One development in the world."""

    title = serializers.SerializerMethodField(
        help_text="Empty where it is only that of a text from which claims were taken."
    )
    summary = serializers.SerializerMethodField(
        help_text="Empty where it may be that of a text from which claims were taken."
    )
    mark = serializers.CharField(
        help_text="`retracted` or `corrected` where it is marked so; else empty."
    )

    def get_title(self, event: Event) -> str:
        """What happened, in short, where a report that may be read has the same title."""
        told = not getattr(event, "says_too_much", True) or event.titled_in_the_open  # type: ignore[attr-defined]
        return event.title if told else ""

    def get_summary(self, event: Event) -> str:
        """What happened, but for words that tell who said what is judged blind."""
        return "" if getattr(event, "says_too_much", True) else event.summary

    class Meta:
        model = Event
        fields = [
            *("id", "title", "summary", "occurred_on", "first_reported_at", "language"),
            *("report_count", "mark", "created_at"),
        ]


class ReportSerializer(serializers.ModelSerializer):
    """One document's report of an event."""

    title = serializers.CharField(source="document.title")
    url = serializers.CharField(source="document.url")
    language = serializers.CharField(source="document.language")
    publisher = PublisherSerializer(source="document.publisher", allow_null=True)
    published_at = serializers.DateTimeField(source="document.published_at", allow_null=True)

    class Meta:
        model = EventReport
        fields = ["document", "title", "url", "language", "publisher", "published_at"]


class EventDetailSerializer(EventSerializer):
    """One event with who reported it."""

    reports = ReportSerializer(many=True, source="reports_to_read")

    class Meta(EventSerializer.Meta):
        fields = [*EventSerializer.Meta.fields, "merged_into", "reports"]


class DocumentSerializer(SparseSerializer):
    """A text as it was when it was taken."""

    publisher = PublisherSerializer(allow_null=True)
    event = serializers.SerializerMethodField()

    class Meta:
        model = Document
        fields = [
            *("id", "origin", "title", "text", "author", "language", "media_type", "url"),
            *("publisher", "feed", "published_at", "captured_at", "content_hash", "previous"),
            "event",
        ]

    def get_event(self, document: Document) -> int | None:
        """The event that it reports."""
        report = getattr(document, "event_report", None)
        return report.event_id if report else None


class PushSerializer(serializers.Serializer):
    """An item to push. Other names that event files use for the same are read as well."""

    key = serializers.CharField(
        max_length=MAX_KEY,
        required=False,
        help_text="Your own name for it, unlike that of any other item of yours.",
    )
    title = serializers.CharField(help_text="One line; what is longer than 500 characters is cut.")
    published_at = serializers.CharField(help_text="As in 2023-03-20 or 2023-03-20T14:05:00Z.")
    summary = serializers.CharField(
        required=False, help_text="Plain text or HTML, of which the words are kept."
    )
    url = serializers.CharField(required=False, help_text="Where it stands on the web.")
    publisher = serializers.CharField(
        required=False, help_text="Name or host; that of the address where there is none."
    )
    language = serializers.CharField(required=False, help_text="As in en or pt-BR.")
    occurred_on = serializers.CharField(
        required=False, help_text="The day it happened; that of publication where there is none."
    )
    author = serializers.CharField(required=False)


class AsGiven(serializers.JSONField):
    """A value that is looked into later, by the reader that files have too."""

    def to_internal_value(self, data: Any) -> Any:
        """The value itself."""
        return data


class BatchSerializer(serializers.Serializer):
    """Items to push together, each taken or refused by itself."""

    items = serializers.ListField(child=AsGiven(allow_null=True), max_length=MAX_ITEMS)


class PushBatchSerializer(serializers.Serializer):
    """Items to push together, for the description."""

    items = PushSerializer(many=True, help_text=f"At most {MAX_ITEMS:,}.")


class ProblemSerializer(serializers.Serializer):
    """What is wrong with an item."""

    field = serializers.CharField()
    message = serializers.CharField()


class OutcomeSerializer(serializers.Serializer):
    """What became of a pushed item."""

    key = serializers.CharField(allow_blank=True)
    status = serializers.ChoiceField(choices=list(Status))
    event = serializers.IntegerField(allow_null=True)
    document = serializers.IntegerField(allow_null=True)
    problems = ProblemSerializer(many=True)


class BatchOutcomeSerializer(serializers.Serializer):
    """What became of each pushed item, in the order given, and how many there are of each kind."""

    counts = serializers.DictField(child=serializers.IntegerField())
    results = OutcomeSerializer(many=True)


class FeedSerializer(SparseSerializer):
    """A feed and how it is."""

    publisher = PublisherSerializer(read_only=True)
    state = serializers.ChoiceField(
        choices=State.choices, help_text="How it is; of several the one that needs somebody most."
    )
    items_a_day = serializers.FloatField(
        allow_null=True,
        help_text="New documents a day, over the days of four weeks it answered on.",
    )

    class Meta:
        model = Feed
        fields = [
            *("id", "name", "url", "publisher", "every_minutes", "state", "is_active"),
            *("paused_because", "is_muted", "last_success_at", "next_poll_at", "last_new_at"),
            *("items_a_day", "quiet_since", "silent_after", "failures", "last_error", "moved_to"),
        ]


class FeedEditSerializer(serializers.Serializer):
    """What of a feed may be set."""

    url = serializers.CharField(max_length=LONGEST_ADDRESS)
    name = serializers.CharField(
        max_length=LONGEST_NAME,
        allow_blank=True,
        required=False,
        help_text="Left empty: the publisher's.",
    )
    publisher = serializers.CharField(
        max_length=LONGEST_NAME,
        allow_blank=True,
        required=False,
        help_text="Left empty: the host of the address.",
    )
    every_minutes = serializers.IntegerField(
        min_value=1, max_value=MOST_MINUTES, required=False, help_text="15 where it is not said."
    )

    def validate_url(self, value: str) -> str:
        """The address as it is asked."""
        return feed_address(value)
