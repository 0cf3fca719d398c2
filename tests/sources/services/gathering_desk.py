"""Helpers of the tests on how stored reports are gathered."""

from dataclasses import replace
from datetime import UTC, datetime

from django.db.models import Count, F

from sources.importing import Item
from sources.models import Event, EventReport
from sources.services import receive_items

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
STORY = Item(
    row=1,
    title="Two ports sign a trade agreement after long talks",
    summary="The ports of Omar and Tessel signed an agreement on freight on Monday after years of talks.",
    published_at=AT,
)


def copy(number: int, **changes: object) -> Item:
    """The same story in another paper."""
    found = replace(STORY, url=f"https://paper{number}.example/ports", publisher=f"Paper {number}")
    return replace(found, **changes)  # type: ignore[arg-type]


def receive(*items: Item) -> list[Event]:
    """Receives items one after the other; gives the event of each as it is then."""
    for item in items:
        receive_items([item], by=None)
    return [event_of(item) for item in items]


def event_of(item: Item) -> Event:
    """The event that the last version of an item's page reports."""
    reports = EventReport.objects.select_related("event").order_by("-pk")
    return reports.filter(document__url=item.url)[0].event


def divided(*items: Item) -> list[Event]:
    """Stored copies, each in an event of its own, as if it had said little when it came."""
    first = receive(*items)[0]
    events = [first]
    for item in items[1:]:
        event = Event.objects.create(
            title=item.title,
            occurred_on=item.published_at.date(),
            first_reported_at=item.published_at,
        )
        EventReport.objects.filter(document__url=item.url).update(event=event)
        events.append(event)
    Event.objects.filter(pk=first.pk).update(report_count=1)
    return events


def wrongly_counted() -> list[Event]:
    """Events that count other reports than they have."""
    counted = Event.objects.annotate(n=Count("reports"))
    return list(counted.exclude(n=F("report_count")).filter(merged_into=None))
