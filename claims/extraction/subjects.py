"""Finds who is the subject of a verb of saying: the words before it, or behind it."""

import re

from claims.extraction.names import NAME, bare
from claims.extraction.noun_phrases import OPENER, PREPOSITION, WHO, Subject, read_subject

# Where the clause of a verb begins, at the latest.
CLAUSE = re.compile(
    r"[;:]\s|\s(?:--|–|—|-)\s|[”\"]\s|''\s|\.{3}\s"
    r"|(?:,\s|\b)(?:and\sthat|because|although|though|while|whereas|but|if|when|where|"
    r"than|what|how|whether|until|even\sas|so\sthat|(?<!such )(?<!known )as(?!\smany))\s",
    re.IGNORECASE,
)
THAT = re.compile(r"\bthat\s")
JOINED = re.compile(r",\s(?:and|or|yet|so)\s")
# The same where commas belong to an apposition.
CLAUSE_OF_COMMAS = re.compile(
    r"[;:]\s|\s(?:--|–|—|-)\s|[”\"]\s|''\s|,\s(?:and|but|while|as|yet|so)\s|^(?:While|But|As|And|Although)\s"
)
COMMA = re.compile(r",\s")
# What may stand between a subject and its verb.
BETWEEN = re.compile(
    r"(?:\s(?:also|further|however|then|now|still|even|thus|recently|repeatedly|later|long|just|once|"
    r"too|often|himself|herself|itself|themselves|ha[sd]|have|both|all|again|since|soon|already|never|"
    r"(?:on\s|late\s(?:on\s)?|early\s(?:on\s)?|earlier\s(?:on\s)?)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"last\s(?:week|month|year)|earlier\sthis\s(?:week|month|year)|[a-z]{3,14}ly))+$"
)
ASIDE = re.compile(r"\s\([^()]{1,80}\)$|\s(?:--|–|—|-)\s[^–—“”]{2,220}\s(?:--|–|—|-)$")
# "Speaking in Paris, Roth said"; "Beijing, in turn, said" begins with its subject.
PARTICIPLE = re.compile(r"[A-Z]?[a-z]{2,}(?:ing|ed)\s[a-z\d“\"']")
JUST_NAME = re.compile(rf"(?:[Tt]he\s)?(?P<name>{NAME})$")
PLACED = re.compile(r"\b(?:in|from|at|of|near)\s[A-Z][\w-]+$")
FIRST_NAMED = re.compile(
    rf"(?:[Tt]he\s)?(?:[a-z]+\s){{0,2}}(?!The\b){NAME}|(?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e)\b"
)
APPOSED = re.compile(rf",\s(?P<name>(?:[a-z]+\s){{0,2}}{NAME})(?=[,.;]|$)")
DESCRIBED = re.compile(r"(?:the|an?|its|his|her|their)\s")
# Where a report was sent from: "TOKYO, April 8 (Agency) - ".
DATELINE = re.compile(
    r"[A-Z][A-Z’' ]{2,30}(?:,\s[^–—-]{2,30})?(?:\s\([^()]{2,40}\))?\s(?:--|–|—|-)\s"
)
# The words behind "said" up to a comma or a full stop that is none of "Mr." or "J. P.".
BEHIND = re.compile(
    r"(?:[^,;.:“”\"()\n]|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.|(?<=\b[A-Z][a-z][a-z])\.|\.(?=[A-Z]\.)){2,120}"
)
NO_LONGER = re.compile(
    r"\s(?<!people )(?<!those )(?:who|whose|while|as|after|before|during|when|because|on|speaking|referring|last|"
    r"this|yesterday|earlier|late|whom|in\s(?:an?|the|his|her|their|its|response|\d|January|February|March|April|"
    r"May|June|July|August|September|October|November|December))\s"
)
NO_SPEAKER = re.compile(
    r"(?:that|it|there|if|when|how|why|what|whether|no|yes|(?:he|she|they|we|I)\s\w+)\b",
    re.IGNORECASE,
)
# Commas of an apposition, at most.
MOST_PARTS = 6


