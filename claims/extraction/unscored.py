"""Words that hedge without a number: Kent kept them apart on purpose."""

import re

# How large a chance or a risk is said to be.
SIZES = (
    r"(?:real|serious|distinct|realistic|growing|little|no|slim|fair|good|strong|every|high|low|small|big|large|"
    r"significant|substantial|considerable|material|credible|outside|decent|reasonable|genuine|clear|heightened|"
    r"elevated|rising|increasing|minimal|zero|negligible|some|scant|limited|great|greater|better|non-trivial|plausible)"
)
CHANCE_NOUN = r"(?:possibility|chances?|risks?|prospects?|likelihood|probability|odds|danger)"
CHANCE = rf"{SIZES}\s+{CHANCE_NOUN}"
# "The risk of a wider war is low": the size stands behind.
SIZED = (
    rf"\b{CHANCE_NOUN}\s+(?:of|that|for)\s[^.;]{{3,100}}?\s(?:is|are|remains?|looks?|seems?|appears?)\s+(?:now\s+|still\s+)?"
    r"(?P<size>(?:not\s+)?(?:\w+ly\s+|very\s+|quite\s+|rather\s+|too\s+)?(?:high|low|slim|small|good|strong|poor|dim|great|minimal|"
    r"real|significant|substantial|considerable|negligible|slight|long|short|bleak|bright|nil|tiny|limited|growing|rising|"
    r"falling|close\s+to\s+(?:zero|nil)|zero))\b(?!\s+(?:than|enough)\b)"
)
# "prices should rise" expects, "ministers should resign" asks.
_COMES = (
    r"(?:rise|fall|ease|slow|grow|improve|decline|remain|stay|tighten|narrow|widen|recover|outperform|underperform|"
    r"reach|continue|begin|start|follow|help|last|hold|bring|boost|support|strengthen|weaken|stabili[sz]e|"
    r"moderate|normali[sz]e|accelerate|peak|trough|bottom|climb|drop|benefit|provide|prove|become|drift|fade|"
    r"cool|rebound|pick\s+up|keep|give|allow|close|average|contribute|lead|result|add|come|arrive|survive|win|"
    r"be\s+(?:able|home|over|ready|complete|completed|done|enough|in\s+place|higher|lower|back|available|finished|"
    r"sufficient|limited|modest|positive|smaller|larger|stronger|weaker|close|\w+ed\s+by|\w+ing))"
)
_ALSO = r"(?:(?:not|also|then|now|soon|nonetheless|still|therefore|thus|again|\w+ly)\s+)?"
SHOULD = rf"(?:should|ought\s+to)(?=\s+{_ALSO}{_COMES}\b)"
TO_COME = (
    r"(?:(?:by|before|within|until|in|over|during|this|next|later|from)\s+(?:(?:the|early|late|mid|this|next|coming|second|first|"
    r"third|fourth|last|end|start|of|half|quarter|summer|five|two|three|ten|a|few|\d{1,2})[\s-]+){0,4}?"
    r"(?:20\d\d|year|years|month|months|weeks?|half|quarter|decade|end|spring|summer|autumn|winter|Christmas|Easter|January|"
    r"February|March|April|May|June|July|August|September|October|November|December)|[QH][1-4])"
)
# These expect only where a time is named; "to avoid a slump" asks again.
_COMES_BY = (
    r"(?:(?:cut|raise|hike|lower|trim|hold)\s+(?:\w+\s+){0,2}?rates?|(?:double|triple|halve)(?=\s+(?:by|in|this|next|within|over)\b)|"
    r"exceed|surpass|top|know|be\s+(?:at|above|below|near|around|up|down))"
)
SHOULD_BY = (
    rf"(?<!\byou\s)(?:should|ought\s+to)(?=\s+{_ALSO}{_COMES_BY}\b[^.;]{{0,80}}?\b{TO_COME}\b)"
    r"(?![^.;]{0,200}\b(?:to\s+(?:avoid|prevent|help|stop|support|keep|curb|fight|save)|in\s+order|so\s+that|or\s+(?:risk|face)|"
    r"rather\s+than|instead|at\s+once|immediately|urgently)\b)"
)
DUE = (
    r"(?<=\s)due\s+to(?=\s+(?:be|begin|start|open|close|end|expire|rule|meet|vote|hold|take|report|publish|announce|"
    r"decide|visit|return|launch|leave|step|complete|arrive|present|sign|go|come|run|become|enter|resume|release|"
    r"deliver|face|speak|stand|host|join|reach|finish|retire|receive|hear|make|issue|set|give|last)\b)"
)
_NOT = r"(?:do|does|did)(?:\s+not|n['’]t)"
NOT_FORESEEN = (
    rf"{_NOT}\s+(?:expect|foresee|anticipate|see(?=\s+(?:an?|any)\s))"
    r"|(?:can|could)(?:not|n['’]t|\s+not)\s+(?:be\s+)?(?:ruled?\s+out|excluded?|dismiss(?:ed)?|discount(?:ed)?)"
    r"|not\s+(?:(?:yet|to)\s+)?(?:be\s+)?(?:excluded|ruled\s+out)"
)
UNCERTAIN = (
    r"(?:(?:not(?:\s+(?:at\s+all|yet|quite|entirely|absolutely))?|far\s+from|by\s+no\s+means|in\s+no\s+way|hardly|never|"
    r"no\s+longer|anything\s+but|nothing\s+but)\s+(?:(?:an?\s+)?(?:certain(?:ty)?|sure|guaranteed|inevitable|assured|"
    r"foregone\s+conclusion|impossible|inconceivable|unthinkable|on\s+the\s+cards|out\s+of\s+the\s+question)|a\s+given))"
)
DENIED = (
    rf"{NOT_FORESEEN}|{_NOT}\s+(?:think|believe)|{UNCERTAIN}"
    r"|not\s+necessarily|(?:can|could)\s+(?:hardly|scarcely|barely)|(?<=will\s)(?:hardly|scarcely|barely)"
)
# What makes such a word stronger or weaker is part of it.
_BOOST = r"(?:(?:quite|very|entirely|highly|extremely|increasingly|almost|virtually|practically|perfectly|eminently|only\s+too|all\s+but|wholly|near)\s+)?"
DOUBT = (
    r"(?:no|little|without(?:\s+a)?|some|serious|beyond)\s+doubt|(?:no|little|beyond|without)\s+question|undoubtedly|"
    r"doubtless|unquestionably|(?:nobody|no\s+one|none|(?:few|neither)(?:\s+\w+){0,2}?)\s+doubts?|"
    r"(?:\w+ly\s+)?doubtful|doubt(?:s|ed)?|questionable"
)
SURPRISED = (
    r"(?:(?:not|\w+n['’]t|hardly|scarcely)\s+be\s+(?:at\s+all\s+|\w+ly\s+)?)?"
    r"(?:surpris(?:ed|ing)|astonish(?:ed|ing)|shock(?:ed|ing)|amazed|stunned)(?=\s+(?:if|not\s+to)\b)"
    r"|(?:come\s+as|be)\s+(?:no|little|an?|some)\s+(?:\w+\s+)?(?:surprise|shock|miracle)(?=\s+(?:if|were)\b)"
)
BET = r"(?:would\s+)?(?:(?:(?:good|fair)\s+)?(?:bet|wager)(?=\s+(?:on|that)\b)|put\s+(?:my\s+|our\s+)?money(?=\s+on\b))"
# What is said of something that is to come: "a cut is a safe bet".
VERDICT = (
    r"(?:safe\s+bet|long\s+shot|sure\s+thing|foregone\s+conclusion|toss-up|pipe\s+dream|distant\s+prospect|"
    r"(?:in|on)\s+the\s+cards|any(?:one|body)['’]s\s+guess|out\s+of\s+the\s+question)"
)
ON_ITS_WAY = (
    r"(?:bound|poised|set|destined|doomed|slated|scheduled|tipped|forecast|projected|predicted|estimated|"
    r"anticipated|condemned)\s+to|on\s+(?:track|course)\s+(?:to|for)|in\s+line\s+to"
)
_HEARSAY = r"(?:supposedly|allegedly|reportedly|apparently|seemingly)"
UNSCORED = re.compile(
    r"(?<![\w-])(?:"
    rf"{DENIED}|(?:(?-i:may)|might|could)(?:\s+well)?(?=\s+(?!have\b)[a-z])"
    rf"|{CHANCE}|{DOUBT}|{SHOULD}|{SHOULD_BY}|{DUE}|{SURPRISED}|{ON_ITS_WAY}|{BET}|{VERDICT}"
    rf"|(?<=\bwill\s){_HEARSAY}|{_HEARSAY}(?=\s+will\b)"
    rf"|{_BOOST}(?:"
    r"possibly|(?<!as )(?<!where )(?<!if )(?<!when )(?<!\ba )(?<!the )(?<!any )(?<!all )(?<!every )possible(?!\s+to\b)|possibility"
    r"|perhaps|maybe|with\s+(?:\w+\s+){0,2}?luck|god\s+willing|conceivabl[ey]|potentially|plausibl[ey]|hopefully|arguably"
    r"|(?:certain|sure|guaranteed)\s+to|certainly|surely|definitely|assuredly|inevitabl[ey]|near[\s-]certain(?:ty)?|better\s+than\s+even"
    r"|(?:inconceivable|unthinkable|impossible)(?!\s+to\b))"
    r"|(?:(?<=\bwe\s)|(?<=\bthey\s)|(?<=\bit\s)|(?<=\bhe\s)|(?<=\bshe\s)|(?<=economists\s)|(?<=analysts\s)|(?<=now\s))"
    r"(?:forecast|project|anticipate|foresee|predict|envisage)s?(?=\s+(?!that\b))"
    r"|(?<!than )(?<!as )(?<!\bthe )(?<!\ban )(?:(?:not|n['’]t)\s+(?:widely\s+|now\s+)?|would\s+)?expect(?:s|ed)?|not\s+(?:set|bound|due)\s+to"
    r"|in\s+all\s+(?:likelihood|probability)|(?:the\s+)?(?:odds|chances|prospects)\s+(?:are|look|seem)(?:\s+(?:\w+\s+)?(?:good|high|strong|excellent|fair|"
    r"slim|low|poor|small|slight))?(?=,?\s+(?:that|the|an?|it|they|we|he|she)\b|,?(?:\s[\w’'-]+){1,5}\swill\b)|presumably"
    r"|(?:virtual|near|moral)\s+certainty|(?:hard|difficult)\s+to\s+(?:see|imagine)(?!\s+why\b)|matter\s+of\s+time|chances?\s+(?:of|that)"
    r")(?![\w-])",
    re.IGNORECASE,
)
