"""What captured text looks like, and how capturing fails."""

from dataclasses import dataclass, field
from datetime import date

MAX_BYTES = 20 * 2**20
MAX_TITLE = 500
MAX_AUTHOR = 300
MAX_PUBLISHER = 200


class CaptureError(Exception):
    """A text cannot be captured; the message names the file and says what is wrong."""


@dataclass(frozen=True)
class Captured:
    """The text of one document, with what the file itself says about it, and what the server said of a page."""

    text: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    language: str = ""
    media_type: str = ""
    published_on: date | None = None
    asked_url: str = ""
    headers: dict[str, str] = field(default_factory=dict)
