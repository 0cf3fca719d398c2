"""Pages of lists: by a cursor, so that rows which arrive in between shift nothing."""

import re
from typing import Any

from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request


class NewestFirst(CursorPagination):
    """The newest rows first, by number, which no two rows share."""

    ordering = "-id"
    page_size = 50
    page_size_query_param = "page_size"
    page_size_query_description = "How many rows a page holds: 1 to 200, 50 by default."
    max_page_size = 200
    cursor_query_description = (
        "Where the page begins, as `next` or `previous` of another page gave it."
    )

    def decode_cursor(self, request: Request) -> Any:
        """Refuses whatever is no cursor of ours in words, before the database does."""
        try:
            cursor = super().decode_cursor(request)
        except NotFound as error:
            raise _NO_CURSOR from error
        place = cursor.position if cursor else None
        if place is not None and not re.fullmatch("[0-9]{1,18}", str(place)):
            raise _NO_CURSOR
        return cursor


_NO_CURSOR = ValidationError({"cursor": ["is none that this API gave"]})
