"""Takes out of a text who said it, so that it can be judged blind."""

import re
from collections.abc import Iterable

from claims.models import Claim

SOURCE = "[the source]"
# "Li" or "Roy" alone would hit other words too often.
SHORTEST_NAME = 4
# "Anna Roth and Ben Ito", "Roth; Ito", "Roth, Ito & Co".
JOINED = re.compile(r"\s*(?:[,;&/]|\band\b)\s*")
# Scripts written without spaces between words.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def names_of(claim: Claim) -> list[str]:
    """Every name under which a claim's text may give its source away, the longest first."""
    document = claim.quote.document
    people = {claim.speaker, *JOINED.split(document.author)}
    if claim.claimant:
        people |= {claim.claimant.name, *(alias.name for alias in claim.claimant.aliases.all())}
    people = {" ".join(name.split()) for name in people}
    names = people | {part for name in people for part in _telling_parts(name)}
    if document.publisher:
        names.add(document.publisher.name)
    return sorted((name for name in names if name), key=lambda name: (-len(name), name))


def _telling_parts(name: str) -> list[str]:
    """First name and surname of a person, where they are long enough not to hit other words."""
    parts = name.split()
    if len(parts) < 2 or parts[0].lower() == "the":
        return []
    return [part for part in (parts[0], parts[-1]) if len(part) >= SHORTEST_NAME]


def masked(text: str, names: Iterable[str]) -> str:
    """The text with each of the names replaced, in any case; as whole words where words are spaced."""
    either = "|".join(_pattern(name) for name in names)
    return re.sub(either, SOURCE, text, flags=re.IGNORECASE) if either else text


def _pattern(name: str) -> str:
    words = re.escape(name)
    return words if UNSPACED.search(name) else rf"(?<!\w){words}(?!\w)"
