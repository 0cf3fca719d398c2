"""Feeds: how each is, adding one, and the switches at it."""

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.api.access import allowed
from accounts.api.sparse import FIELDS
from accounts.permissions import Permission
from sources import services
from sources.models import Feed
from sources.queries import feeds_with_counts
from sources.serializers import FeedAddSerializer, FeedSerializer


class Feeds(GenericViewSet):
    """Addresses that are polled for new items."""

    queryset = Feed.objects.all()
    lookup_value_converter = "int"

    @extend_schema(
        summary="Feeds, the newest first", parameters=[FIELDS], responses=FeedSerializer(many=True)
    )
    def list(self, request: Request) -> Response:
        """Each with its last answer and its next poll. Scope: MANAGE_SOURCES."""
        allowed(request, Permission.MANAGE_SOURCES)
        page = self.paginate_queryset(feeds_with_counts())
        rows = FeedSerializer(page, many=True, context={"request": request})
        return self.get_paginated_response(rows.data)

    @extend_schema(summary="One feed", parameters=[FIELDS], responses=FeedSerializer)
    def retrieve(self, request: Request, pk: int) -> Response:
        """With its last answer and its next poll. Scope: MANAGE_SOURCES."""
        allowed(request, Permission.MANAGE_SOURCES)
        return self._shown(request, pk)

    @extend_schema(
        summary="Add a feed",
        request=FeedAddSerializer,
        responses={
            201: FeedSerializer,
            200: OpenApiResponse(FeedSerializer, description="It was there already, and stays."),
        },
    )
    def create(self, request: Request) -> Response:
        """The worker polls it at once, then again and again. Scope: MANAGE_SOURCES."""
        user = allowed(request, Permission.MANAGE_SOURCES)
        asked = FeedAddSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        is_known = Feed.objects.filter(url=asked.validated_data["url"].strip()).exists()
        feed = services.add_feed(by=user, **asked.validated_data)
        return self._shown(request, feed.pk, status=200 if is_known else 201)

    @extend_schema(summary="Pause a feed", request=None, responses=FeedSerializer)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, pk: int) -> Response:
        """It is polled no more until it is resumed. Scope: MANAGE_SOURCES."""
        user = allowed(request, Permission.MANAGE_SOURCES)
        feed = get_object_or_404(Feed, pk=pk)
        if feed.is_active:
            services.toggle_feed(feed=feed, by=user)
        return self._shown(request, pk)

    @extend_schema(summary="Resume a feed", request=None, responses=FeedSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: int) -> Response:
        """It is polled again from now on. Scope: MANAGE_SOURCES."""
        user = allowed(request, Permission.MANAGE_SOURCES)
        feed = get_object_or_404(Feed, pk=pk)
        if not feed.is_active:
            services.toggle_feed(feed=feed, by=user)
        return self._shown(request, pk)

    @extend_schema(summary="Poll a feed now", request=None, responses=FeedSerializer)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: int) -> Response:
        """Asks the worker to poll it at once. Scope: MANAGE_SOURCES."""
        allowed(request, Permission.MANAGE_SOURCES)
        services.ask_to_poll(get_object_or_404(Feed, pk=pk))
        return self._shown(request, pk)

    def _shown(self, request: Request, pk: int, *, status: int = 200) -> Response:
        feed = get_object_or_404(feeds_with_counts(), pk=pk)
        return Response(FeedSerializer(feed, context={"request": request}).data, status=status)
