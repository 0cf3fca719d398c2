"""Takes out of a text who said it, and out of reasons what was found, so that it can be judged blind."""

import re
from collections.abc import Iterable

from claims.models import Claim
from reviews.outcomes import Outcome
from sources.models import Claimant, Publisher

SOURCE = "[the source]"
GRADE = "[a grade]"
# "Li" or "Roy" alone would hit other words too often.
SHORTEST_NAME = 4
# "Anna Roth and Ben Ito", "Roth; Ito", "Roth, Ito & Co".
JOINED = re.compile(r"\s*(?:[,;&/]|\band\b)\s*")
# Scripts written without spaces between words.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
# What stands between the words of a name in a text, and in an address: "anna-roth", "annaroth".
BETWEEN = r"[\s._+'’-]*"
# "A. ", "A. B. " before a surname.
INITIALS = r"(?:\b[^\W\d_]\.\s*)*"
_GRADES = re.compile(
    "|".join(rf"\b{one}\b" for one in sorted(Outcome.labels, key=len, reverse=True)),
    re.IGNORECASE,
)


def names_of(claim: Claim) -> list[str]:
    """Every name under which a text may give a claim's source away, the longest first."""
    document = claim.quote.document
    people = {claim.speaker, *JOINED.split(document.author)}
    organisations = set(_names_of_publisher(document.publisher))
    if claim.claimant:
        own = _names_of_claimant(claim.claimant)
        is_person = claim.claimant.kind == Claimant.Kind.PERSON
        (people if is_person else organisations).update(own)
        organisations.add(claim.claimant.affiliation)
    people = {" ".join(name.split()) for name in people}
    names = people | {part for name in people for part in _telling_parts(name)} | organisations
    names |= _other_names(claim, names)
    return sorted((name for name in names if name), key=lambda name: (-len(name), name))


def _names_of_claimant(claimant: Claimant) -> set[str]:
    return {claimant.name, *(alias.name for alias in claimant.aliases.all())}


def _names_of_publisher(publisher: Publisher | None) -> set[str]:
    """Those of a publisher and of all that are other names of it, with their hosts."""
    if publisher is None:
        return set()
    one = Publisher.objects.one_with(publisher.standing_id)
    return {name for pair in one.values_list("name", "domain") for name in pair}


def _other_names(claim: Claim, names: set[str]) -> set[str]:
    """What analysts noted as other names of these, beside the claim."""
    words = getattr(claim, "words", None)
    known = {name.casefold() for name in names}
    groups = words.name_groups if words else ()
    return {
        other for group in groups if known & {name.casefold() for name in group} for other in group
    }


def _telling_parts(name: str) -> list[str]:
    """The words of a person's name that are long enough not to hit other words."""
    parts = name.split()
    if len(parts) < 2 or parts[0].lower() == "the":
        return []
    return [part for part in parts if len(part) >= SHORTEST_NAME and part[0].isupper()]


def masked(text: str, names: Iterable[str]) -> str:
    """The text with each of the names replaced, in any case; as whole words where words are spaced."""
    either = "|".join(_pattern(name) for name in names)
    return re.sub(either, SOURCE, text, flags=re.IGNORECASE) if either else text


def _pattern(name: str) -> str:
    words = BETWEEN.join(re.escape(word) for word in name.split())
    return words if UNSPACED.search(name) else rf"(?<!\w){INITIALS}{words}(?!\w)"


def without_grades(text: str) -> str:
    """The text without the words of grades and dispositions: whoever settles a disagreement sees none."""
    return _GRADES.sub(GRADE, text)
