"""Events near and far from the claim that the factory makes."""

from itertools import count

from sources.models import Event
from tests.factories.sources import EventFactory

_NUMBERS = count(1)


def near(**fields: object) -> Event:
    """An event that the factory's claim meets; each has words of its own."""
    return EventFactory(
        title=f"Trade between the two ports grows again: {next(_NUMBERS)}", **fields
    )


def far() -> Event:
    """An event that the factory's claim does not meet."""
    title = f"The home side wins the football cup: {next(_NUMBERS)}"
    return EventFactory(title=title, summary="Nobody had expected it.")
