"""Every error of the API as problem details (RFC 9457)."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import JsonResponse, UnreadablePostError
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from accounts.api.parsers import TooLarge

MEDIA_TYPE = "application/problem+json"


def as_problem(exc: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception of a view; None for what nobody foresaw, which is a server error."""
    known = _refusal(exc)
    answer = exception_handler(known, context)
    if answer is None:
        return None
    code, detail, errors = _told(known, answer.data)
    answer.data = problem(answer.status_code, code=code, detail=detail, errors=errors)
    answer.content_type = MEDIA_TYPE
    return answer


def problem(
    number: int, *, code: str, detail: str, errors: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    """The members of problem details; `code` and `errors` are ours."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(number).phrase,
        "status": number,
        "code": code,
        "detail": detail,
    }
    return body | ({"errors": errors} if errors else {})


def problem_response(number: int, *, code: str, detail: str) -> JsonResponse:
    """Problem details outside of a view, such as where the server itself fails."""
    body = problem(number, code=code, detail=detail)
    return JsonResponse(body, status=number, content_type=MEDIA_TYPE)


def _refusal(exc: Exception) -> Exception:
    """What Django refuses by itself, as an exception that is answered."""
    if isinstance(exc, RequestDataTooBig):
        return TooLarge()
    if isinstance(exc, SuspiciousOperation | BadRequest | UnreadablePostError):
        return ParseError("The request cannot be read.")
    return exc


def _told(exc: Exception, data: Any) -> tuple[str, str, list[dict[str, str]]]:
    """Code and words of an exception, and for a body that does not do what is wrong field by field."""
    if isinstance(exc, ValidationError):
        errors = list(_errors(data))
        return exc.default_code, "Something in the request is not right; see errors.", errors
    detail = data.get("detail", "") if isinstance(data, dict) else ""
    return getattr(detail, "code", "error"), str(detail), []


def _errors(data: Any, path: str = "") -> Iterator[dict[str, str]]:
    if isinstance(data, ErrorDetail | str):
        yield {"field": path, "message": str(data)}
        return
    named = data.items() if isinstance(data, dict) else enumerate(data)
    for name, inner in named:
        # Words about one field come as a list, which adds nothing to its path.
        is_words = isinstance(data, list) and isinstance(inner, str)
        own = "" if name == "non_field_errors" or is_words else str(name)
        yield from _errors(inner, ".".join(part for part in (path, own) if part))
