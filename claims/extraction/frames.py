"""Reads how sure the words round a statement make it: "I am confident that it will", "few expect it".

They have no number, and they take away the one that a plain "will" would have.
"""

import re

from claims.extraction.unscored import CHANCE_NOUN, SIZES, UNCERTAIN

BE = r"(?:\b(?:is|are|am|was|were|be|been|being|remains?|seems?|looks?|appears?|feels?|felt|sounds?)|\b(?:it|that|there|he|she)['’]s|['’](?:m|re))"
# Verbs that hold something to be so.
_THINK = (
    r"(?:think|thought|believ|expect|foresee|foresaw|anticipat|predict|suggest|imagin|suppos|assum|conclud|say|said|argu)"
    r"(?:e?s|e|e?d)?"
)
_SAY = rf"(?:{_THINK}|hope|bet|see)"
_NOUN = (
    r"(?:(?<!with\shigh\s)confidence|faith|hopes?|fears?|guarantee|assurances?|certainty|signs?|indications?|evidence|"
    r"questions?|suspicions?|worr(?:y|ies)|concerns?|illusions?|rumou?rs?|speculation|talk|ideas?|notions?|"
    r"suggestions?|theory|assumptions?|expectations?|optimism|scepticism|skepticism|guess|hunch|bet|gamble|"
    rf"{CHANCE_NOUN}|reasons?\s+to\s+{_SAY})"
)
_REFUSES = (
    r"(?:reject|dismiss|disput|ridicul|den(?:y|ie)|doubt|challeng)\w*\s+(?:(?:the|any|all)\s+)?"
)
# Not the "that" of "an issue that will".
_THAT = r"that\b(?=\s+\w)"
# "There is no guarantee that", "the fear is that".
OF_NOUN = re.compile(
    rf"(?<![\w-])(?P<words>(?:{_REFUSES})?(?:not\s+)?(?:(?:any|much|moderate|medium|full|widespread|firm|best|{SIZES})\s+){{0,2}}"
    rf"{_NOUN})(?:,\s[^,.;]{{2,60}},)?(?:\s(?:is|was|are|were|remains?|has\sit))?\s+{_THAT}",
    re.IGNORECASE,
)
_MISLED = r"(?:wrong|false|mistaken|mistake|naive|foolish|absurd|premature|(?:too\s+)?(?:early|soon|hard|difficult)|impossible)"
_JUDGED = rf"(?:{_MISLED}|safe|fair|reasonable|tempting|easy|natural)"
_UNSURE = (
    r"(?:certain|sure|confident|hopeful|optimistic|pessimistic|afraid|fearful|doubtful|dubious|sceptical|skeptical|"
    r"questionable|debatable|arguable|plausible|guaranteed|assured|un(?:certain|clear|sure|convinced|proven|confirmed|"
    r"believable|imaginable|realistic|persuaded|settled)|implausible|hoped|feared|rumou?red|thought|believed|assumed|"
    rf"alleged|supposed|suspected|worried|concerned|betting|gambling|hoping|praying|bet|given|certainty|{_JUDGED}\s+to\s+{_SAY})"
)
_NOT = r"(?:not|never|no\s+longer|hardly|scarcely|far\s+from|anything\s+but|nothing\s+but|less)"
_WITHIN = r"(?!(?:who|which|what|and|of|in|on|at|with|for|as|because|so|such|than|th\w+|said|says)\b)[a-z’'-]+\s+"
_HEDGING = rf"(?:{_NOT}\s+(?:{_WITHIN}){{0,2}}?(?!only\b|just\b|that\b)[a-z-]+|(?:{_WITHIN}){{0,3}}?{_UNSURE})"
_LEADING = r"(?:(?:an?|my|our|his|her|its|their|now|still|also|therefore)\s+)*"
# "It is anything but certain that", "I am fairly confident the pact"; "not clear that", but "clear that".
OF_PREDICATE = re.compile(
    rf"(?:{BE}|\b(?:thinks?|thought|considers?|considered|deems?|deemed|finds?|found)\s+it)\s+{_LEADING}(?P<words>{_HEDGING})\s+{_THAT}",
    re.IGNORECASE,
)
# Of low or moderate confidence somebody may speak before or after; high confidence is no likelihood.
CONFIDENCE = re.compile(
    r"\b(?P<words>(?:(?:very|rather|only)\s+)?(?:low|moderate|medium|limited)(?:\s+to\s+\w+)?\s+confidence)\b",
    re.IGNORECASE,
)
# People leave out "that" behind these.
OF_FEELING = re.compile(
    rf"(?:{BE}\s+{_LEADING}(?P<words>(?:{_WITHIN}){{0,3}}?(?:confident|sure|certain|hopeful|optimistic|afraid|doubtful))"
    r"|\b(?P<little>(?:no|little|every|some)\s+(?:guarantee|assurance|certainty|hope|sign)))"
    r"\s+(?:the|an?|it|its|they|their|he|his|she|her|we|our|this|these)\b",
    re.IGNORECASE,
)
OF_SEEMING = re.compile(
    r"\bit\s+(?:now\s+|also\s+|still\s+)?(?P<words>(?:seems?|appears?|looks?|sounds?)"
    r"(?:\s+(?:as\s+(?:if|though)|like)\b|(?=\s+that\b)))",
    re.IGNORECASE,
)
_FEEL = (
    r"(?:suspect|guess|imagin|assum|suppos|presum|bet|wager|gambl|hop|fear|trust|pray|wish|speculat|worr)"
    r"(?:es?|s|e?d|y|ies|ied|ting)?"
)
OF_VERB = re.compile(
    r"\b(?:I|we|they|he|she|some|many|most)\s+(?:\w+ly\s+|still\s+|also\s+|rather\s+|do\s+)?"
    rf"(?P<words>(?:would\s+)?{_FEEL})\s+(?!(?:to|for|of|in|about|on)\b)",
    re.IGNORECASE,
)
FRAMES = (CONFIDENCE, OF_NOUN, OF_PREDICATE, OF_FEELING, OF_SEEMING, OF_VERB)
# The same as the verb of an attribution: "Roth suspects", "is fairly confident".
FEELS = re.compile(
    rf"^(?:{_FEEL}|(?:is|are|was|were)\s(?P<words>(?:\w+\s)?(?:confident|certain|sure)))$"
)
# "That it will hold is doubtful": what is said of it stands behind.
OF_CLAUSE = re.compile(
    r"^(?:that|the\s+(?:claim|view|idea|notion|suggestion|assumption|belief|theory)\s+that)\s[^.;]{3,150}\s"
    r"(?:is|are|remains?|seems?|looks?)\s+(?P<words>(?:[\w’'-]+\s+){0,4}?[\w’'-]+)[.!]?$",
    re.IGNORECASE,
)
# Neither a full stop nor much else may stand between such words and what they are about.
BREAK = re.compile(r"[.;:](?=\s)")
LONGEST = 200

