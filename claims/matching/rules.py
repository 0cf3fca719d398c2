"""What analysts add to a claim: words that must, should or may never be there, and other names."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.matching.types import Target
from claims.matching.words import Word, rarity, stems_of, words

type Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one claim, in stems. Each term of `must` and `should` is any one of some phrases."""

    must: tuple[tuple[Phrase, ...], ...]
    should: tuple[tuple[Phrase, ...], ...]
    never: tuple[Phrase, ...]
    aliases: tuple[tuple[Phrase, ...], ...]

    def allows(self, running: str) -> bool:
        """Whether an event of these stems, in a row with a blank on each side of each, may be suggested."""
        return all(_any(term, running) for term in self.must) and not _any(self.never, running)

    def wished(self, running: str) -> float:
        """The share, 0 to 1, of what should be there."""
        if not self.should:
            return 0.0
        return sum(_any(term, running) for term in self.should) / len(self.should)

    def meant(self, running: str) -> set[str]:
        """The stems of the names for which the event has another name."""
        return {
            stem for name, *others in self.aliases if _any(tuple(others), running) for stem in name
        }

    def triggers(self) -> set[str]:
        """Stems of which an event has one wherever these rules raise the claim, or let it in at all."""
        terms = [*self.must[:1], *self.should, *(tuple(others) for _, *others in self.aliases)]
        return {max(phrase, key=rarity) for term in terms for phrase in term}


def rules_of(target: Target) -> Rules | None:
    """The rules of a claim; None where nobody added any."""
    if not (target.must or target.should or target.never or target.aliases):
        return None
    names = [tuple(_phrases(names)) for names in target.aliases]
    names = [one for one in names if len(one) > 1]
    return Rules(
        must=tuple(_alternatives(one, names) for one in _phrases(target.must)),
        should=tuple(_alternatives(one, names) for one in _phrases(target.should)),
        never=tuple(_phrases(target.never)),
        aliases=tuple(names),
    )


def running_stems(found: Sequence[Word]) -> str:
    """The stems of words in their order, each with a blank before and after it."""
    return f" {' '.join(stems_of(found))} "


def _phrases(texts: tuple[str, ...]) -> list[Phrase]:
    """The stems of each; what has no word is no phrase."""
    found = (tuple(stems_of(words(text))) for text in texts)
    return [one for one in found if one]


def _alternatives(phrase: Phrase, names: list[tuple[Phrase, ...]]) -> tuple[Phrase, ...]:
    return next((one for one in names if phrase in one), (phrase,))


def _any(phrases: tuple[Phrase, ...], running: str) -> bool:
    return any(f" {' '.join(phrase)} " in running for phrase in phrases)
