"""What bodies are read: JSON in UTF-8, bounded in size and depth."""

import json
import math
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

MAX_BYTES = 10 * 2**20
MAX_DEPTH = 32
TOO_DEEP = f"The body is nested deeper than {MAX_DEPTH} levels."


class TooLarge(APIException):
    """A body that is longer than what is read."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "The body is too large."
    default_code = "too_large"


class StrictJSONParser(BaseParser):
    """JSON as RFC 8259 has it: no NaN and no Infinity, no number beyond a double's range."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The value of the body. Raises ParseError, saying where it stops being JSON, or TooLarge."""
        data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise TooLarge(f"The body is larger than {MAX_BYTES // 2**20} MB; divide it.")
        value = _read(data)
        if not _is_shallow(value):
            raise ParseError(TOO_DEEP)
        return value


def _read(data: bytes) -> Any:
    try:
        return json.loads(data.decode(), parse_constant=_refuse, parse_float=_number)
    except UnicodeDecodeError as error:
        raise ParseError(f"The body is not UTF-8: byte {error.start + 1}.") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, character {error.colno}"
        raise ParseError(f"The body is not JSON: {error.msg} at {where}.") from error
    except RecursionError as error:
        raise ParseError(TOO_DEEP) from error
    except ValueError as error:  # more digits than Python reads
        raise ParseError("The body holds a number that is too long.") from error


def _refuse(word: str) -> NoReturn:
    raise ParseError(f"The body is not JSON: {word} is no number.")


def _number(written: str) -> float:
    value = float(written)
    if math.isinf(value):
        raise ParseError("The body holds a number that is too large.")
    return value


def _is_shallow(value: object) -> bool:
    """Whether nothing lies deeper than MAX_DEPTH. Level by level, since recursion has a bound itself."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return True
    return False


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return [one for one in value.values() if isinstance(one, dict | list)]
    if isinstance(value, list):
        return [one for one in value if isinstance(one, dict | list)]
    return []
