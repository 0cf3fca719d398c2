"""Documents of streams, one at a time."""

from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.api.access import allowed
from accounts.api.sparse import FIELDS
from accounts.permissions import Permission
from sources.models import Document
from sources.queries import documents_to_read
from sources.serializers import DocumentSerializer


class Documents(GenericViewSet):
    """Texts that feeds, files and scripts brought."""

    queryset = Document.objects.all()
    lookup_value_converter = "int"

    @extend_schema(summary="One document", parameters=[FIELDS], responses=DocumentSerializer)
    def retrieve(self, request: Request, pk: int) -> Response:
        """The text as it was when it was taken. Articles that claims were taken from are not here.

        Scope: READ_LEDGER.
        """
        allowed(request, Permission.READ_LEDGER)
        document = get_object_or_404(documents_to_read().select_related("event_report"), pk=pk)
        return Response(DocumentSerializer(document, context={"request": request}).data)
