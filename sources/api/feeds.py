"""Feeds: how each is, adding and changing one, and the switches at it."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
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
from sources.filters import FeedFilter
from sources.models import Feed
from sources.queries import feeds_with_health
from sources.serializers import FeedEditSerializer, FeedSerializer


class Feeds(GenericViewSet):
    """Addresses that are polled for new items."""

    queryset = Feed.objects.all()
    filterset_class = FeedFilter
    lookup_value_converter = "int"

    @extend_schema(
        summary="Feeds, the newest first", parameters=[FIELDS], responses=FeedSerializer(many=True)
    )
    def list(self, request: Request) -> Response:
        """Each with its state, last success, next poll, items a day and last error.

        Scope: MANAGE_SOURCES.
        """
        allowed(request, Permission.MANAGE_SOURCES)
        page = self.paginate_queryset(self.filter_queryset(feeds_with_health()))
        rows = FeedSerializer(page, many=True, context={"request": request})
        return self.get_paginated_response(rows.data)

    @extend_schema(summary="One feed", parameters=[FIELDS], responses=FeedSerializer, filters=False)
    def retrieve(self, request: Request, pk: int) -> Response:
        """With how it is. Scope: MANAGE_SOURCES."""
        allowed(request, Permission.MANAGE_SOURCES)
        return _shown(request, pk)

    @extend_schema(
        summary="Add a feed",
        request=FeedEditSerializer,
        responses={
            201: FeedSerializer,
            200: OpenApiResponse(FeedSerializer, description="It was there already, and stays."),
        },
    )
    def create(self, request: Request) -> Response:
        """The worker polls it at once, then again and again. Scope: MANAGE_SOURCES."""
        user = allowed(request, Permission.MANAGE_SOURCES)
        asked = FeedEditSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        is_known = Feed.objects.filter(url=asked.validated_data["url"]).exists()
        feed = services.add_feed(by=user, **asked.validated_data)
        return _shown(request, feed.pk, status=200 if is_known else 201)

    @extend_schema(summary="Change a feed", request=FeedEditSerializer, responses=FeedSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """What is not named stays as it is. Scope: MANAGE_SOURCES."""
        user = allowed(request, Permission.MANAGE_SOURCES)
        feed = get_object_or_404(Feed.objects.select_related("publisher"), pk=pk)
        asked = FeedEditSerializer(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        wanted: dict[str, Any] = {
            "url": feed.url,
            "name": feed.name,
            "publisher": feed.publisher.name,
            "every_minutes": feed.every_minutes,
            **asked.validated_data,
        }
        try:
            services.edit_feed(feed=feed, by=user, **wanted)
        except services.FeedProblem as problem:
            raise ValidationError({"url": [str(problem)]}) from problem
        return _shown(request, pk)

    @extend_schema(summary="Pause a feed", request=None, responses=FeedSerializer)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, pk: int) -> Response:
        """It is polled no more until it is resumed. Scope: MANAGE_SOURCES."""
        user = allowed(request, Permission.MANAGE_SOURCES)
        services.pause_feed(feed=get_object_or_404(Feed, pk=pk), by=user)
        return _shown(request, pk)

    @extend_schema(summary="Resume a feed", request=None, responses=FeedSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: int) -> Response:
        """It is polled again from now on. Scope: MANAGE_SOURCES."""
        user = allowed(request, Permission.MANAGE_SOURCES)
        services.resume_feed(feed=get_object_or_404(Feed, pk=pk), by=user)
        return _shown(request, pk)

    @extend_schema(summary="Poll a feed now", request=None, responses=FeedSerializer)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: int) -> Response:
        """Asks the worker to poll it at once; one that is paused stays so. Scope: MANAGE_SOURCES."""
        allowed(request, Permission.MANAGE_SOURCES)
        services.ask_to_poll(get_object_or_404(Feed, pk=pk))
        return _shown(request, pk)

    @extend_schema(summary="Mute a feed", request=None, responses=FeedSerializer)
    @action(detail=True, methods=["post"])
    def mute(self, request: Request, pk: int) -> Response:
        """It is polled all the same, but raises no alarm. Scope: MANAGE_SOURCES."""
        return self._set_muted(request, pk, muted=True)

    @extend_schema(summary="Let a feed raise alarms again", request=None, responses=FeedSerializer)
    @action(detail=True, methods=["post"])
    def unmute(self, request: Request, pk: int) -> Response:
        """The opposite of muting. Scope: MANAGE_SOURCES."""
        return self._set_muted(request, pk, muted=False)

    def _set_muted(self, request: Request, pk: int, *, muted: bool) -> Response:
        user = allowed(request, Permission.MANAGE_SOURCES)
        services.mute_feed(feed=get_object_or_404(Feed, pk=pk), by=user, muted=muted)
        return _shown(request, pk)


def _shown(request: Request, pk: int, *, status: int = 200) -> Response:
    feed = get_object_or_404(feeds_with_health(), pk=pk)
    return Response(FeedSerializer(feed, context={"request": request}).data, status=status)
