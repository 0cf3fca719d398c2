"""How feeds are shown: the word and mark of their state, why they are so, their days as bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from sources.health import State
from sources.models import Feed

TONES = {
    State.GONE: "failed",
    State.FAILING: "failed",
    State.LATE: "failed",
    State.SILENT: "mostly_failed",
    State.PARTLY: "mixed",
    State.NEW: "waiting",
    State.WELL: "held",
    State.MUTED: "open",
    State.PAUSED: "open",
}
BAR_WIDTH, BARS_HEIGHT = 3, 20


@dataclass(frozen=True)
class FeedRow:
    """A feed as a list shows it."""

    feed: Feed
    days: Sequence[int]

    @property
    def state(self) -> State:
        """Its annotated state."""
        return State(self.feed.state)  # type: ignore[attr-defined]

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return TONES[self.state]

    @property
    def why(self) -> str:
        """What stands behind the state, in words."""
        return why(self.feed, self.state)

    @property
    def usual(self) -> str:
        """From how long its silence is longer than usual; "" where that is not learned yet."""
        return _duration(self.feed.silent_after) if self.feed.silent_after else ""

    @property
    def bars(self) -> str:
        """Its days as a path of SVG, the highest filling the row."""
        return bars(self.days)

    @property
    def in_words(self) -> str:
        """Its days for who hears them."""
        return ", ".join(str(n) for n in self.days)


def why(feed: Feed, state: str) -> str:
    """Why a feed is in its state, in plain words; "" where there is nothing to say."""
    if feed.paused_because:
        return feed.paused_because
    if feed.failures:
        times = f"{feed.failures} times" if feed.failures > 1 else "once"
        return f"It failed {times}. {feed.last_error}"
    if state == State.LATE:
        return "It is due, and nobody asks it: the worker stands still or has too much to do."
    if state == State.SILENT and feed.quiet_since and feed.silent_after:
        since = timezone.localtime(feed.quiet_since)
        return (
            f"It answers, but has brought nothing new since {since:%-d %b %H:%M}; "
            f"for this feed {_duration(feed.silent_after)} is longer than usual."
        )
    return feed.last_error


def bars(days: Sequence[int]) -> str:
    """Counts as one path of bars, which is drawn faster than as many rectangles; a day with anything
    at all can be seen."""
    most = max(days, default=0) or 1
    heights = [round(max(n * BARS_HEIGHT / most, 1.5), 1) if n else 0 for n in days]
    return "".join(
        f"M{x * BAR_WIDTH},{BARS_HEIGHT}v-{height:g}h{BAR_WIDTH - 1}v{height:g}z"
        for x, height in enumerate(heights)
        if height
    )


def _duration(span: timedelta) -> str:
    hours = round(span.total_seconds() / 3600)
    if hours < 48:
        return "an hour" if hours <= 1 else f"{hours} hours"
    return f"{round(hours / 24)} days"
