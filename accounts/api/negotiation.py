"""JSON only: whatever a client would rather have, it gets the one thing there is."""

from collections.abc import Iterable

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class AlwaysTheSame(DefaultContentNegotiation):
    """Answers by the first renderer; `Accept` is a wish (RFC 9110), and an error page helps nobody."""

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """The view's first renderer."""
        first = next(iter(renderers))
        return first, first.media_type or ""
