"""What words that steer a claim's suggestions would do, tried on events before they are set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.matching import Effect, effects_of
from claims.models import Claim, ClaimWords, Evidence, Matching
from claims.services.index import item_of, target_of
from sources.models import Event

# Words are tried on so many of the events that were compared last, and so many of a kind are named.
TRIED = 500
NAMED = 5


@dataclass(frozen=True, slots=True)
class Tried:
    """How many events words let pass, raise, or bar, and the first of those."""

    label: str
    count: int
    first: list[Event]


@dataclass(frozen=True, slots=True)
class Preview:
    """What words would do: to `compared` events, and to suggestions that wait for a decision."""

    compared: int
    tried: list[Tried]
    leaving: int


def preview(claim: Claim, chosen: Mapping[str, Sequence[str]]) -> Preview:
    """What these cleaned words would do to the events compared last, newest first. Stores nothing."""
    target = target_of(claim, ClaimWords(**chosen))
    recent = Matching.objects.select_related("event").order_by("-pk")[:TRIED]
    events = [one.event for one in recent]
    effects = effects_of(target, [item_of(event) for event in events])
    groups: dict[Effect, list[Event]] = {effect: [] for effect in Effect}
    for event, effect in zip(events, effects, strict=True):
        groups[effect].append(event)
    tried = [Tried(one.value, len(found), found[:NAMED]) for one, found in groups.items()]
    waiting = Evidence.objects.never_decided().filter(claim=claim).select_related("event")
    of_waiting = effects_of(target, [item_of(one.event) for one in waiting[:TRIED]])
    return Preview(len(events), tried, of_waiting.count(Effect.BARRED))
