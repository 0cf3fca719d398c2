"""Finds the words that say how probable a statement is, and their range under a lexicon."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from claims.extraction.frames import CONFIDENCE, OF_CLAUSE, REFUSED, frame_of
from claims.extraction.odds import stated_odds
from claims.extraction.types import Entry, HedgeRange
from claims.extraction.unscored import SIZED, UNSCORED

# A plain "will" is read as near certainty: a policy, so the range is marked as unhedged.
UNHEDGED_RANGE = (0.95, 0.99)
BOOSTERS = ("very", "highly", "extremely", "exceedingly", "overwhelmingly", "most")
COMPARATIVES = ("more", "less", "better", "worse", "increasingly", "equally")
SOFTENERS = ("quite", "fairly", "rather", "pretty", "reasonably", "somewhat")
PREFIXES = ("un", "im", "in")

# What may stand before a phrase and change it; and a "not" after it.
_MODIFIERS = "|".join((*BOOSTERS, *COMPARATIVES, *SOFTENERS))
_BEFORE = (
    r"(?:(?P<negation>not|never|neither|hardly|scarcely|no\s+longer|far\s+from|anything\s+but|by\s+no\s+means|in\s+no\s+way|"
    r"nowhere\s+near|cannot\s+be|\b\w{2,7}n['’]t)\s+"
    r"(?:(?:at\s+all|all\s+that|yet|that|so|too|even|remotely|really|particularly|especially|terribly|be|being|seem|look|appear|"
    r"considered|thought|seen\s+as)\s+){0,2})?"
    rf"(?P<modifiers>(?:(?:slightly\s+)?(?:better|worse|more|less)\s+than\s+(?:an?\s+)?)?(?:(?:far|much|even|significantly|considerably|a\s+lot|slightly|somewhat)\s+(?=more|less))?"
    r"(?:(?:more|less)\s+and\s+(?=more|less)|ever\s+(?=more|less)|"
    # "As likely as a fall" compares, "is seen as likely" does not.
    r"(?:(?<=\btwice\s)|(?<=\bhalf\s)|(?<=\btimes\s)|(?<!described\s)(?<!seen\s)(?<!regarded\s)(?<!viewed\s)"
    r"(?=as\s+\w+\s[^.;]{0,60}?\bas\s))as\s+(?=(?:un)?likely|(?:im)?probable)(?!likely\s+as\s+not\b))?"
    rf"(?:(?:{_MODIFIERS}),?\s+){{0,2}})"
)
_AFTER = r"(?P<than>\s+than\s+not\b)?(?P<after>\s+not\b(?!\s+only\b))?"

SUBORDINATE = re.compile(
    r"\s(?:because|since|which|who|whose|whom|where|although|though|whereas|unless|given\s+that|so\s+that|"
    r"even\s+(?:if|though)|as\s+long\s+as|provided\s+that)\s",
    re.IGNORECASE,
)
CAN = re.compile(r"(?<![\w-])can(?![\w'’-])")
# "the will of the people", "political will" are nouns.
WILL = re.compile(
    r"(?<!\bthe )(?<!\ba )(?<!political )(?<!good )(?<!free )(?<!own )(?<!\byou )(?<![\w-])"
    r"(?:will|shall|(?:is|are)\s+(?:not\s+|\w+ly\s+)?going\s+to(?!\s+(?:the|a)\b))(?![\w-])(?!\s+of\b)"
    r"|(?<=\w)['’]ll\b|\bwon['’]t\b",
    re.IGNORECASE,
)
# Adjectives that are hedges only beside these words: "a remote chance", not "remote work".
REMOTE_BEFORE = re.compile(r"\b(?:is|are|be|remains?|seems?|looks?|appears?|as)\s+$", re.IGNORECASE)
# "an unlikely hero" says nothing of probability.
ATTRIBUTIVE = re.compile(
    r"(?:\b(?:an?|the|this|that|his|her|its|their|of|among|for|from|with)|['’]s)\s+$", re.IGNORECASE
)
# "It is unclear how likely a cut is" says nothing of it either.
HOW = re.compile(r"\b(?:how|however)\s+$", re.IGNORECASE)
SIZE_BEHIND = re.compile(SIZED, re.IGNORECASE)
# Between "will" and a word that hedges it: "will possibly", "will be surprised if".
PREDICATE = re.compile(r",?\s(?:be\s(?=surpris|astonish|shock|amaz|stunn|hard|difficult))?")
LAST_WORDS = re.compile(
    r",?\s(?:or\s+so\s+)?(?P<words>(?:there\s+is\s+)?no\s+(?:question|doubt)(?:\s+about\s+(?:it|that))?|(?:without|beyond)\s+(?:a\s+|any\s+)?"
    r"(?:question|doubt)|for\s+(?:sure|certain)|perhaps|maybe|possibly|surely|presumably|hopefully|(?:I|we|(?-i:[A-Z])\w+)\s+"
    r"(?:suspect|guess|hope|fear|think\s+not|bet)s?|(?:I['’]m|I\s+am)\s+(?:\w+\s+)?(?:sure|certain|confident))[.!]?[”\"’]?$",
    re.IGNORECASE,
)
NOT_ATTRIBUTIVE = re.compile(r"\s+(?:chance|that|to|event|outcome|scenario|case)\b", re.IGNORECASE)


def find_hedge(text: str, lexicon: Sequence[Entry]) -> HedgeRange | None:
    """The hedge of a sentence or clause; None where it has none.

    `lexicon` holds (phrase, low, high), probabilities 0 to 1. Odds in figures come first, then
    phrases of the lexicon, then words without a number, then a plain "will". None of them has a
    number where somebody is said not to think so.
    """
    entries = tuple(lexicon)
    parts = dict.fromkeys((text[: _end_of_main(text)], text))
    return next((hedge for part in parts if (hedge := _hedge_in(part, entries))), None)


def _end_of_main(text: str) -> int:
    """Where a clause begins that only gives a reason or describes: its hedge is about that."""
    found = SUBORDINATE.search(text, 1)
    return found.start() if found else len(text)


def _hedge_in(text: str, lexicon: tuple[Entry, ...]) -> HedgeRange | None:
    found = stated_odds(text) or _from_lexicon(text, lexicon) or _without_number(text)
    refused = REFUSED.search(text)
    if found is None or refused is None:
        return found
    # The "will" of a contraction stands nowhere.
    at = _words(text).find(found.phrase)
    return HedgeRange(_words(refused[0]), None, None) if refused.start() <= at or at < 0 else found


def _without_number(text: str) -> HedgeRange | None:
    if sized := SIZE_BEHIND.search(text):
        return HedgeRange(_words(sized["size"]), None, None)
    weak, will = UNSCORED.search(text), WILL.search(text)
    # "will possibly" is weak; in "will grow, which may help" the weak word is about something else.
    if weak and (will is None or weak.start() <= _beside(text, will)):
        return HedgeRange(_words(weak[0]), None, None)
    if will:
        return _of_will(text, will)
    if CAN.search(text):
        return HedgeRange("can", None, None)
    return None


def _beside(text: str, will: re.Match[str]) -> int:
    """Where a word begins that belongs to this "will"."""
    found = PREDICATE.match(text, will.end())
    return found.end() if found else will.end()


def _of_will(text: str, will: re.Match[str]) -> HedgeRange:
    """A "will" is near certainty, but for what the words round it make of it."""
    behind = (
        OF_CLAUSE.search(text)
        or LAST_WORDS.search(text, will.end())
        or CONFIDENCE.search(text, will.end())
    )
    if weaker := frame_of(text[: will.start()]) or (behind["words"] if behind else ""):
        return HedgeRange(_words(weaker), None, None)
    phrase = "will" if will[0][0] in "'’" else _words(will[0])
    return HedgeRange(phrase, *UNHEDGED_RANGE, unhedged=True)


def _from_lexicon(text: str, lexicon: tuple[Entry, ...]) -> HedgeRange | None:
    if not lexicon:
        return None
    table = _table(lexicon)
    readings = (_reading(match, table) for match in _matches(text, table))
    hedges = list(readings)
    return next((hedge for hedge in hedges if hedge.low is not None), hedges[0] if hedges else None)


@lru_cache(maxsize=64)
def _table(lexicon: tuple[Entry, ...]) -> dict[str, tuple[float, float]]:
    """The ranges by phrase; "almost surely" has that of "almost certainly"."""
    listed = {_words(phrase): (float(low), float(high)) for phrase, low, high in lexicon}
    alike = {
        phrase.replace(" certain", " sure"): bounds
        for phrase, bounds in listed.items()
        if " certain" in phrase
    }
    return alike | listed


def _matches(text: str, table: dict[str, tuple[float, float]]) -> Iterator[re.Match[str]]:
    for match in _pattern(tuple(table)).finditer(text):
        left, right = text[max(0, match.start() - 20) : match.start()], text[match.end() :]
        phrase = _words(match["phrase"])
        if HOW.search(left):
            continue
        if phrase == "remote" and not REMOTE_BEFORE.search(left):
            continue
        if phrase in {"likely", "unlikely", "probable", "improbable"} and (
            ATTRIBUTIVE.search(left) and not NOT_ATTRIBUTIVE.match(right)
        ):
            continue
        yield match


@lru_cache(maxsize=64)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all phrases, longest first, with what may change their meaning."""
    ordered = sorted(
        {_words(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase)
    )
    either = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)
    return re.compile(rf"(?<![\w-]){_BEFORE}(?P<phrase>{either})(?![\w-]){_AFTER}", re.IGNORECASE)


