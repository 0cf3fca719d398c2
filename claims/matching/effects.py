"""What the words of analysts do to events by themselves, before anything is ranked."""

from collections.abc import Iterable
from enum import StrEnum

from claims.matching.rules import Rules, rules_of, running_stems
from claims.matching.types import Item, Target
from claims.matching.words import words


class Effect(StrEnum):
    """What becomes of an event."""

    RAISED = "raised"
    PASSES = "pass as they are"
    BARRED = "barred"


def effects_of(target: Target, items: Iterable[Item]) -> list[Effect]:
    """For each event what the words of this claim do to it; its window is not looked at."""
    rules = rules_of(target)
    return [_effect(target, rules, item) for item in items]


def _effect(target: Target, rules: Rules | None, item: Item) -> Effect:
    language = item.language.partition("-")[0].casefold()
    if language and target.languages and language not in target.languages:
        return Effect.BARRED
    if rules is None:
        return Effect.PASSES
    # Read apart, as the index reads them: each is cut at its own length.
    running = running_stems([*words(item.title), *words(item.summary)])
    if not rules.allows(running):
        return Effect.BARRED
    return Effect.RAISED if rules.wished(running) or rules.meant(running) else Effect.PASSES
