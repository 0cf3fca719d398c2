"""Which checkpoint is judged first.

Each seat that waits has a place in the queue, and the smallest comes first. A place is a number of
half days, made of four things that are all counted as days:

- overdue: a day since the checkpoint's date counts as one day;
- staleness: a day since its seats were opened counts as half a day more, and once one review is in,
  what is left of the checkpoint counts as fourteen days more;
- stake: a high one counts as thirty days more, a low one as thirty days less;
- disagreement: where reviewers differed at an earlier checkpoint of the claim, thirty days more.

Every day adds the same to all that wait, so their order never changes by itself: a place is stored
once, and an index in that order finds the next one however many wait.
"""

from datetime import date

from claims.models import Claim

DAY = 2
# In half days.
STAKE = 30 * DAY
DISAGREED = 30 * DAY
HALF_JUDGED = 14 * DAY


def place_of(*, due_on: date, opened_on: date, stake: int, disagreed: bool) -> int:
    """The place in half days of a seat that nobody at its checkpoint has judged."""
    waits = DAY * due_on.toordinal() + opened_on.toordinal()
    return waits - STAKE * (stake - Claim.Stake.ORDINARY) - DISAGREED * disagreed
