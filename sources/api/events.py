"""Events: read, and pushed by scripts, one or many at a time."""

from collections import Counter
from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.api.access import allowed
from accounts.api.sparse import FIELDS
from accounts.permissions import Permission
from sources import services
from sources.filters import EventFilter
from sources.models import Event, EventReport
from sources.queries import documents_to_read, events_to_read
from sources.serializers import (
    BatchOutcomeSerializer,
    BatchSerializer,
    EventDetailSerializer,
    EventSerializer,
    OutcomeSerializer,
    PushBatchSerializer,
    PushSerializer,
)
from sources.services.pushes import Outcome, Status

EXAMPLE = {
    "key": "cms-4711",
    "title": "Ports of Varna and Odesa sign a transit agreement",
    "published_at": "2026-11-20T14:05:00Z",
    "summary": "The agreement takes effect in spring.",
    "url": "https://news.example/ports/4711",
    "publisher": "news.example",
    "language": "en",
}


class Events(GenericViewSet):
    """Developments in the world, each reported by one or more documents."""

    queryset = Event.objects.all()
    filterset_class = EventFilter
    lookup_value_converter = "int"

    @extend_schema(
        summary="Events, the newest first",
        parameters=[FIELDS],
        responses=EventSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """In the order in which they came to be known here. Scope: READ_LEDGER."""
        allowed(request, Permission.READ_LEDGER)
        page = self.paginate_queryset(
            self.filter_queryset(events_to_read().filter(merged_into=None))
        )
        rows = EventSerializer(page, many=True, context={"request": request})
        return self.get_paginated_response(rows.data)

    @extend_schema(
        summary="One event with its reports",
        parameters=[FIELDS],
        responses=EventDetailSerializer,
        filters=False,
    )
    def retrieve(self, request: Request, pk: int) -> Response:
        """An event that was merged into another names that one. Scope: READ_LEDGER."""
        allowed(request, Permission.READ_LEDGER)
        reports = EventReport.objects.filter(document__in=documents_to_read().values("pk"))
        shown = Prefetch(
            "reports", reports.select_related("document__publisher"), to_attr="reports_to_read"
        )
        event = get_object_or_404(events_to_read().prefetch_related(shown), pk=pk)
        return Response(EventDetailSerializer(event, context={"request": request}).data)

    @extend_schema(
        summary="Push one event",
        request=PushSerializer,
        responses={
            201: OutcomeSerializer,
            200: OpenApiResponse(OutcomeSerializer, description="It is known already."),
        },
        examples=[OpenApiExample("An item", EXAMPLE, request_only=True)],
    )
    def create(self, request: Request) -> Response:
        """Pushing the same again stores nothing and answers with the same event. Other words under a
        known key are a new version of its document. Scope: CAPTURE_DOCUMENTS.
        """
        user = allowed(request, Permission.CAPTURE_DOCUMENTS)
        [outcome] = services.push_items(records=[request.data], by=user)
        if outcome.problems:
            raise ValidationError({one.field: [one.message] for one in outcome.problems})
        return Response(_shown(outcome), status=200 if outcome.status == Status.KNOWN else 201)

    @extend_schema(
        summary="Push many events",
        request=PushBatchSerializer,
        responses=BatchOutcomeSerializer,
        examples=[OpenApiExample("Two items", {"items": [EXAMPLE, {}]}, request_only=True)],
        filters=False,
    )
    @action(detail=False, methods=["post"], pagination_class=None)
    def batch(self, request: Request) -> Response:
        """Each item is taken or refused by itself; what is wrong with one stands in its place in the
        results. The same batch again stores nothing new. Scope: CAPTURE_DOCUMENTS.
        """
        user = allowed(request, Permission.CAPTURE_DOCUMENTS)
        asked = BatchSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        outcomes = services.push_items(records=asked.validated_data["items"], by=user)
        counts = Counter(one.status for one in outcomes)
        return Response(
            {
                "counts": {status: counts[status] for status in Status},
                "results": [_shown(one) for one in outcomes],
            }
        )


def _shown(outcome: Outcome) -> dict[str, Any]:
    return {
        "key": outcome.key,
        "status": outcome.status,
        "event": outcome.event,
        "document": outcome.document,
        "problems": [{"field": one.field, "message": one.message} for one in outcome.problems],
    }
