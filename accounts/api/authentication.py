"""Who asks: a script by its token, or somebody who is signed in by their session."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import ApiToken, User
from accounts.services import note_use
from accounts.tokens import PREFIX, digest_of

SCHEME = "Bearer"
# Longer than any secret of ours: not worth hashing.
LONGEST = 200


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer plumbline_…`."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The owner of the token that is shown; nobody where none is."""
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != SCHEME.lower().encode():
            return None
        if len(words) != 2 or len(words[1]) > LONGEST:
            raise AuthenticationFailed(
                f"Write “Authorization: {SCHEME} {PREFIX}…”, with one token."
            )
        token = _token_of(words[1].decode("latin-1"))
        note_use(token=token)
        return token.owner, token

    def authenticate_header(self, request: Request) -> str:
        """How to ask instead, for answers with 401."""
        return f'{SCHEME} realm="plumbline"'


def _token_of(secret: str) -> ApiToken:
    token = ApiToken.objects.select_related("owner").filter(digest=digest_of(secret)).first()
    if token is None:
        raise AuthenticationFailed("This token is not known.")
    if why := token.why_unusable():
        raise AuthenticationFailed(why)
    return token


class TokenScheme(OpenApiAuthenticationExtension):
    """Tokens in the API's description."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """HTTP bearer authentication."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": f"{PREFIX}…"}