def subject_before(sentence: str, verb: int) -> Subject | None:
    """The subject of the verb at this place; None where no speaker stands before it."""
    left = sentence[:verb].rstrip()
    while shorter := BETWEEN.search(left) or ASIDE.search(left):
        left = left[: shorter.start()]
    if left.endswith(","):
        return _before_comma(left[:-1])
    if left.endswith((" and", " or", " but")):
        return first_subject(left)
    low = _clause_start(left)
    comma = left.rfind(", ", low)
    found = read_subject(left, comma + 2 if comma >= 0 else low, len(left))
    if found is None and comma >= 0 and WHO.match(left, comma):
        # "Roth, who runs the clinic in Lund and its sister in Malmö said"
        return read_subject(left, low, comma)
    return found


def first_subject(left: str) -> Subject | None:
    """The subject at the beginning of a sentence: that of "Roth was firm and said"."""
    dateline = DATELINE.match(left)
    start = dateline.end() if dateline else 0
    for part in left[start:].split(", ")[:3]:
        words = OPENER.sub("", part)
        if words and not PREPOSITION.match(words):
            offset = start + len(part) - len(words)
            if named := FIRST_NAMED.match(words):
                return read_subject(left, offset, offset + named.end())
            apposed = APPOSED.match(left, start + len(part))
            return read_subject(left, *apposed.span("name")) if apposed else None
        start += len(part) + 2
    return None


def subject_after(sentence: str, start: int) -> Subject | None:
    """The subject that begins at this place, up to a comma or the end of its clause."""
    found = BEHIND.match(sentence, start)
    if not found or NO_SPEAKER.match(found[0]) or PREPOSITION.match(found[0]):
        return None
    end = found.end()
    if cut := NO_LONGER.search(found[0] + " "):
        end = start + cut.start()
    if DESCRIBED.match(found[0]) and (apposed := APPOSED.match(sentence, end)):
        named = read_subject(sentence, *apposed.span("name"))
        if named and named.sort == "name" and " " in named.words:
            return named
    return read_subject(sentence, start, end)


def _clause_start(left: str) -> int:
    """Where the clause begins in which the words at the end stand."""
    low = max((found.end() for found in CLAUSE.finditer(left)), default=0)
    for pattern in (THAT, JOINED):
        low = max((found.end() for found in pattern.finditer(left, low)), default=low)
    return low


def _before_comma(left: str) -> Subject | None:
    """The subject before an apposition: "Roth, who runs Hale,", "the minister, Ada Diaz,"."""
    parts = _parts(left)
    for at, (start, end) in enumerate(parts):
        found = _opens_apposition(left, start, end)
        if found is None or (at and at + 1 == len(parts)):
            continue
        if at + 1 < len(parts) and found.sort != "name":
            named = JUST_NAME.match(left[slice(*parts[at + 1])])
            # "Officials in Paris, France," have one name more, "the owner, Taikon," has its own.
            if named and (" " in bare(named["name"]) or not PLACED.search(left, start, end)):
                return Subject("name", named["name"], start, len(left) + 1)
        return Subject(found.sort, found.words, found.start, len(left) + 1, found.sure)
    last = JUST_NAME.match(left[slice(*parts[-1])]) if len(parts) > 1 else None
    return Subject("name", last["name"], parts[-1][0], len(left) + 1) if last else None


def _parts(left: str) -> list[tuple[int, int]]:
    """The spans between the commas of the last clause."""
    ends = (found.end() for found in CLAUSE_OF_COMMAS.finditer(left))
    low = max((end for end in ends if end < len(left) - 2), default=0)
    commas = [found.span() for found in COMMA.finditer(left, low)]
    starts = [low, *(end for _, end in commas)]
    return list(zip(starts, [*(start for start, _ in commas), len(left)], strict=True))[
        -MOST_PARTS:
    ]


def _opens_apposition(left: str, start: int, end: int) -> Subject | None:
    words = left[start:end]
    if PREPOSITION.match(words) or PARTICIPLE.match(words) or OPENER.fullmatch(words + " "):
        return None
    found = read_subject(left, start, end)
    that = left.rfind(" that ", start, end)
    return read_subject(left, that + 6, end) if found is None and that >= 0 else found
