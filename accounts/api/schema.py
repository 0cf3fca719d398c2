"""What the API's description says of every operation alike: the problems it may answer with."""

from typing import Any

PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457), as application/problem+json.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "One word for programs."},
        "detail": {"type": "string", "description": "What is wrong, for people."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
ALWAYS = {
    "401": "Nobody is named, or the token is not known, expired or revoked.",
    "403": "The roles of the owner, or the scopes of the token, do not allow it.",
    "429": "The token asked too often; Retry-After says how many seconds to wait.",
}
WITH_BODY = {
    "400": "The body is not JSON, or something in it is not right.",
    "413": "The body is too large.",
    "415": "The body is not application/json.",
}
WITH_QUERY = {"400": "A parameter is not right."}
WITH_PATH = {"404": "There is nothing of this number."}


def add_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Adds to each operation the problems that it may answer with."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    for path, methods in result["paths"].items():
        for operation in methods.values():
            for number, words in _problems_of(path, operation).items():
                operation["responses"].setdefault(number, _response(words))
    return result


def _problems_of(path: str, operation: dict[str, Any]) -> dict[str, str]:
    has_query = any(one["in"] == "query" for one in operation.get("parameters", []))
    return {
        **ALWAYS,
        **(WITH_PATH if "{" in path else {}),
        **(WITH_QUERY if has_query else {}),
        **(WITH_BODY if "requestBody" in operation else {}),
    }


def _response(words: str) -> dict[str, Any]:
    reference = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {"application/problem+json": {"schema": reference}}}
