"""Tells whether a statement predicts, assesses, or does neither."""

import re
from dataclasses import dataclass

from claims.extraction.attributions import Attribution
from claims.extraction.hedges import WILL
from claims.extraction.types import ClaimClass, HedgeRange
from claims.extraction.unscored import (
    BET,
    CHANCE,
    DUE,
    NOT_FORESEEN,
    SHOULD,
    SHOULD_BY,
    SIZED,
    SURPRISED,
    TO_COME,
    UNCERTAIN,
    VERDICT,
)

MODAL = re.compile(r"\b(?:may|might|could(?!\s+not))\s+(?:well\s+|not\s+)?(?!have\b)[a-z]")
# A weak modal after these describes a noun: "alliances that could constrain them".
RELATIVE = re.compile(r"\b(?:that|which|who|where)\s+(?:\w+ly\s+)?(?:may|might|could)\b")
BE = r"(?:is|are|be|remains?|looks?|seems?|appears?)"
AWAITED = re.compile(
    rf"\b{BE}\s+(?:\w+\s+)?(?:expected|set|bound|poised|on\s+(?:track|course)|in\s+line|certain|sure|forecast|"
    r"projected|predicted|destined|doomed|slated|scheduled|tipped)\s+(?:to|for)\b"
    rf"|\b{BE}\s+(?:\w+\s+)?{DUE}|\b{SHOULD}|\b(?:can|could)\s+only\s+(?!be\b)[a-z]"
    rf"|\b{CHANCE}\s+(?:of|that|for)\b|\b(?:is|are|was|were)\s+(?:a\s+|an\s+)?{CHANCE}\b|\b{NOT_FORESEEN}\b"
    rf"|\b{SURPRISED}|\bmatter\s+of\s+time\b|\bbetter\s+than\s+even\b"
    r"|\b(?:increasingly|(?:more|less)\s+and\s+(?:more|less)|ever\s+(?:more|less))\s+(?:(?:un)?likely|(?:im)?probable)\b(?!\s+to\s+have)"
    r"|\b(?:more|less)\s+likely\s+than\s+(?:before|ever|it\s+was|previously|last|a\s+(?:year|month|week)\s+ago)\b"
    rf"|{SIZED}|\b{BE}\s+(?:now\s+|still\s+)?(?:an?\s+)?{VERDICT}\b|\b{BE}\s+{UNCERTAIN}(?=[.,;]|\s+(?:to|in|by|before|this|next|until|after)\b)"
    rf"|\b{BE}\s+(?:\w+\s+){{0,2}}?expected\s+{TO_COME}"
    rf"|\b(?:I|we)(?:['’]d|\s+would)\s+(?:\w+ly\s+)?{BET}"
    r"|\b(?:hard|difficult)\s+to\s+(?:see|imagine)\b(?!\s+why)|\bin\s+all\s+(?:likelihood|probability)\b|\b(?:odds|chances)\s+are\s+that\b|\b(?:virtual|near)\s+certainty\b"
    rf"|\b{BE}\s+(?:(?:\w+ly|quite|very|still|not|just|all\s+too)\s+)?(?:(?:im)?possible|conceivable|plausible|doubtful|questionable|inconceivable)\s+(?:that|whether)\s"
    r"(?![^,.;]{0,60}\b(?:was|were|had|did|has|have)\b)"
    r"|\b(?<!not\s)(?:inevitable|inevitably|more\s+likely\s+than\s+not)\b"
)
FORESEES = re.compile(
    r"^(?:(?:does|did|do)(?: not|n['’]t) )?"
    r"(?:expect|predict|forecast|project|anticipate|foresee|foresaw|envis|bet)"
)
_SOMETHING = r"(?!(?:us|me|you)\b)(?:\w[\w’'%.-]*\s+){1,8}?"
_TO_COME = rf"(?:of\s+\d|next\s|by\s+(?:\d|the\s+end)|(?:at|above|below|near|around|over|under)\s+[$€£]?\d[\d.,]*%?\s(?:[\w$€£%]+\s){{0,4}}?{TO_COME})"
FORESEEN = re.compile(
    rf"\b(?:expect|predict|forecast|anticipate|foresee|envisage)s?\s+{_SOMETHING}(?:to\s+[a-z]|{_TO_COME})"
    r"|^(?:(?:and|but)\s)?(?:we|I|they|he|she|it)\s(?:now\s|still\s|also\s)?(?:expect|forecast|anticipate|foresee|envisage|predict|project)s?\s(?!that\b)"
    rf"|\bprojects\s+{_SOMETHING}(?:to\s+[a-z]|{_TO_COME})|\bsees?\s+{_SOMETHING}{_TO_COME}",
    re.IGNORECASE,
)
# "said he expected a cut"
EXPECTED = re.compile(
    r"\b(?:he|she|it|they|we|I)\s(?:now\s|still\s|also\s)?(?:expected|anticipated|foresaw|predicted)\s",
    re.IGNORECASE,
)
EXPECTS_BY = re.compile(rf"\b{SHOULD_BY}", re.IGNORECASE)
ADVISES = re.compile(r"(?:argu|urg|insist|demand|recommend|advis|contend|call|propos|hop)")
# "My guess is that Labour wins in May".
GUESSES = re.compile(r"\b(?:guess|bet|wager|hunch|suspect|hop|fear|confiden|sure)", re.IGNORECASE)
BY_THEN = re.compile(rf"^(?!.*\b(?:was|were|had|has|have|did)\b).*\b{TO_COME}\b", re.IGNORECASE)
# "it is unclear whether the pact will hold" predicts nothing.
UNDECIDED = re.compile(
    # What is doubtful is forecast to fail, and a coin toss has its odds.
    r"\b[Ww]hether(?<!doubt\swhether)(?<!doubt[sf]\swhether)(?<!doubted\swhether)(?<!doubtful\swhether)(?<!questionable\swhether)"
    r"(?<!toss\swhether)(?<!flip\swhether)\s[^,.;]{0,80}\b(?:will|would|may|might|could|can|(?:is|are)\s(?:\w+\s)?(?:un)?likely)\b|\bhow\s(?:un)?likely\b|\bremains?\s+to\s+be\s+seen\b"
    r"|\b(?:not\s(?:yet\s)?(?:clear|known|certain)|unclear|unknown|uncertain)\s(?:what|who|how|when|where|which|why|if)\b"
    r"|\bquestions?\s(?:is|are|remains?)\s(?:who|what|how|whether|when|where|which)\b|\bwe\s(?:will|shall)\s(?:know|see)\b"
    r"|\b[Nn]one\sof\s(?:this|that|it|these)\smeans?\b|\b(?:this|that|it|which)\sdoes(?:\snot|n['’]t)\smean\b"
)
ENDURES = re.compile(
    r"\bcan\s+(?:\w+ly\s+)?(?:weather|withstand|endure|survive|outlast|sustain|last|persist|hold)\b"
    r"|\bcan\s+(?:still\s+|yet\s+|only\s+)?(?:be\s+)?\w+\b[^.;]{0,60}?\b(?:by|before|within)\s+(?:the\s+)?(?:end|close|next|spring|summer|"
    r"autumn|fall|winter|year|20\d\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|weeks|months|years|one|two|three|\d)"
)
HEADS = re.compile(
    r"\b(?:trajectory|trend|momentum|course|path|direction|pendulum)\b[^.;]{0,60}?\btowards?\b"
    r"|\b(?:is|are)\s+(?:\w+ly\s+)?(?:heading|headed|drifting|trending|sliding|on\s+course|"
    r"on\s+(?:a|the)\s+path)\s+(?:towards?|for|to|into)\b"
)
OUTLOOK = re.compile(
    r"\b(?:outlook|prospects?|(?:coming|next)\s+(?:few\s+)?(?:years|months|decade))\b[^.;]{0,60}?"
    r"\b(?:suggests?|points?\s+to|promises?|implies|imply|calls?\s+for|(?:is|are)\s+for|remains?|looks?)\b",
    re.IGNORECASE,
)
APPRAISED = re.compile(
    r"\b(?:is|are|remains?)\s+(?:\w+ly\s+)?(?:seen|viewed|regarded|interpreted|understood|described|"
    r"perceived|considered|noted|judged|read|treated)\s+(?:as|for|to)\b"
)
CAUSAL = re.compile(
    r"\b(?:driv(?:es?|ing|en)|underpin\w*|stabili[sz]\w+|contribut\w+\s+to|rests?\s+on|hinges?\s+on|"
    r"depends?\s+on|stems?\s+from|results?\s+(?:in|from)|leads?\s+to|causes?|caused\s+by|"
    r"because|impact\s+on|due\s+to|explains?|fuel(?:s|led)|thanks\s+to)\b",
    re.IGNORECASE,
)
TREND = re.compile(
    r"\b(?:has|have)\s+(?:\w+ly\s+|also\s+|been\s+)?(?:progress|expand|grow|increas|deepen|improv|"
    r"declin|weaken|strengthen|shrunk|fall|ris|accelerat|slow|worsen|widen|narrow|deteriorat)\w*"
    r"|\b(?:expansion|growth|decline|increase|deepening|expanded|growing|shrinking)\b"
)
COMPARES = re.compile(r"\b(?:more|less|better|worse|[a-z]{2,8}er)\b[^.;]{0,80}?\sthan\b")
JUDGES = re.compile(
    r"^(?:argu|believ|contend|maintain|th[io]|reckon|consider|insist|claim|assert|suggest|conclud|"
    r"judg|feel|felt|propos|posit|suspect|hold|held|not|point|observ|highlight|emphasi|stress|"
    r"underlin|underscor|assess|describ|rests|is$|goes|in the view|is con|are con|find|found|caution|"
    r"show|indicat)"
)
REGARDS = re.compile(r"^(?:describe|consider|regard|view|characteri|sees?$|saw$|attribut|blam)")
PRESENT = re.compile(r"\b(?:is|are|has|have|remains?)\b")
# What an author says in a voice of their own: a reason for what is, or what weighs most.
REASONS = re.compile(
    r"\b(?:is|are|has|have|remains?|keeps?|means?)\b[^.;]{0,120}?\b(?:because|thanks\s+to|driven\s+by|rooted\s+in|a\s+sign\s+of|a\s+symptom\s+of|evidence\s+of)\b"
    r"|\b(?:reflects|stems\s+from|underscores|underlines|amounts\s+to|testifies\s+to|owes\s+(?:more|less|much|little))\b"
    r"|\bthe\s(?:main|real|biggest|greatest|key|central|underlying|chief|deeper|true)\s(?:risk|problem|question|reason|driver|threat|obstacle|issue|"
    r"constraint|lesson|weakness|danger|cause|story|worry|challenge)\b",
    re.IGNORECASE,
)
TELLS = {"says", "adds", "explains", "writes"}
ONE_SAYS = re.compile(r"s(?:\sout)?$")
FRAMES = re.compile(
    r"^(?:[Oo]verall,\s|[Ii]n\s(?:sum|short),\s)?(?:[Tt]h(?:e|is|ese)|[Ss]uch)\s(?:\w+\s){1,3}?"
    r"(?:presents?|offers?|provides?|frames?|portrays?|examines?|discusses|explores?|outlines?|"
    r"draws?|summari[sz]es?|will\s+(?:examine|discuss|explore|look|outline|be\s+updated))\b"
    r"|^(?:Attribution|Source|Photo|Image|Caption|Read\s+more|Related|Editing|Reporting)\b"
)
PAST_BEFORE = re.compile(r"\b(?:was|were|had\s+been)\s+(?:\w+ly\s+|seen\s+as\s+)?$")
PAST_AFTER = re.compile(
    r"^\s(?:to\s+have|because|due\s+to|was|were|had|has|have|did|(?!\w*(?:ceed|need|feed)\b)\w+ed)\b"
)
# "A war is unlikely because" gives a reason for it, "likely because" one for something else.
STATE = re.compile(rf"\b{BE}\s+$")
CAUSES = {" because", " due to"}
COMING = re.compile(r"\b(?:to|that|will|would|be|remains?|going)\b")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a statement is, and why it was taken for that."""

    class_: ClaimClass
    reason: str


def is_framing(sentence: str) -> bool:
    """Whether a sentence only asks, presents the text, or credits somebody."""
    return sentence.rstrip(" \"”’')").endswith("?") or bool(FRAMES.search(sentence))


def forecast_in(
    statement: str, hedge: HedgeRange | None, attribution: Attribution | None
) -> Reading | None:
    """The statement read as a forecast; None where it predicts nothing."""
    if UNDECIDED.search(statement):
        return None
    if hedge and hedge.low is not None and not hedge.unhedged:
        if _looks_ahead(statement, hedge.phrase):
            return Reading("forecast", f"says how probable: “{hedge.phrase}”")
        return None
    for pattern, reason in PREDICTS:
        if pattern.search(statement):
            return Reading("forecast", reason)
    if _expects_by(statement, attribution):
        return Reading("forecast", "says what should be by then")
    if MODAL.search(statement) and (attribution or not RELATIVE.search(statement)):
        return Reading("forecast", "says what may happen")
    return _foreseen(statement, attribution, hedge) if attribution else None


def _foreseen(statement: str, attribution: Attribution, hedge: HedgeRange | None) -> Reading | None:
    """What somebody is said to expect, in words that alone would predict nothing."""
    if EXPECTED.search(statement):
        return Reading("forecast", "says what is expected")
    if FORESEES.match(attribution.verb) and attribution.start == attribution.end:
        return Reading("forecast", f"somebody {attribution.verb} it")
    if hedge and GUESSES.search(hedge.phrase) and BY_THEN.search(statement):
        return Reading("forecast", f"a guess at what is to come: “{hedge.phrase}”")
    return None


def _expects_by(statement: str, attribution: Attribution | None) -> bool:
    """Whether a "should" with a time expects rather than asks: "rates should fall twice next year"."""
    asks = attribution and ADVISES.match(attribution.verb)
    return not asks and bool(EXPECTS_BY.search(statement))


PREDICTS = (
    (WILL, "says what will happen"),
    (AWAITED, "says what is expected"),
    (FORESEEN, "says what is expected"),
    (ENDURES, "says what can last"),
    (HEADS, "says where things are heading"),
    (OUTLOOK, "gives an outlook"),
)


def assessment_in(statement: str, attribution: Attribution | None) -> Reading | None:
    """The statement read as an assessment; None where it only reports."""
    if attribution is None:
        found = APPRAISED.search(statement) or REASONS.search(statement)
        return Reading("assessment", f"a reading: “{found[0]}”") if found else None
    evaluates = any(pattern.search(statement) for pattern in (CAUSAL, TREND, COMPARES, APPRAISED))
    judges = _judges(attribution, statement)
    if attribution.sort == "group":
        # "Analysts argue" is hearsay, "the bank argues" is a source.
        patterns = (CAUSAL, TREND, COMPARES) if ONE_SAYS.search(attribution.verb) else (TREND,)
        weighs = any(pattern.search(statement) for pattern in patterns)
        wanted = weighs and (judges or attribution.verb in TELLS)
    else:
        wanted = judges or evaluates
    return Reading("assessment", f"a judgement: {attribution.verb}") if wanted else None


def _judges(attribution: Attribution, statement: str) -> bool:
    """Whether the verb tells a judgement: a speaker's "is" of today counts, a report's "was" not."""
    if REGARDS.match(attribution.verb):
        return True
    if attribution.start == attribution.end:
        return False
    if attribution.verb in TELLS:
        return attribution.sort in {"name", "pronoun"} and bool(PRESENT.search(statement))
    return bool(JUDGES.match(attribution.verb))


def _looks_ahead(statement: str, phrase: str) -> bool:
    """Whether a hedge is about what is to come, not about what was."""
    at = statement.lower().find(phrase)
    before, after = statement[: max(at, 0)], statement[max(at, 0) + len(phrase) :]
    if PAST_BEFORE.search(before):
        return False
    if (past := PAST_AFTER.match(after)) and not (STATE.search(before) and past[0] in CAUSES):
        return False
    if WILL.search(statement):
        return True
    if phrase.endswith("ly") and not phrase.endswith("likely"):
        return bool(COMING.search(before[-12:]) or COMING.match(after.lstrip()))
    return True
