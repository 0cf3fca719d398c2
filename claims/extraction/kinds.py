"""Tells what kind of forecast a statement is, and on what condition it was made."""

import re

from claims.extraction.types import ClaimClass, Kind

# "even if", "as if", "what if" state no condition; nor does "ask if".
CONDITION = re.compile(
    r"(?<!even )(?<!as )(?<!what )(?<!asked )(?<!ask )(?<!wonder )(?<!see )(?<![\w-])"
    r"(?:as\s+long\s+as|so\s+long\s+as|only\s+if|if(?!\s+(?:any|not|only|possible|necessary|ever)\b)|unless|"
    r"provided(?:\s+that)?(?=\s+(?:the|that|it|they|he|she|both|no|all)\b)|providing\s+that|"
    r"on\s+condition\s+that|assuming(?:\s+that)?|"
    r"in\s+the\s+event\s+(?:of|that)|in\s+case\s+of)(?![\w-])",
    re.IGNORECASE,
)
INVERTED = re.compile(r"^(?:Should|Were|Had)\s+(?=[^,?]{3,200},)")
MAIN_VERB = re.compile(
    r"\b(?:will|would|may|might|could|can|won['’]t|(?:is|are)\s+(?:\w+\s+)?(?:likely|unlikely|set|bound|"
    r"expected|going)|remains?)\b"
)
END_OF_CONDITION = re.compile(r"[,;.!?”\"](?=\s|$)|\s[–—]\s|$")

_FIGURE = (
    r"(?:[$€£¥]|US\$|USD\s?|EUR\s?)?\d[\d.,]*(?:\s?(?:%|per\s?cent|percentage\s+points?|"
    r"thousand|million|billion|trillion|bn|m\b|basis\s+points?))?"
)
_CHANGE = (
    r"(?:exceed|surpass|top|reach|hit|fall|drop|decline|shrink|contract|rise|grow|increase|climb|expand|"
    r"double|triple|quadruple|halve|slow|cut|lower|raise|average|total|pass|cross|win|gain|lose|"
    r"slip|jump|soar|sink|stay|remain|cost|sell|ship|export|produce|stand|be|come\s+in)"
    r"(?:s|es|ed|ing|ling|ping)?"
)
DOUBLING = re.compile(r"\b(?:doubl|tripl|quadrupl|halv)(?:es?|ing|ed)\b", re.IGNORECASE)
QUANTITY = re.compile(rf"\b{_CHANGE}\b[^.;]{{0,60}}?(?<![\w-]){_FIGURE}", re.IGNORECASE)
# What looks like a figure and is a date.
DATE = re.compile(
    r"\b(?:\d{1,2}\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)(?:\s+\d{1,2})?(?:,?\s+\d{4})?\b|\b(?:by|in|until|before|of|during|since|for|from|to|and|"
    r"than|around|late|early|mid|end)[\s-]+(?:the\s+)?(?:19|20|21)\d\ds?\b|\b[QH][1-4]\b|\bG\d+\b|"
    r"\b\d{1,3}\s+(?:days|weeks|months|years|decades)\b"
)
COMPARISON = re.compile(
    r"\b(?:more|less|fewer|better|worse|larger|smaller|higher|lower|faster|slower|stronger|weaker|"
    r"[a-z]{3,9}er)\b(?!\s+likely\s+than\s+not)[^.;]{0,80}?\s(?:than|some\s+other)\b(?!\s+(?:expected|ever|not\b|\d))",
    re.IGNORECASE,
)
CONTINUING = re.compile(
    r"\b(?:remain|sustain|continu|keep|weather|withstand|endur|persist|surviv|maintain|preserv|"
    r"outlast|hold\s+(?:firm|steady|together|up)|stay|last|retain|linger|still\s+be|"
    r"go\s+on|carry\s+on)(?:s|es|e|ed|ing|ued|uing|ues|ue)?\b|"
    r"\b(?:trajectory|momentum|steady|ongoing|stable|unchanged)\b"
    r"|\bmoving\s+toward|\b(?:no\s+longer|no\s+end)\b",
    re.IGNORECASE,
)


def kind_of(text: str, class_: ClaimClass) -> Kind:
    """The kind of a claim. What matters most for judging it comes first."""
    if class_ == "assessment":
        return "assessment"
    if condition_of(text):
        return "conditional"
    if DOUBLING.search(text) or QUANTITY.search(DATE.sub(" ", text)):
        return "quantity"
    if COMPARISON.search(text):
        return "comparison"
    if CONTINUING.search(text):
        return "continuing"
    return "event"


def condition_of(text: str) -> str:
    """The clause that states a condition, with its conjunction; "" where there is none."""
    found = INVERTED.search(text) or CONDITION.search(text)
    if not found:
        return ""
    rest = text[found.end() :]
    verb = MAIN_VERB.search(rest)
    # A list inside the condition has commas too: the last one before the main verb ends it.
    comma = rest.rfind(", ", 0, verb.start()) if verb else -1
    ends = END_OF_CONDITION.search(rest)
    length = comma if comma > 0 else ends.start() if ends else len(rest)
    return " ".join((found[0] + rest[:length]).split())
