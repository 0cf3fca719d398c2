"""The API, version 1: the doors of every room under one address, and their description."""

from django.urls import include, path, re_path
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from accounts.api.access import allowed
from accounts.permissions import Permission
from sources.api import documents, events, feeds


@extend_schema(exclude=True)
class Schema(SpectacularAPIView):
    """The description of the API, as OpenAPI."""

    renderer_classes = [OpenApiJsonRenderer]

    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        """The description, for whoever may read the ledger."""
        allowed(request, Permission.READ_LEDGER)
        answer: Response = super().get(request, *args, **kwargs)
        return answer


@extend_schema(exclude=True)
class Nowhere(APIView):
    """Every address that is none of the API's, so that it answers as the others do."""

    permission_classes = [AllowAny]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Answers before anything is asked about who asks."""
        raise NotFound("There is nothing at this address; each ends in a slash.")


router = SimpleRouter(use_regex_path=False)
router.register("events", events.Events, "api_event")
router.register("documents", documents.Documents, "api_document")
router.register("feeds", feeds.Feeds, "api_feed")

urlpatterns = [
    path("v1/schema/", Schema.as_view(), name="api_schema"),
    path("v1/", include(router.urls)),
    re_path("", Nowhere.as_view()),
]
