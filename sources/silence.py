"""When the silence of a feed is out of the ordinary: learned from its own gaps."""

from collections.abc import Sequence
from datetime import timedelta

# What is learned from: the longest gap of each day with news, over four weeks, so that weekends are in it.
LEARNED_FROM = timedelta(days=28)
FEWEST_DAYS = 5
FACTOR = 1.5
LEAST = timedelta(hours=1)
LEAST_POLLS = 3


def silent_after(gaps: Sequence[timedelta], *, every: timedelta) -> timedelta | None:
    """From how long a silence on a feed is silent longer than usual; None where too little is known.

    `gaps` holds for each day with news the longest time without any that ended on it. The second
    longest of them counts: one outage alone does not teach that outages are usual.
    """
    if len(gaps) < FEWEST_DAYS:
        return None
    usual = sorted(gaps)[-2]
    return max(usual * FACTOR, every * LEAST_POLLS, LEAST)
