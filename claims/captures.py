"""What the pages of documents and events say of their capture: versions, watches, notices, pruned texts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accounts.models import User
from accounts.permissions import Permission
from claims.blindness import events_hidden_from
from claims.forms.notices import MarkForm
from claims.models import Evidence
from claims.notices import notices_under
from sources.models import Document, Event, Notice, PageWatch, PrunedReport
from sources.queries import with_mark


def capture_of(document: Document, user: User, form: MarkForm | None = None) -> dict[str, Any]:
    """What a document's page says of its capture, for a template."""
    versions = list(Document.objects.versions_of(document).defer("text").order_by("-pk"))
    notices = Notice.objects.standing().with_what_they_name()
    captured = [one for one in versions if one.origin == Document.Origin.CAPTURE]
    told = Event.objects.filter(reports__document__in=versions).distinct()
    is_fetched = document.origin in Document.FETCHED_ORIGINS
    return {
        "versions": versions,
        "full_text": captured[0] if captured and not is_fetched else None,
        "watch": PageWatch.objects.of(document).first(),
        "events": with_mark(told.exclude(pk__in=events_hidden_from(user))).order_by("pk"),
        # What was noted of an older version this one knew.
        "notices": notices.filter(document__in=versions, document__gte=document),
        "can_mark": user.can(Permission.MANAGE_SOURCES),
        "mark_form": form or MarkForm(auto_id="mark_%s"),
    }


def noted_on(event: Event, user: User, form: MarkForm | None = None) -> dict[str, Any]:
    """What an event's page says of notices and of pruned reports, for a template."""
    reported = Document.objects.filter(event_report__event=event)
    keys = reported.exclude(url_key="").values("url_key")
    about = Q(event=event) | Q(event__merged_into=event) | Q(document__in=reported)
    notices = Notice.objects.standing().with_what_they_name()
    pruned = PrunedReport.objects.filter(Q(event=event) | Q(event__merged_into=event))
    return {
        "notices": notices.filter(about | Q(document__url_key__in=keys)),
        "pruned": list(pruned.select_related("publisher")),
        "can_mark": user.can(Permission.MANAGE_SOURCES),
        "mark_form": form or MarkForm(auto_id="mark_%s"),
    }


@dataclass(frozen=True)
class Became:
    """What became of a piece of evidence: notices, its page, and the full text of its report."""

    notices: list[Notice]
    watch: PageWatch | None
    full_text: Document | None


def what_became_of(evidence: Iterable[Evidence]) -> dict[int, Became]:
    """What became of evidence that is not rejected, by its numbers; in three queries, however much there is."""
    kept = [one for one in evidence if one.status != Evidence.Status.REJECTED]
    keys = {one.document.url_key for one in kept} - {""}
    notices = notices_under(kept)
    watches = {watch.url_key: watch for watch in PageWatch.objects.filter(url_key__in=keys)}
    fetched = Document.objects.filter(url_key__in=keys, origin=Document.Origin.CAPTURE)
    texts = {one.url_key: one for one in fetched.defer("text").order_by("pk")}
    return {
        one.pk: Became(
            notices.get(one.pk, []),
            watches.get(one.document.url_key),
            texts.get(one.document.url_key),
        )
        for one in kept
    }