_NOBODY = (
    r"(?:nobody|no\s+one|no-one|neither|none|nothing|(?:hardly|scarcely)\s+any(?:one|body|thing)?|"
    r"not\s+(?:everyone|everybody|all|many|an?\s+single)|only\s+a\s+few|(?<!\ba\s)(?<!next\s)(?<!last\s)(?<!past\s)(?<!first\s)few|"
    r"(?<!\ba\s)little|no(?!\s+(?:doubt|question)))"
)
# Who denies something takes away every number behind it: "few think it likely".
REFUSED = re.compile(
    rf"(?<![\w-])(?:{_NOBODY}(?:\s+(?!(?:is|are|was|were|be|been|will|would)\b)[\w’'-]+){{0,3}}?\s+{_THINK}"
    rf"|(?:never|no\s+longer|hardly|scarcely|barely)\s+(?:really\s+|seriously\s+)?{_THINK}"
    rf"|(?:would|could|can|do|does|did)(?:\s*not|n['’]t)\s+(?:\w+ly\s+)?{_THINK}"
    r"|(?:not|\w+n['’]t)\s+(?:bet|count|bank|rely)(?=\s+(?:on|that)\b)|not\s+(?:the\s+case|true)(?=\s+that\b)"
    rf"|{_MISLED}\s+to\s+{_SAY}"
    r"|(?:no|scant|little)\s+(?:\w+\s+)?(?:signs?|evidence|guarantee|assurance|certainty)(?=\s+that\b)"
    rf"|(?:{UNCERTAIN}|doubtful|questionable|un(?:sure|certain|clear))(?=\s+that\b)|{_REFUSES}(?:\w+\s+)?(?:ideas?|notions?|suggestions?|theory|talk|claims?|view)(?=\s+that\b))(?![\w-])",
    re.IGNORECASE,
)


def frame_of(before: str) -> str:
    """The words before a plain statement that make it more or less sure; "" where there are none."""
    breaks = [found.end() for found in BREAK.finditer(before)]
    clause = before[breaks[-1] if breaks else 0 :][-LONGEST:]
    found = [match for frame in FRAMES if (match := frame.search(clause))]
    first = min(found, key=lambda match: match.start(match.lastgroup or 0), default=None)
    return first[first.lastgroup or 0] if first else ""


def frame_of_speaker(verb: str, words: str) -> str:
    """How sure a speaker is, by the verb and the words that only say who speaks; "" where these do not tell."""
    if feels := FEELS.match(verb):
        return feels["words"] or verb
    # The words end with "that".
    return frame_of(f"{words} it")
