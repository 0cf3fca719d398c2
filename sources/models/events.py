"""Developments in the world, each reported by one or more documents."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Coalesce, Left, Now
from django.urls import reverse

from accounts.paging import MOST
from sources.models.documents import Document

# Of longer texts the words up to here are found: those of a row may not fill more than a megabyte.
WORDS_IN = 50_000
WORDS_OF_TITLE = SearchVector(Left("title", WORDS_IN), config="english")


class EventQuerySet(models.QuerySet["Event"]):
    """Reads of events."""

    def standing(self) -> "EventQuerySet":
        """Events that did not become part of another one."""
        return self.filter(merged_into=None)

    def one_with(self, number: int | models.OuterRef) -> "EventQuerySet":
        """A standing event and all that became part of it."""
        return self.filter(models.Q(pk=number) | models.Q(merged_into=number))

    def with_words(self, words: str) -> "EventQuerySet":
        """Events whose title or summary has all of these words, in any form that English gives them;
        "in quotes" one after the other, "or" between them for any, "-" before one for none of it."""
        return self._found(models.Q(search=_asked(words)))

    def with_told_words(self, words: str) -> "EventQuerySet":
        """Of `events_to_read` those with these words in what is told of them: of what says too much that
        is the title alone, where it is told. So nothing else is found out, not by "-" either."""
        query = _asked(words)
        in_title = models.Q(title_words=query)
        told = models.Q(says_too_much=False, search=query) | in_title & models.Q(
            says_too_much=True, titled_in_the_open=True
        )
        return self._found(models.Q(search=query) | in_title).filter(told)

    def _found(self, condition: models.Q) -> "EventQuerySet":
        """Those that meet a condition on their words."""
        events = Event.objects.alias(title_words=WORDS_OF_TITLE).filter(condition).order_by()
        # Few are fetched by key: in the order of a list the database would look through all events.
        few = list(events.values_list("pk", flat=True)[: MOST + 1])
        found = condition if len(few) > MOST else models.Q(pk__in=few)
        return self.alias(title_words=WORDS_OF_TITLE).filter(found)


def _asked(words: str) -> SearchQuery:
    return SearchQuery(words, config="english", search_type="websearch")


class Event(models.Model):
    """One development in the world. Copies and rewrites of a story are reports of one event.

    An event that became part of another keeps its number and words, and points at the one that
    stands: always in one step.
    """

    title = models.TextField()
    summary = models.TextField(blank=True)
    occurred_on = models.DateField()
    first_reported_at = models.DateTimeField()
    language = models.CharField(max_length=16, blank=True)
    report_count = models.PositiveIntegerField(default=1)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged"
    )
    created_at = models.DateTimeField(db_default=Now())
    search = models.GeneratedField(
        expression=SearchVector(
            Left("title", WORDS_IN), Left("summary", WORDS_IN), config="english"
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-first_reported_at", "-id"]
        constraints = [
            models.CheckConstraint(name="event_titled", condition=~models.Q(title="")),
            models.CheckConstraint(
                name="event_not_merged_into_itself",
                condition=models.Q(merged_into__isnull=True)
                | ~models.Q(merged_into=models.F("id")),
            ),
        ]
        indexes = [
            models.Index(name="event_reported", fields=["-first_reported_at", "-id"]),
            GinIndex(name="event_search", fields=["search"]),
            GinIndex(WORDS_OF_TITLE, name="event_title_words"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.pk])

    @property
    def standing_id(self) -> int:
        """The number of the event that this one is part of by now, or its own."""
        return self.merged_into_id or self.pk


class EventReportQuerySet(models.QuerySet["EventReport"]):
    """Reads of reports."""

    def by_time(self) -> "EventReportQuerySet":
        """Reports as they came out, each with `told_at`."""
        told_at = Coalesce("document__published_at", "document__captured_at")
        return self.annotate(told_at=told_at).order_by("told_at", "pk")


class EventReport(models.Model):
    """One document's report of an event."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="reports")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="event_report")

    objects = EventReportQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.document} reports {self.event}"
