"""Takes out of a text who said it, so that it can be judged blind."""

import re
from collections.abc import Iterable

from claims.models import Claim

SOURCE = "[the source]"
# "Li" or "Roy" alone would hit other words too often.
SHORTEST_SURNAME = 4


def names_of(claim: Claim) -> list[str]:
    """Every name under which a claim's text may give its source away, the longest first."""
    document = claim.quote.document
    names = {claim.speaker, document.author}
    if claim.claimant:
        names |= {claim.claimant.name, *(alias.name for alias in claim.claimant.aliases.all())}
    if document.publisher:
        names.add(document.publisher.name)
    surnames = {name.split()[-1] for name in names if len(name.split()) > 1}
    names |= {name for name in surnames if len(name) >= SHORTEST_SURNAME}
    return sorted((name for name in names if name.strip()), key=len, reverse=True)


def masked(text: str, names: Iterable[str]) -> str:
    """The text with each of the names, as a whole word in any case, replaced."""
    either = "|".join(re.escape(name) for name in names)
    if not either:
        return text
    return re.sub(rf"(?<!\w)(?:{either})(?!\w)", SOURCE, text, flags=re.IGNORECASE)
