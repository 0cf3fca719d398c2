"""What is asked of an event that somebody entered by hand: whether it still is one, what holds it, what was corrected."""

from django.db.models import Q, QuerySet

from accounts.models import AuditEntry
from sources.models import Document, Event, EventReport, Notice, PrunedReport, Regathering


def is_by_hand(event: Event) -> bool:
    """Whether somebody entered an event by hand, as far as its first report tells."""
    first = EventReport.objects.filter(event=event).order_by("pk").values("document__origin")[:1]
    return [one["document__origin"] for one in first] == [Document.Origin.HAND]


def why_not_by_hand(event: Event) -> str:
    """Why an event is not a matter of one person's words, in a sentence; "" where it is."""
    if event.merged_into_id:
        return "This event has become part of another one: look again."
    if not is_by_hand(event):
        return "Only an event that somebody entered by hand is corrected or taken back."
    if Event.objects.filter(merged_into=event).exists():
        return "Another event was merged with this one: undo that first."
    others = EventReport.objects.filter(event=event).count() - 1
    others += PrunedReport.objects.filter(event=event).count()
    if others:
        tell = "1 other report tells" if others == 1 else f"{others} other reports tell"
        return f"{tell} of this event too: it is not only what was entered by hand."
    return ""


def why_kept(event: Event) -> str:
    """What was decided on an event, or marked, so that it is not taken back, in words; "" without any."""
    notice = Notice.objects.filter(event=event).first()
    if notice:
        return f"It was marked as {notice.get_kind_display().lower()}: that stays, and the event with it."
    decided = Regathering.objects.filter(Q(event=event) | Q(other=event)).first()
    if decided:
        other = decided.other_id if decided.event_id == event.pk else decided.event_id
        words = f"It was {decided.get_kind_display().lower()}"
        return (
            f"{words}, together with event {other}: what was decided stays, and the event with it."
        )
    return ""


def corrections_of(event: Event) -> QuerySet[AuditEntry]:
    """What was corrected of an event, by whom and when, the last first."""
    entries = AuditEntry.objects.filter(
        object_type=Event._meta.label_lower, object_id=event.pk, verb="corrected"
    )
    return entries.select_related("by").order_by("-pk")
