"""Feeds that say they moved for good get their new address, once they have said so several times."""

from accounts.services import record
from sources.models import Feed
from sources.services.feed_answers import Answer

# A redirect that is called permanent is often a mistake of an hour.
SEEN_OFTEN = 3
LONGEST_ADDRESS = 1000


def note_move(feed: Feed, answer: Answer) -> None:
    """Counts where a feed says it moved to, and moves it when that has been said often enough.

    A feed whose new address another feed has already keeps its own, and says so.
    """
    moved_to = answer.moved_to if len(answer.moved_to) <= LONGEST_ADDRESS else ""
    feed.moved_seen = feed.moved_seen + 1 if moved_to and moved_to == feed.moved_to else 1
    feed.moved_to = moved_to
    if not moved_to:
        feed.moved_seen = 0
    elif feed.moved_seen >= SEEN_OFTEN:
        _move(feed)


def _move(feed: Feed) -> None:
    other = Feed.objects.filter(url=feed.moved_to).exclude(pk=feed.pk).first()
    if other:
        feed.moved_seen = SEEN_OFTEN
        feed.last_error = (
            f"It moved to {feed.moved_to}, which {other} reads already: pause one of them."
        )
        return
    record(by=None, verb="moved", on=feed, url=[feed.url, feed.moved_to])
    feed.url, feed.moved_to, feed.moved_seen = feed.moved_to, "", 0
