"""Finds who is the subject of a verb of saying: the words before it, or behind it."""

import re
from dataclasses import dataclass
from typing import Literal

from claims.extraction import speech
from claims.extraction.names import NAME, NOT_NAMES, bare

# A name; a pronoun or "the analyst"; a group or an institution; the text itself; "I", "we".
type Sort = Literal["name", "pronoun", "group", "text", "author"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Who speaks, in the words `sentence[start:end]` or in some of them."""

    sort: Sort
    words: str
    start: int
    end: int
    # Whether these words can stand for speakers only: "the plan announced" is no speech.
    sure: bool = True


# Where the clause of a verb begins, at the latest.
CLAUSE = re.compile(
    r"[;:]\s|\s(?:--|–|—|-)\s|[”\"]\s|''\s|\.{3}\s"
    r"|(?:,\s|\b)(?:(?<!such )(?<!as many )(?:and\sthat|because|although|though|while|whereas|but|if|when|where|"
    r"than|what|how|whether|until|even\sas|so\sthat)|(?<!such )(?<!known )as(?!\smany))\s",
    re.IGNORECASE,
)
THAT = re.compile(r"\bthat\s")
JOINED = re.compile(r",\s(?:and|or|yet|so)\s")
# What may stand between a subject and its verb.
BETWEEN = re.compile(
    r"(?:\s(?:also|further|however|then|now|still|even|thus|recently|repeatedly|later|long|just|once|"
    r"too|often|himself|herself|itself|themselves|ha[sd]|have|both|all|again|since|soon|already|never|"
    r"(?:on\s|late\s(?:on\s)?|early\s(?:on\s)?|earlier\s(?:on\s)?)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|last\s(?:week|month|year)|"
    r"earlier\sthis\s(?:week|month|year)|[a-z]{3,14}ly))+$"
)
ASIDE = re.compile(
    r"\s\([^()]{1,80}\)$|\s(?:--|–|—|-)\s[^–—“”]{2,220}\s(?:--|–|—|-)$"
)
# What opens a sentence before its subject.
OPENER = re.compile(
    rf"^(?:(?:{'|'.join(sorted(NOT_NAMES & {'But', 'And', 'Yet', 'So', 'Or', 'Now', 'Then', 'Still', 'Even', 'Also', 'However', 'Meanwhile', 'Overall', 'Again', 'Yes'}))}|"
    r"Moreover|Nevertheless|Nonetheless|Instead|Indeed|Likewise|Furthermore|Today|Yesterday|Elsewhere|"
    r"Earlier|Later|Besides|Perhaps|Here|Only|Similarly|[A-Z][a-z]{3,12}ly)\b,?\s)+",
)
PREPOSITION = re.compile(
    r"^(?:in|on|at|by|after|before|during|since|from|with|without|under|over|for|to|of|like|unlike|despite|outside|"
    r"inside|across|beyond|among|according|asked|speaking|writing|last|this\s(?:week|month|year)|"
    r"following|given|as|about|against|between|into|until|through|amid|when|while|if|once|where|because)\b",
    re.IGNORECASE,
)
ENDS_IN = re.compile(rf"\s(?P<last>he|she|they|we|I|it|(?:the\s)?(?:[a-z]+\s)?{NAME}|the\s[a-z]+)$")
FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|will|would|can|could|may|might|has|have|had|does|did|do|said|says|"
    r"[a-z]+n['’]t|which|whom|not)\b"
)
PARENTHESIS = re.compile(r"\s\([^()]{1,60}\)(?=\s|$)")
WHO = re.compile(r",?\s(?:who|whose)\s.*$")
PRONOUN = re.compile(
    r"(?:he|she|they|it)$|(?:(?:his|her|their|its)\s(?:[a-z-]+\s){0,2}" + speech.TEXT_NOUN + ")$",
    re.IGNORECASE,
)
ROLE = re.compile(
    rf"[Tt]he\s(?:[a-z]+[\s-]){{0,2}}(?:{speech.ROLES}|man|woman)$"
)
AUTHOR = re.compile(
    r"(?:I|[Ww]e)(?:\s(?:and|both|at)\s.*)?$|(?:[Mm]y|[Oo]ur)\s(?:[\w-]+\s){0,3}"
    rf"(?:{speech.TEXT_NOUN}|economists|analysts|team|colleagues|model|strategists|(?:base|central)\scase|call|fear|hope|hunch|belief)$"
)
TEXT = re.compile(rf"(?:[Tt]h(?:e|is|ese|at)|[Ss]uch)\s(?:[\w-]+[\s-]){{0,3}}{speech.TEXT_NOUN}$")
OWNED = re.compile(
    rf"(?P<owner>(?:[Tt]he\s)?{NAME})['’]s?\s(?:[\w-]+[\s-]){{0,3}}{speech.TEXT_NOUN}$"
)
# "the economist Anna Roth", "a worker named Jo Lind", "club president Lionel Ortiz".
NAMED = re.compile(
    rf"^(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ne|{NAME}['’]s?)\s)?(?:[\w’'.-]+\s(?:of\s|at\s|in\s)?){{0,5}}?"
    rf"(?:named\s|called\s)?(?P<name>{NAME})(?P<where>\s(?:of|at|from|with|in|for)\s.{{2,80}})?$"
)
JUST_NAME = re.compile(rf"(?:[Tt]he\s)?(?P<name>{NAME})$")
KNOWN = re.compile(
    rf"\b(?:{speech.PEOPLE}|{speech.BODIES}|{speech.ROLES}|{speech.TEXT_NOUN}|per\s?cent|percent|%)\b",
    re.IGNORECASE,
)
PEOPLE = re.compile(speech.PEOPLE, re.IGNORECASE)
NO_HEAD = re.compile(
    r"\b(?:the|an?|this|that|these|those|and|or|of|to|with|who|which|for|its|his|her|their|no|more|most|much|be|being|"
    r"as|by|in|on|at|from|widely|generally|so|own|not)$",
    re.IGNORECASE,
)
NO_SPEAKER = re.compile(
    r"(?:that|it|there|if|when|how|why|what|whether|no|yes|(?:he|she|they|we|I)\s\w+)\b", re.IGNORECASE
)
# "Speaking in Paris, Roth said"; "Beijing, in turn, said" begins with its subject.
PARTICIPLE = re.compile(r"[A-Z]?[a-z]{2,}(?:ing|ed)\s[a-z\d“\"']")
QUOTES = " \t“”‘’\"'"
FIRST_NAMED = re.compile(rf"(?:[Tt]he\s)?(?:[a-z]+\s){{0,2}}{NAME}|(?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e)\b")
THING = re.compile(
    r"(?:what|which|who|whoever|this|that|these|those|nothing|something|everything|anything|there|here|it\s|you|no\sone|nobody)$"
    r"|(?:what|which|how|why|whether|there)\s", re.IGNORECASE)
# Where a report was sent from: "TOKYO, April 8 (Agency) - ".
DATELINE = re.compile(r"[A-Z][A-Z’' ]{2,30}(?:,\s[^–—-]{2,30})?(?:\s\([^()]{2,40}\))?\s(?:--|–|—|-)\s")
MOST_WORDS = 13
# Two of the sorts of commas that may stand before a verb.
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
    for joined in JOINED.finditer(left, low):
        low = joined.end()
    comma = left.rfind(", ", low)
    start = comma + 2 if comma >= 0 else low
    found = _subject(left, start, len(left))
    if found is None and comma >= 0 and WHO.match(left, comma):
        # "Roth, who runs the clinic in Lund and its sister in Malmö said"
        found = _subject(left, low, comma)
    return found


def first_subject(left: str) -> Subject | None:
    """The subject at the beginning of a sentence: that of "Roth was firm and said"."""
    dateline = DATELINE.match(left)
    start = dateline.end() if dateline else 0
    for part in left[start:].split(", ")[:3]:
        words = OPENER.sub("", part)
        if words and not PREPOSITION.match(words):
            offset = start + len(part) - len(words)
            named = FIRST_NAMED.match(words)
            if named:
                return _subject(left, offset, offset + named.end())
            apposed = re.compile(rf",\s(?P<name>(?:[a-z]+\s){{0,2}}{NAME})(?=,)").match(left, start + len(part))
            return _subject(left, *apposed.span("name")) if apposed else None
        start += len(part) + 2
    return None


def subject_after(sentence: str, start: int) -> Subject | None:
    """The subject that begins at this place, up to a comma or the end of its clause."""
    found = re.compile(
        r"(?:[^,;.:“”\"()\n]|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.|(?<=\b[A-Z][a-z][a-z])\.|\.(?=[A-Z]\.)){2,120}"
    ).match(sentence, start)
    if not found:
        return None
    end = found.end()
    if cut := re.search(
        r"\s(?:who|whose|while|as|after|before|during|when|because|on|speaking|referring|last|this|yesterday|earlier|late|whom|"
        r"in\s(?:an?|the|his|her|their|its|response|\d|January|February|March|April|May|June|July|August|September|October|November|December))\s",
        sentence[start:end] + " ",
    ):
        if not sentence[start : start + cut.start()].lower() in {"people", "those"}:
            end = min(end, start + cut.start())
    words = sentence[start:end]
    if NO_SPEAKER.match(words) or PREPOSITION.match(words):
        return None
    if re.match(r"(?:the|an?|its|his|her|their)\s", words) and sentence[end : end + 2] == ", ":
        apposed = re.compile(rf",\s(?P<name>{NAME})(?=[,.;]|$)").match(sentence, end)
        if apposed and " " in apposed["name"]:
            return Subject("name", apposed["name"], start, apposed.end())
    return _subject(sentence, start, end)


def _clause_start(left: str) -> int:
    low = 0
    for found in CLAUSE.finditer(left):
        low = found.end()
    that = [found for found in THAT.finditer(left, low)]
    return that[-1].end() if that else low


def _before_comma(left: str) -> Subject | None:
    """The subject before an apposition: "Roth, who runs Hale,", "the minister, Ada Diaz,"."""
    low = 0
    for found in re.finditer(r"[;:]\s|\s(?:--|–|—|-)\s|[”\"]\s|''\s|,\s(?:and|but|while|as|yet|so)\s|^(?:While|But|As|And|Although)\s", left):
        if len(left) - found.end() > 2:
            low = found.end()
    parts: list[tuple[int, int]] = []
    start = low
    for comma in re.finditer(r",\s", left[low:]):
        parts.append((start, low + comma.start()))
        start = low + comma.end()
    parts.append((start, len(left)))
    parts = parts[-MOST_PARTS:]
    for at, (start, end) in enumerate(parts):
        words = left[start:end]
        if PREPOSITION.match(words) or PARTICIPLE.match(words) or OPENER.fullmatch(words + " "):
            continue
        found = _subject(left, start, end)
        if found is None:
            that = left.rfind(" that ", start, end)
            found = _subject(left, that + 6, end) if that >= 0 else None
        if found is None or (at + 1 == len(parts) and at):
            continue
        if at + 1 < len(parts) and found.sort != "name":
            later = JUST_NAME.match(left[slice(*parts[at + 1])])
            if later and " " in bare(later["name"]):
                return Subject("name", later["name"], start, len(left) + 1)
        return Subject(found.sort, found.words, found.start, len(left) + 1, found.sure)
    last = JUST_NAME.match(left[slice(*parts[-1])])
    return Subject("name", last["name"], parts[-1][0], len(left) + 1) if last and len(parts) > 1 else None


def _subject(text: str, start: int, end: int) -> Subject | None:
    """What the words `text[start:end]` are, if they can be a subject."""
    start += len(text[start:end]) - len(text[start:end].lstrip(QUOTES))
    words = text[start:end]
    opener = OPENER.match(words)
    if opener:
        start, words = start + opener.end(), words[opener.end() :]
    words = PARENTHESIS.sub("", words).strip(" (")
    if PREPOSITION.match(words) and not PRONOUN.match(words):
        last = ENDS_IN.search(words)
        if not last:
            return None
        start, words = end - len(last["last"]), last["last"]
    if not words or NO_HEAD.search(words) or THING.match(words):
        return None
    if sort := _plain_sort(words):
        return Subject(sort, words, start, end)
    core = WHO.sub("", words)
    if FINITE.search(core) or len(core.split()) > MOST_WORDS:
        return None
    if owned := OWNED.match(core):
        return Subject("name", owned["owner"], start, end)
    if named := _name_in(core):
        return Subject("name", named, start, end)
    known = bool(KNOWN.search(core.split(" of ")[0]) or KNOWN.search(core.split(" in ")[0]))
    if re.fullmatch(r"[\W\d_]+", core) or "_" in core:
        return None
    return Subject("group", core, start, end, sure=known)


def _plain_sort(words: str) -> Sort | None:
    if PRONOUN.match(words) or ROLE.match(words):
        return "pronoun"
    if AUTHOR.match(words):
        return "author"
    return "text" if TEXT.match(words) else None


def _name_in(words: str) -> str:
    """The name of a person or an organisation that these words come down to; "" for none."""
    found = NAMED.match(words)
    if not found:
        return ""
    before = words[: found.start("name")]
    if found["where"] and (before or " " not in found["name"]) and before[:1].islower() and KNOWN.search(before):
        return ""
    if re.search(r"\b(?:of|at|from|in|for|with|by|to|and)\s(?:the\s)?$", before):
        return ""
    name = found["name"]
    return "" if bare(name) in NOT_NAMES or PEOPLE.fullmatch(name) else name
