"""What makes the words sound that steer what is suggested for a claim: shared by service and form."""

import re
from collections.abc import Iterable, Mapping, Sequence

from claims.matching.words import stems_of, words
from claims.models.words import LONGEST_NAMES, LONGEST_PHRASE, MOST_PHRASES
from claims.validators import ClaimProblem

LABELS = {
    "must": "Must be there",
    "should": "Should be there",
    "never": "Must not be there",
    "aliases": "Other names",
    "languages": "Languages",
}

_LANGUAGE = re.compile(r"[a-z]{2,3}")


def cleaned_words(
    *,
    must: Iterable[str] = (),
    should: Iterable[str] = (),
    never: Iterable[str] = (),
    aliases: Iterable[str] = (),
    languages: Iterable[str] = (),
) -> dict[str, list[str]]:
    """The lists as they are stored: trimmed, each entry once.

    Raises ClaimProblem for an entry that is too long or without a word, for more than 20 entries,
    for other names that do not read "name = other, other", for what is no code of a language, and
    for a phrase that must or should be there and must not.
    """
    found = {"must": _once(must), "should": _once(should), "never": _once(never)}
    for name, phrases in found.items():
        for phrase in phrases:
            _check_phrase(phrase, LABELS[name])
    found["aliases"] = _once(map(_names, _once(aliases)))
    found["languages"] = _once(one.lower() for one in languages)
    for one in found["languages"]:
        if not _LANGUAGE.fullmatch(one):
            raise ClaimProblem(
                f"Languages: “{one[:40]}” is no code of a language, such as en or pl."
            )
    for name, entries in found.items():
        if len(entries) > MOST_PHRASES:
            raise ClaimProblem(
                f"{LABELS[name]}: {len(entries)} are given, at most {MOST_PHRASES} fit."
            )
    _check_not_both(found)
    return found


def _once(entries: Iterable[str]) -> list[str]:
    """Each entry with single blanks, without empty ones and what differs in capitals alone."""
    kept: dict[str, str] = {}
    for entry in entries:
        text = " ".join(entry.replace("\0", "").split())
        if text:
            kept.setdefault(text.casefold(), text)
    return list(kept.values())


def _check_phrase(phrase: str, label: str) -> None:
    if len(phrase) > LONGEST_PHRASE:
        raise ClaimProblem(f"{label}: “{phrase[:40]}…” is longer than {LONGEST_PHRASE} characters.")
    if not _stems(phrase):
        raise ClaimProblem(f"{label}: “{phrase}” holds no word that could be compared.")


def _names(line: str) -> str:
    """One line of names as it is stored."""
    name, sign, rest = line.partition("=")
    others = _once(rest.split(","))
    if not (sign and name.strip() and others) or "=" in rest or "," in name:
        raise ClaimProblem(
            f"{LABELS['aliases']}: write “{line[:40]}” as a name, =, and its other names between commas."
        )
    for one in (name.strip(), *others):
        _check_phrase(one, LABELS["aliases"])
    whole = f"{name.strip()} = {', '.join(others)}"
    if len(whole) > LONGEST_NAMES:
        raise ClaimProblem(
            f"{LABELS['aliases']}: the names of “{name.strip()[:40]}” are longer than {LONGEST_NAMES} "
            "characters together."
        )
    return whole


def _check_not_both(found: Mapping[str, Sequence[str]]) -> None:
    never = {_stems(phrase) for phrase in found["never"]}
    for name in ("must", "should"):
        for phrase in found[name]:
            if _stems(phrase) in never:
                raise ClaimProblem(
                    f"“{phrase}” stands under “{LABELS[name]}” and under “{LABELS['never']}”. Choose one."
                )


def _stems(phrase: str) -> tuple[str, ...]:
    """A phrase as the matcher compares it."""
    return tuple(stems_of(words(phrase)))
