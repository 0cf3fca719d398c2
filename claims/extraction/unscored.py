"""Words that hedge without a number: Kent kept them apart on purpose."""

import re

# How large a chance or a risk is said to be.
SIZES = (
    r"(?:real|serious|distinct|realistic|growing|little|no|slim|fair|good|strong|every|high|low|small|big|large|"
    r"significant|substantial|considerable|material|credible|outside|decent|reasonable|genuine|clear|heightened|"
    r"elevated|rising|increasing|minimal|zero|negligible|some|scant|limited|great|greater|better|non-trivial|plausible)"
)
CHANCE = rf"{SIZES}\s+(?:possibility|chances?|risk|prospects?|likelihood|probability|odds|danger)"
# "prices should rise" expects, "ministers should resign" asks.
_COMES = (
    r"(?:rise|fall|ease|slow|grow|improve|decline|remain|stay|tighten|narrow|widen|recover|outperform|underperform|"
    r"reach|continue|begin|start|follow|help|last|hold|bring|boost|support|strengthen|weaken|stabili[sz]e|"
    r"moderate|normali[sz]e|accelerate|peak|trough|bottom|climb|drop|benefit|provide|prove|become|drift|fade|"
    r"cool|rebound|pick\s+up|keep|give|allow|close|average|contribute|lead|result|add|come|arrive|survive|win|"
    r"be\s+(?:able|home|over|ready|complete|completed|done|enough|in\s+place|higher|lower|back|available|finished|"
    r"sufficient|limited|modest|positive|smaller|larger|stronger|weaker|close|\w+ed\s+by|\w+ing))"
)
SHOULD = rf"(?:should|ought\s+to)(?=\s+(?:(?:not|also|then|now|soon|nonetheless|still|therefore|thus|again|\w+ly)\s+)?{_COMES}\b)"
DUE = (
    r"(?<=\s)due\s+to(?=\s+(?:be|begin|start|open|close|end|expire|rule|meet|vote|hold|take|report|publish|announce|"
    r"decide|visit|return|launch|leave|step|complete|arrive|present|sign|go|come|run|become|enter|resume|release|"
    r"deliver|face|speak|stand|host|join|reach|finish|retire|receive|hear|make|issue|set|give|last)\b)"
)
_NOT = r"(?:do|does|did)(?:\s+not|n['’]t)"
NOT_FORESEEN = (
    rf"{_NOT}\s+(?:expect|foresee|anticipate|see(?=\s+(?:an?|any)\s))"
    r"|(?:can|could)(?:not|n['’]t|\s+not)\s+(?:be\s+)?(?:ruled?\s+out|excluded?|dismiss(?:ed)?|discount(?:ed)?)"
)
DENIED = (
    rf"{NOT_FORESEEN}|{_NOT}\s+(?:think|believe)"
    r"|(?:not|far\s+from|by\s+no\s+means|hardly|never)\s+(?:certain|sure|guaranteed|inevitable|assured)"
)
# What makes such a word stronger or weaker is part of it.
_BOOST = r"(?:(?:quite|very|entirely|highly|extremely|increasingly|almost|virtually|practically|perfectly|eminently|only\s+too|all\s+but|wholly|near)\s+)?"
DOUBT = r"(?:no|little|without(?:\s+a)?|some|serious|beyond)\s+doubt|undoubtedly|doubt(?:s|ed|ful)?"
SURPRISED = r"(?:surpris(?:ed|ing)|astonish(?:ed|ing)|shock(?:ed|ing)|amazed|stunned)(?=\s+(?:if|not\s+to)\b)"
ON_ITS_WAY = (
    r"(?:bound|poised|set|destined|doomed|slated|scheduled|tipped|forecast|projected|predicted|estimated|"
    r"anticipated|condemned)\s+to|on\s+(?:track|course)\s+(?:to|for)|in\s+line\s+to"
)
UNSCORED = re.compile(
    r"(?<![\w-])(?:"
    rf"{DENIED}|(?:(?-i:may)|might|could)(?:\s+well)?(?=\s+(?!have\b)[a-z])"
    rf"|{CHANCE}|{DOUBT}|{SHOULD}|{DUE}|{SURPRISED}|{ON_ITS_WAY}"
    rf"|{_BOOST}(?:"
    r"possibly|(?<!as )(?<!where )(?<!if )(?<!when )(?<!\ba )(?<!the )(?<!any )(?<!all )(?<!every )possible(?!\s+to\b)|possibility"
    r"|perhaps|maybe|conceivabl[ey]|potentially|plausibl[ey]"
    r"|(?:certain|sure|guaranteed)\s+to|certainly|inevitabl[ey]|near[\s-]certain(?:ty)?|better\s+than\s+even"
    r"|(?:inconceivable|unthinkable|impossible)(?!\s+to\b))"
    r"|(?:(?<=\bwe\s)|(?<=\bthey\s)|(?<=\bit\s)|(?<=\bhe\s)|(?<=\bshe\s)|(?<=economists\s)|(?<=analysts\s)|(?<=now\s))"
    r"(?:forecast|project|anticipate|foresee|predict|envisage)s?(?=\s+(?!that\b))"
    r"|(?<!than )(?<!as )(?<!\bthe )(?<!\ban )(?:(?:not|n['’]t)\s+(?:widely\s+|now\s+)?)?expect(?:s|ed)?|not\s+(?:set|bound|due)\s+to"
    r"|in\s+all\s+(?:likelihood|probability)|(?:the\s+)?(?:odds|chances)\s+are(?=\s+that\b)|presumably|toss-up|foregone\s+conclusion"
    r"|(?:virtual|near|moral)\s+certainty|hard\s+to\s+(?:see|imagine)(?!\s+why\b)|matter\s+of\s+time|chances?\s+(?:of|that)"
    r")(?![\w-])",
    re.IGNORECASE,
)