def _reading(match: re.Match[str], table: dict[str, tuple[float, float]]) -> HedgeRange:
    """What a phrase with its modifiers and negations comes to."""
    modifiers = _words(match["modifiers"] or "").replace(",", "").split()
    phrase = _words(match["phrase"])
    bounds = _modified(phrase, modifiers, table)
    if match["negation"] and bounds:
        # "not very likely" denies likely, it does not assert very unlikely.
        bounds = _negated(phrase, table)
    if match["after"] and bounds:
        bounds = _complement(bounds)
    low, high = bounds or (None, None)
    return HedgeRange(_words(match[0]), low, high)


def _modified(
    phrase: str, modifiers: list[str], table: dict[str, tuple[float, float]]
) -> tuple[float, float] | None:
    """The range of a phrase behind its boosters; None where the words only compare."""
    if any(word in {*COMPARATIVES, "as"} for word in modifiers):
        return None
    boosts = sum(word in BOOSTERS for word in modifiers)
    if not boosts:
        return table[phrase]
    spellings = [*(" ".join((word, phrase)) for word in (*modifiers, *BOOSTERS))]
    listed = next((table[spelling] for spelling in spellings if spelling in table), None)
    return listed or _halved(table[phrase])


def _halved(bounds: tuple[float, float]) -> tuple[float, float]:
    """Halfway to the nearer end of the scale: "very" in Mosteller and Youtz (1990)."""
    end = 1.0 if sum(bounds) > 1 else 0.0
    low, high = bounds
    return round((low + end) / 2, 4), round((high + end) / 2, 4)


def _negated(phrase: str, table: dict[str, tuple[float, float]]) -> tuple[float, float]:
    """ "not likely" is "unlikely" where the lexicon lists that, else the complement."""
    antonyms = (prefix + phrase for prefix in PREFIXES)
    return next((table[word] for word in antonyms if word in table), _complement(table[phrase]))


def _complement(bounds: tuple[float, float]) -> tuple[float, float]:
    low, high = bounds
    return round(1 - high, 4), round(1 - low, 4)


def _words(text: str) -> str:
    """Lower case, single spaces."""
    return " ".join(text.lower().split())
