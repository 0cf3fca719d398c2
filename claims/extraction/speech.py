"""The words by which a text says that somebody says something, as patterns."""

from claims.extraction.names import NAME, NOT_NAMES

# These report speech wherever they stand behind a person ...
SPEAKS = (
    "argue|believe|contend|think|reckon|insist|claim|assert|suggest|conclude|suspect|say|note|"
    "point(?:s|ed)? out|observe|highlight|emphasi[sz]e|stress|add|write|explain|acknowledge|declare|announce|"
    "remark|caution|underline|underscore|mention|reiterate|assess|warn|expect|predict|forecast|"
    "anticipate|foresee|envisage|doubt|tell|imply|hint|posit"
)
# ... and these only before "that", a colon or a quotation.
SPEAKS_WITH_THAT = (
    "maintain|consider|judge|feel|propose|hold|state|report|describe|comment|recall|confirm|admit|"
    "find|show|indicate|agree|continue|vow|promise|project|estimate|see|hope|fear|bet|concede|reply"
)
IRREGULAR = (
    "said|told|wrote|written|thought|foresaw|implies|denies|denied|(?:puts|put) it|"
    "(?:does|did|do)(?: not|n['’]t) (?:claim|say|think|believe|expect|see|foresee)|"
    "(?:is|are) (?:convinced|confident|certain|sure)(?! to\\b)"
)
_THAT = r"(?=,?(?:\s[^,.;]{1,40}?)?\sthat\s|:?,?\s[“\"]|:\s)"
VERB = (
    rf"(?P<verb>{IRREGULAR}|(?:{SPEAKS})(?:e?s|e?d)?(?![\w-])"
    r"|(?:sees?|saw)(?=\s[^.;]{1,40}?\b(?:chances?|risk|odds|probability|likelihood|possibility)\b)"
    r"|(?:puts?|gives?|gave)(?=\s[^.;]{1,40}?\b(?:chances?|odds|probability|likelihood)\b)"
    r"|project(?:s|ed)(?=\s(?:an?|the|no|that)\s)"
    r"|(?:describe[sd]?|consider(?:s|ed)?|sees?|saw|view(?:s|ed)?|regard(?:s|ed)?|characteri[sz]e[sd]?)"
    r"(?=\s[^.;,]{1,80}?\s(?:as|to\sbe)\s)"
    rf"|(?:held|felt|found|saw|(?:{SPEAKS_WITH_THAT})(?:e?s|e?d|ted)?)(?![\w-]){_THAT})(?![\w-])"
)
PEOPLE = (
    "analysts|economists|experts|officials|observers|critics|supporters|forecasters|researchers|scientists|"
    "commentators|diplomats|investors|traders|executives|pollsters|strategists|sources|opponents|"
    "advisers|historians|scholars|ministers|lawmakers|engineers|doctors|planners|bankers|campaigners|"
    "police|people|voters|residents|republicans|democrats|others|authorities|prosecutors|aides"
)
BODIES = (
    "central bank|government|ministry|company|bank|fund|agency|commission|party|think tank|institute|"
    "newspaper|magazine|union|association|federation|forum|panel|board|authority|society|foundation|regulator|court|army|kremlin|administration|opposition|consultancy|firm|"
    "department|campaign|white house|group|organi[sz]ation|council|committee|office"
)
ROLES = (
    "analyst|economist|expert|minister|president|professor|author|scholar|official|strategist|researcher|"
    "commentator|orientalist|historian|scientist|chairman|chairwoman|governor|senator|diplomat|spokesman|"
    "spokeswoman|spokesperson|adviser|politician|pollster|engineer|executive|founder|chief|writer|lawyer|"
    "general|ambassador|investor|candidate|mayor|owner"
)
TEXT_NOUN = (
    "(?:argument|perspective|commentary|analysis|interpretation|viewpoint|view|observations?|reading|"
    "assessment|article|report|study|paper|essay|note|text|summary|outlook|narrative|thesis|theory|"
    "account|forecast|column|research|review|survey|thinking|reasoning|expectation|prediction)"
)
# "it shows", "it suggests" are more often said of a fact than of a body.
_IT_SAYS = (
    "says|said|expects|predicts|forecasts|warns|warned|notes|noted|adds|added|argues|projects|gives"
)
_ADVERB = (
    r"(?:(?:also|further|however|then|now|still|even|thus|later|recently|repeatedly|previously|"
    r"ha[sd]|have|[a-z]{3,12}ly)\s){0,2}"
)
_SMALL = r"(?:\b(?!(?:of|for|by|the|and|that|to|in|as|but|with|from|or)\s)[A-Za-z-]+\s)"
# A capital at the beginning of a sentence makes no name of these.
_NOT_NAME = "|".join(sorted(NOT_NAMES - {"The"}))
PERSON = rf"\b(?!(?:{_NOT_NAME})\b){NAME}"
SUBJECT = (
    rf"(?P<group>{_SMALL}{{0,2}}\b(?i:{PEOPLE})\b(?:\s(?:at|from|of|in|with)\s(?:the\s)?{NAME})?)"
    rf"|(?P<body>\b[Tt]he\s(?:[A-Za-z]+[\s'’-]){{0,2}}?(?i:{BODIES})\b)"
    rf"|(?P<pronoun>\b(?:[Hh]e|[Ss]he|[Tt]hey)\b|\b[Ii]t(?=\s(?:{_IT_SAYS})\b)|\b[Tt]he\s(?:[a-z]+[\s-]){{0,2}}(?:{ROLES})\b)"
    rf"|(?P<owner>\b(?:[Hh]is|[Hh]er|[Tt]heir)\s(?:[a-z]+[\s-]){{0,2}}{TEXT_NOUN})"
    rf"|(?P<owned>{PERSON})['’]s?\s(?:[a-z]+[\s-]){{0,2}}{TEXT_NOUN}"
    rf"|(?P<text>\b(?:[Tt]h(?:e|is|ese|at)|[Ss]uch)\s(?:[a-z]+[\s-]){{0,2}}{TEXT_NOUN})"
    rf"|(?P<author>\b(?:I|[Ww]e|(?:[Mm]y|[Oo]ur)\s(?:[a-z]+\s)?{TEXT_NOUN})\b)"
    rf"|(?P<name>{PERSON})"
)
# In a transcript; one word before a colon is more often a heading.
LABEL = rf"(?P<name>(?=[^:\s]+\s[^:]{{2,60}}:|[A-Z]{{3,20}}:){PERSON}):\s(?=[A-Z“\"])"
_APPOSITION = (
    r"(?:\s\([^()]{1,60}\))?"
    r"(?:,\s[^;!?“”\"]{2,160}?,|\s(?:of|at|from|with)\s[^,;.!?“”\"]{2,60}?|\s(?:--|–|—)\s[^;!?“”\"]{2,160}?\s(?:--|–|—)"
    r"|,?\swho\s[^,;.!?“”\"]{2,100}?)?"
)
_CONTENT = (
    r"(?:\s(?:(?:on|in|at|last|this|late|early|to|during|reporters)\s[^,.;:]{0,40}?\s?)?that(?=\s)"
    r"|,?:?\s(?=[“\"])|:(?=\s))?"
)
SAYS = rf"(?:{SUBJECT}){_APPOSITION}\s{_ADVERB}{VERB}{_CONTENT}"
# `“…,” said Anna Roth, who …`: what follows the name belongs to the attribution.
SAID_X = (
    r"(?:[,?!][”\"’']{1,2}|(?P<plain>,))\s(?:said|says|writes|wrote|argues|argued|adds|added|warns|warned|explains|"
    r"explained|predicted|predicts|told|according\sto)\s(?P<title>(?:(?!the\s)[a-z]+[\s-]){0,4})"
    rf"(?:{SUBJECT})(?(plain)(?=\s?(?:[.,;(]|$)))"
)
ACCORDING = rf"\b[Aa]ccording\sto\s(?P<title>(?:(?!the\s)[a-z]+[\s-]){{0,4}})(?:{SUBJECT})"
_VIEW = r"(?:view|opinion|words|reading|eyes|judge?ment|telling|estimation|account)"
IN_VIEW = (
    rf"\b[Ii]n\s(?:the\s{_VIEW}\sof\s(?P<of>{NAME})|(?P<owned>{NAME})['’]s?\s{_VIEW}"
    rf"|(?P<owner>his|her|their)\s(?:own\s)?{_VIEW}|(?P<author>my|our)\s{_VIEW}"
    rf"|(?P<text>this)\s{_VIEW})"
    r"|\b[Ff]rom\s(?P<text2>this)\s(?:view(?:point)?|perspective|standpoint)"
)
VIEW_IS = (
    rf"^(?:(?P<text>[Tt]h(?:e|is)\s{TEXT_NOUN})"
    rf"|(?P<owner>(?:[Hh]is|[Hh]er|[Tt]heir)\s(?:[a-z]+\s)?{TEXT_NOUN})"
    rf"|(?P<author>(?:[Mm]y|[Oo]ur)\s(?:[a-z]+\s)?{TEXT_NOUN})"
    rf"|(?P<owned>{PERSON})['’]s?\s(?:[a-z]+\s){{0,2}}{TEXT_NOUN})"
    r"\s(?P<verb>is|rests\son\sthe\s(?:belief|assumption|view|idea|premise)|holds|goes)\sthat(?=\s)"
)
