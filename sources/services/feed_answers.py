"""What a feed answers when it is asked: something to store, or a problem in words."""

import logging
import time
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from sources.fetching import Fetched, FetchError, fetch
from sources.importing import ImportFileError, ParsedFeed, parse_feed
from sources.importing.feed_guards import MAX_BYTES
from sources.models import Feed

NOT_ASKED = "It could not be asked; the log of the worker says why."

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """What came back: `fetched` and what was read out of it, or a `problem`."""

    fetched: Fetched | None = None
    parsed: ParsedFeed | None = None
    problem: str = ""
    status: int | None = None
    retry_after: str = ""
    milliseconds: int = 0

    @property
    def size(self) -> int:
        """Its bytes, unpacked."""
        return len(self.fetched.data) if self.fetched else 0

    @property
    def moved_to(self) -> str:
        """Where permanent redirects led, if they did."""
        return self.fetched.moved_to if self.fetched else ""


def ask(feed: Feed) -> Answer:
    """The answer of a feed. Touches no database, so that many may be asked at a time in threads."""
    start = time.monotonic()
    try:
        fetched = fetch(
            feed.url,
            etag=feed.etag,
            last_modified=feed.last_modified,
            max_bytes=MAX_BYTES,
            seconds=settings.FEEDS_SECONDS,
            allow_loopback=settings.FETCH_ALLOW_LOOPBACK,
        )
        answer = Answer(fetched, status=fetched.status, retry_after=fetched.retry_after)
    except FetchError as error:
        answer = Answer(problem=str(error), status=error.status, retry_after=error.retry_after)
    except Exception:  # what nobody foresaw of one feed must not end the sweep over all
        logger.exception("Feed %s could not be asked", feed.pk)
        answer = Answer(problem=NOT_ASKED)
    return replace(answer, milliseconds=round((time.monotonic() - start) * 1000))


def read(answer: Answer, *, at: datetime) -> Answer:
    """The answer with what it says, or with why it cannot be read; what bears no date is of now."""
    if answer.fetched is None or answer.fetched.not_modified:
        return answer
    body, kind = answer.fetched.data, answer.fetched.content_type
    try:
        return replace(answer, parsed=parse_feed(body, content_type=kind, undated=at))
    except ImportFileError as error:
        return replace(answer, problem=str(error))
