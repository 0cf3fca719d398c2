"""What forms, files and the API check alike before anything is written."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

LONGEST_ADDRESS = 1000
LONGEST_NAME = 200
MOST_MINUTES = 10_080

_is_web_address = URLValidator(schemes=["http", "https"])
# Readers of feeds write feed://host/path, or feed: before the whole address.
_FEED_SCHEME = re.compile("^feed:(?://)?(?=https?://)", re.IGNORECASE)
_FEED_HOST = re.compile("^feed:(?=//)", re.IGNORECASE)


def feed_address(text: str) -> str:
    """The address of a feed as it is asked. Raises ValidationError, in words, where it cannot be."""
    address = _FEED_HOST.sub("http:", _FEED_SCHEME.sub("", text.strip()))
    if len(address) > LONGEST_ADDRESS:
        raise ValidationError(f"The address is longer than {LONGEST_ADDRESS:,} characters.")
    try:
        _is_web_address(address)
    except ValidationError as error:
        raise ValidationError("Enter a valid URL, of http or https.") from error
    if "@" in address.partition("://")[2].partition("/")[0]:
        raise ValidationError("The address carries a user name or password; leave it out.")
    return address
