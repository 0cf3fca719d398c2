"""A page that was read once is carried through a form: signed, so that its text is the page's own."""

from dataclasses import asdict, dataclass, replace
from datetime import date

from django.core import signing

from sources.capture import Captured

SALT = "claims.carried"
# The form is checked by a person; the next day the page is read anew.
GOOD_FOR = 24 * 3600
# A longer text is not carried: the worker captures its page when something leans on it.
LONGEST = 2_000_000


@dataclass(frozen=True)
class Carried:
    """The text of a page and the address where it was found."""

    captured: Captured
    url: str


def carried(captured: Captured, url: str) -> str:
    """The page as one signed word; "" where it is too long to be carried."""
    if len(captured.text) > LONGEST:
        return ""
    day = captured.published_on
    values = asdict(replace(captured, published_on=None))
    content = {"captured": values, "url": url, "day": day.isoformat() if day else ""}
    return signing.dumps(content, salt=SALT, compress=True)


def carried_from(word: str) -> Carried | None:
    """The page of a signed word; None where there is none, it was changed, or it is old."""
    try:
        content = signing.loads(word, salt=SALT, max_age=GOOD_FOR) if word else None
    except signing.BadSignature:
        return None
    if content is None:
        return None
    captured = Captured(**content["captured"])
    day = date.fromisoformat(content["day"]) if content["day"] else None
    return Carried(replace(captured, published_on=day), content["url"])
