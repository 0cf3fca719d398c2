"""Finds in one sentence who is said to have said it, and which words only say that."""

import re
from dataclasses import dataclass

from claims.extraction import speech
from claims.extraction.frames import REFUSED
from claims.extraction.names import NAME
from claims.extraction.noun_phrases import OPENER, PREPOSITION, Sort, Subject
from claims.extraction.subjects import NO_LONGER, first_subject, subject_after, subject_before

VERB = re.compile(speech.VERB)
CONTENT = re.compile(speech.CONTENT)
PARTICIPLE = re.compile(speech.PARTICIPLE)
SAID_BEFORE = re.compile(speech.SAID_BEFORE)
ACCORDING = re.compile(speech.ACCORDING)
IN_VIEW_OF = re.compile(rf"\b[Ii]n\sthe\s{speech.VIEW}\sof\s")
IN_VIEW = re.compile(
    rf"\b(?:[Ii]n|[Tt]o)\s(?:(?P<owned>{NAME})['’]s?|(?P<body>the\s(?:[a-z]+\s)?[a-z]+)['’]s?|(?P<owner>his|her|their)|(?P<author>my|our)|(?P<text>this))"
    rf"\s(?:own\s|own\s\w+\s)?{speech.VIEW}\b|\b[Ff]rom\s(?P<text2>this)\s(?:view(?:point)?|perspective|standpoint)"
)
VIEW_IS = re.compile(
    r"\b(?P<verb>is|rests\son\sthe\s(?:belief|assumption|view|idea|premise)|holds|goes)\sthat\s"
)
QUOTE_MARK = re.compile(r"[“”\"]")
INFLECTED = re.compile(
    r"(?:s|d|wrote|written|thought|felt|foresaw|saw|forecast|bet|put|put it|out|sure|certain|confident|adamant|cal)$"
    r"|^(?:does|did|is)\b|n['’]t"
)
# "Roth forecast a fall" says something, "the Fed forecast was" does not.
NOUN = re.compile(
    r"(?:forecast|bet|put)(?:[.,]|\s(?:is|was|has|had|of|for|by|in|from|will|would)\b)"
)
PLURAL_NAME = re.compile(r"s$|\band\b")
# Whatever is no speaker can do these: "the figures suggest".
OF_THINGS = re.compile(
    r"suggest|impl|hint|highlight|emphasi|stress|underlin|underscor|point|show|indicat|find|found|signal|"
    r"reveal|see|saw|attribut|blame|allow|determin|continue|maintain|hold|held|consider|describe|promise|report|mention|give|gave|put|rate"
)
# And so does "it", which stands for a fact.
OF_FACTS = re.compile(
    r"suggest|impl|hint|highlight|emphasi|stress|underlin|underscor|point|show|indicat|signal|reveal|blam|attribut|allow|determin|mean"
)
# These tell of speech by themselves, "expected" or "announced" may be "that were expected".
SPOKEN = re.compile(
    r"(?:said|says?|told|tells?|wrote|writes?|thinks?|thought|believe|argue|insist|warn|fear|reckon)"
)
# What such a verb says is the opposite of what follows, so it stays.
DENIES = re.compile(
    r"^(?:doubt|den(?:y|ies|ied)|(?:does|did|do|is|are|was|were)(?: not|n['’]t)|.*s[ck]eptical$)"
)
# Verbs that take a clause without "that": "Roth said prices will fall".
BARE = re.compile(
    r"^(?:say|said|think|thought|believe|reckon|insist|feel|felt|suspect|hope|fear|bet|conclude)"
)
# And those that do so only where a finite verb follows: "argues the plan is sound".
HALF_BARE = re.compile(r"^(?:argue|claim|contend|warn|predict|maintain|add|note|suggest)")
FINITE = re.compile(
    r"^\s(?:[\w’'-]+\s){1,8}?(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must)\b"
)
# "The plan announced on Tuesday".
PASSIVE = re.compile(
    r"(?:announced|predicted|expected|reported|proposed|declared|anticipated|stated|considered|described|held|"
    r"found|projected|noted|mentioned|highlighted|seen|forecast)\s(?:by|on|in|at|last|for|to|under|with)\b"
)
# Words in this form are nouns, but behind those who are several: "its forecast", "banks forecast".
SEVERAL = re.compile(
    r"(?:(?<![’'i])s|people|police|staff|some|many|most|men|women|per\s?cent|percent|%|ten|\d|half|third|(?:of|at|from|in|to|with|by|on|about)\s.*)$|^(?:I|[Ww]e|[Tt]hey|[Oo]ur)\b",
    re.IGNORECASE,
)
CLAUSE_FOLLOWS = re.compile(r"^(?:,?\sthat\b|,?:?\s[“\"]|:|[.,]|" + FINITE.pattern[1:] + ")")
OWNED = re.compile(rf"(?P<owner>(?:[Tt]he\s)?{NAME})['’]s?\s")
# "faster than anyone expected".
COMPARED = re.compile(r"\bthan\s$")
VIEW_NOUN = re.compile(
    rf"\b(?:{speech.TEXT_NOUN}|warning|fear|hope|message|contention|worry|concern|belief|base\scase)(?:,\s[^,]{{2,60}},)?\s?$"
)
# A quotation and no more than the speaker's role after it.
QUOTED_BEFORE = re.compile(r"[”\"](?:\s[^“”\",;]{0,80})?$")
PLACE = re.compile(r"(?:^|[,;:”\"–—]|\b(?:and|but|yet|so|that|because|as))\s?$")
NO_CLAUSE = re.compile(
    r"^\s(?:of|in|on|at|to|for|with|about|from|as|by|into|over|how|what|why|whether|only|an?\s+\w+\s+of|"
    r"it\s(?:\w+\s)?(?:(?:un)?likely|(?:im)?probable|(?:im)?possible|(?:un)?certain|inevitable|doubtful|(?:in)?conceivable))\b"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it, by what verb, and the words `sentence[start:end]` that can be taken out."""

    sort: Sort
    subject: str
    verb: str
    start: int
    end: int


def find_attribution(sentence: str) -> Attribution | None:
    """The first attribution of a sentence or clause; None where it has none.

    The span to take out is empty where taking it out would break the sentence.
    """
    return (
        _view_is(sentence)
        or _said_x(sentence)
        or _says(sentence)
        or _according(sentence)
        or _in_view(sentence)
    )


def _view_is(sentence: str) -> Attribution | None:
    """ "Roth’s forecast is that", "this argument rests on the premise that"."""
    found = VIEW_IS.search(sentence)
    if not found:
        return None
    subject = subject_before(sentence, found.start())
    if subject is None or subject.start > 0 or not VIEW_NOUN.search(sentence, 0, found.start()):
        return None
    if owned := OWNED.match(subject.words):
        subject = Subject("name", owned["owner"], 0, subject.end)
    return Attribution(subject.sort, subject.words, found["verb"].split()[0], 0, found.end() - 1)


def _says(sentence: str) -> Attribution | None:
    """The first verb of saying with a speaker, rather one whose words can be taken out."""
    first = None
    refused = REFUSED.search(sentence)
    for found in VERB.finditer(sentence):
        subject = subject_before(sentence, found.start())
        if (
            subject is None
            or COMPARED.search(sentence, 0, subject.start)
            or not _can_say(subject, found["verb"], sentence[found.end() : found.end() + 120])
        ):
            continue
        content = CONTENT.match(sentence, found.end())
        end = content.end() if content else found.end()
        # "Few think that" denies what follows, so it stays.
        denies = refused and refused.start() < found.end() <= refused.end()
        place = (
            (subject.start, subject.start)
            if denies
            else _removable(sentence, subject, found["verb"], end)
        )
        one = _attribution(subject, found["verb"], *place)
        if one.start < one.end:
            return one
        first = first or one
    return first or _saying(sentence)


def _saying(sentence: str) -> Attribution | None:
    """ "Roth was hopeful, saying that rates will fall"."""
    found = PARTICIPLE.search(sentence)
    subject = first_subject(sentence[: found.start()]) if found else None
    if found is None or subject is None:
        return None
    return _attribution(subject, found["verb"], 0, found.end() if found["that"] else 0)


def _can_say(subject: Subject, verb: str, rest: str) -> bool:
    """Whether a subject can be a speaker with this verb before these words."""
    if NOUN.match(verb + rest):
        return False
    if subject.sort == "name":
        return bool(INFLECTED.search(verb) or PLURAL_NAME.search(subject.words))
    if subject.words.lower() == "it":
        return not OF_FACTS.match(verb)
    if not INFLECTED.search(verb) and not SEVERAL.search(subject.words):
        return False
    if subject.sort == "group" and PASSIVE.match(verb + rest):
        return False
    if subject.sure:
        return True
    return not OF_THINGS.match(verb) and bool(SPOKEN.match(verb) or CLAUSE_FOLLOWS.match(rest))


def _removable(sentence: str, subject: Subject, verb: str, end: int) -> tuple[int, int]:
    """The words around the verb that can go: up to "that", or between two commas."""
    start = subject.start
    if OPENER.fullmatch(sentence, 0, start) or (
        PREPOSITION.match(sentence) and "," not in sentence[:start]
    ):
        start = 0  # "But Roth thinks", "In a note Roth writes that"
    if start > 1 and sentence[start - 2 : start - 1] == "," and sentence[end : end + 1] in ",.":
        # ", he argues," goes with both its commas, ", Roth said." with its only one.
        return start - 2, end + (sentence[end : end + 1] == ",")
    quote = QUOTED_BEFORE.search(sentence, 0, start)
    if quote and not QUOTE_MARK.search(sentence, start):
        return quote.start() + 1, len(sentence.rstrip(" ."))
    if PLACE.search(sentence[:start]) and _states(
        verb, sentence[start:end], sentence[end : end + 120]
    ):
        return start, end
    return start, start


def _states(verb: str, said: str, rest: str) -> bool:
    """Whether what follows the verb is a statement of its own, which the speaker holds true."""
    if DENIES.match(verb):
        return False
    if said.endswith(("that", ":")) or rest.lstrip().startswith(("“", '"')):
        return True
    if BARE.match(verb):
        return not NO_CLAUSE.match(rest)
    return bool(HALF_BARE.match(verb) and FINITE.match(rest))


def _said_x(sentence: str) -> Attribution | None:
    """ "…,” said Anna Roth, who …": what follows the name belongs to the attribution."""
    for found in SAID_BEFORE.finditer(sentence):
        subject = subject_after(sentence, found.end())
        if subject is None or (
            found["plain"] is not None and not _stands_alone(sentence, found, subject)
        ):
            continue
        if subject.sort != "group" or subject.sure or found["plain"] is None:
            return _attribution(subject, "said", found.start(), len(sentence.rstrip(" .")))
    return None


def _stands_alone(sentence: str, found: re.Match[str], subject: Subject) -> bool:
    """Whether "…, said Anna Roth" ends there; in "Ada Diaz, a judge, said Roth is late" Diaz speaks."""
    before = subject_before(sentence, found.start("verb"))
    ends = sentence[subject.end : subject.end + 1] in {"", ",", ".", ";", "("}
    ends = ends or bool(NO_LONGER.match(sentence, subject.end))
    return ends and not (before and before.sort == "name")


def _according(sentence: str) -> Attribution | None:
    found = ACCORDING.search(sentence)
    subject = subject_after(sentence, found.end()) if found else None
    if found is None or subject is None:
        return None
    start, end = found.start(), subject.end
    if start == 0:
        comma = sentence.find(", ", end, end + 80)
        return _attribution(subject, "according to", 0, comma + 1 if comma > 0 else 0)
    if not sentence[end:].strip(' .!”"') or sentence[end : end + 2] == ", ":
        return _attribution(
            subject, "according to", len(sentence[:start].rstrip(" ,")), len(sentence.rstrip(" ."))
        )
    return _attribution(subject, "according to", start, start)


def _in_view(sentence: str) -> Attribution | None:
    """ "In Roth’s view", "in the view of Anna Roth", with the commas round it."""
    if found := IN_VIEW_OF.search(sentence):
        subject = subject_after(sentence, found.end())
        if subject is None:
            return None
        # An apposition at the beginning goes on to the next comma.
        end = max(
            subject.end, 0 if found.start() else sentence.find(", ", subject.end, subject.end + 120)
        )
    elif (found := IN_VIEW.search(sentence)) and PLACE.search(sentence[: found.start()]):
        subject, end = _owner(found), found.end()
    else:
        return None
    start = found.start()
    is_between = sentence[max(0, start - 2) : start] == ", "
    if start == 0 or is_between:
        end += sentence[end : end + 1] == ","
    return _attribution(subject, "in the view of", start - 2 * is_between, end)


def _owner(found: re.Match[str]) -> Subject:
    """Whose view it is: "Roth’s", "her", "our", "this"."""
    sorts: dict[str, Sort] = {
        "owned": "name",
        "body": "group",
        "owner": "pronoun",
        "author": "author",
        "text": "text",
        "text2": "text",
    }
    group = next(name for name in sorts if found[name])
    return Subject(sorts[group], found[group], *found.span(group))


def _attribution(subject: Subject, verb: str, start: int, end: int) -> Attribution:
    return Attribution(subject.sort, " ".join(subject.words.split()), verb, start, end)
