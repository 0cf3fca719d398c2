"""How often one token may ask."""

from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from accounts.models import ApiToken

if TYPE_CHECKING:  # views read their throttles while they are defined
    from rest_framework.views import APIView


class TokenThrottle(SimpleRateThrottle):
    """Bounds the requests of each token. Each web process counts by itself; people are not counted."""

    scope = "token"

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        """What is counted together: the requests with one token."""
        if not isinstance(request.auth, ApiToken):
            return None
        return self.cache_format % {"scope": self.scope, "ident": request.auth.pk}
