"""What forms, files and the API check alike before anything is written."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from sources.fetching import FetchError, check_as_written

LONGEST_ADDRESS = 1000
LONGEST_NAME = 200
MOST_MINUTES = 10_080

_is_web_address = URLValidator(schemes=["http", "https"])
# Readers of feeds write feed://host/path, or feed: before the whole address.
_FEED_SCHEME = re.compile("^feed:(?://)?(?=https?://)", re.IGNORECASE)
_FEED_HOST = re.compile("^feed:(?=//)", re.IGNORECASE)


def feed_address(text: str) -> str:
    """The address of a feed as it is asked; nobody is asked for it yet.

    Raises ValidationError, in words, where it shows that it cannot be, or would be refused.
    """
    address = _FEED_HOST.sub("http:", _FEED_SCHEME.sub("", text.strip()))
    if len(address) > LONGEST_ADDRESS:
        raise ValidationError(f"The address is longer than {LONGEST_ADDRESS:,} characters.")
    try:
        check_as_written(address, allow_loopback=settings.FETCH_ALLOW_LOOPBACK)
        _is_web_address(address)
    except FetchError as error:
        raise ValidationError(str(error)) from error
    except ValidationError as error:
        raise ValidationError("Enter a valid URL, of http or https.") from error
    return address
