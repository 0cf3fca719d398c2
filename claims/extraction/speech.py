"""The words by which a text says that somebody says something, as patterns."""

# These report speech wherever they stand behind a speaker ...
SPEAKS = (
    "argue|believe|contend|think|reckon|insist|claim|assert|suggest|conclude|suspect|say|note|"
    "point(?:s|ed)? out|observe|highlight|emphasi[sz]e|stress|add|write|explain|acknowledge|declare|announce|"
    "remark|caution|underline|underscore|mention|reiterate|assess|warn|expect|predict|forecast|"
    "anticipate|foresee|envisage|doubt|tell|imply|hint|posit|assure|pledge"
)
# ... and these only before "that", a colon, a quotation, a clause, or as the last word.
SPEAKS_WITH_THAT = (
    "maintain|consider|judge|feel|propose|hold|state|report|describe|comment|recall|confirm|admit|"
    "find|show|indicate|agree|continue|vow|promise|project|estimate|see|hope|fear|bet|concede|reply|"
    "worr(?:y|ie)|clarif(?:y|ie)|argue|counter|guess|quip|joke|lament|muse|allow|stipulate|calculate|respond|"
    "complain|object|declare|tweet|testif(?:y|ie)|advise|speculate|determine|reveal|disclose|signal"
)
IRREGULAR = (
    "said|told|wrote|written|thought|foresaw|implies|denies|denied|(?:puts|put) it|"
    "(?:does|did|do)(?: not|n['’]t) (?:claim|say|think|believe|expect|see|foresee|anticipate|rule out)|"
    "(?:is|are|was|were)(?: not|n['’]t)? (?:\\w+ly )?(?:convinced|confident|certain|sure|adamant|sceptical|skeptical)(?! to\\b)"
)
_FINITE = (
    r"\s(?:[\w’'$€£-]+\s){1,7}?(?:is|are|was|were|will|would|can|could|may|might|has|have|had)\s"
)
_THAT = (
    r"(?=,?(?:\s[^,.;]{1,40}?)?\sthat\s|:?,?\s[“\"]|:\s|[.,;]?[”\"]?$"
    rf"|,\s|{_FINITE})"
)
_ODDS = r"\b(?:chances?|risks?|odds|probabilit(?:y|ies)|likelihood|possibility|prospects?)\b"
VERB = (
    rf"\b(?P<verb>{IRREGULAR}|(?:{SPEAKS})(?:e?s|e?d)?(?![\w-])"
    rf"|(?:sees?|saw)(?=\s[^.;]{{1,60}}?(?:{_ODDS}|\sat\s(?:\w+\s)?[$€£]?\d))"
    r"|sees?(?=\s[^.;]{1,50}?\s(?:of|to|reaching|hitting)\s(?:\w+\s)?[$€£]?\d)|sees?(?=\s[^.;,]{1,40}?\s\w{3,}ing\s)|saw(?=\s[^.;,]{1,40}?\s\w{3,}ing\s[^.;]{1,40}\b20\d\d\b)"
    rf"|(?:puts?|gives?|gave|assigns?|assigned|rates?)(?=\s[^.;]{{1,60}}?{_ODDS})"
    r"|project(?:s|ed)?(?=\s(?:an?|the|no|that|\w+\s(?:of|growth|cuts?|to|in)|growth|inflation|revenues?|sales)\s|\s[$€£\d])"
    r"|(?:describe[sd]?|consider(?:s|ed)?|sees?|saw|view(?:s|ed)?|regard(?:s|ed)?|characteri[sz]e[sd]?)"
    r"(?=\s[^.;,]{1,80}?\s(?:as|to\sbe)\s)|attributes?(?=\s[^.;]{1,80}?\sto\s)|blame[sd]?(?=\s)"
    rf"|(?:held|felt|found|saw|(?:{SPEAKS_WITH_THAT})(?:e?s|e?d|ted)?)(?![\w-]){_THAT})(?![\w-])"
)
# "She was more hopeful, saying that a vote could come in July."
PARTICIPLE = (
    r",\s(?P<verb>saying|warning|adding|arguing|noting|predicting|insisting|claiming|suggesting|"
    r"cautioning|forecasting|acknowledging|writing|telling)(?=\s)(?P<that>\s(?:\w+\s){0,2}?that(?=\s))?"
)
# Those who can say what they do not know to be a fact: "the figures suggest" quotes nobody.
PEOPLE = (
    "analysts|economists|experts|officials|observers|critics|supporters|forecasters|researchers|scientists|"
    "commentators|diplomats|investors|traders|executives|pollsters|strategists|sources|opponents|"
    "advis[eo]rs|historians|scholars|ministers|lawmakers|engineers|doctors|planners|bankers|campaigners|"
    "police|people|voters|residents|republicans|democrats|others|authorities|prosecutors|aides|leaders|"
    "lenders|brokers|agents|workers|authors|groups|members|insiders|allies|rivals|activists|lawyers|"
    "companies|banks|governments|teams?|staff|brokerages|bookmakers|markets|judges|generals|some|many|most"
)
BODIES = (
    "central bank|government|ministry|company|bank|fund|agency|commission|party|think tank|institute|"
    "newspaper|magazine|union|association|federation|forum|panel|board|authority|society|foundation|regulator|court|army|kremlin|administration|opposition|consultancy|firm|"
    "department|campaign|white house|group|organi[sz]ation|council|committee|office|bureau|cartel|"
    "lender|brokerage|insurer|carmaker|chipmaker|retailer|producer|watchdog|secretariat|treasury|"
    "charity|programme|service|centre|center|lobby|body|coalition|alliance|utility|operator|bloc"
)
ROLES = (
    "analyst|economist|expert|minister|president|professor|author|scholar|official|strategist|researcher|"
    "commentator|orientalist|historian|scientist|chairman|chairwoman|chair|governor|senator|diplomat|spokesman|"
    "spokeswoman|spokesperson|advis[eo]r|politician|pollster|engineer|executive|founder|chief|writer|lawyer|"
    "general|ambassador|investor|candidate|mayor|owner|director|secretary|envoy|commissioner|trader|"
    "academic|consultant|banker|leader|colonel|admiral|chancellor|lawmaker|judge|doctor|manager|head|"
    "fellow|reporter|columnist|critic|physicist|biologist|negotiator|aide|insider|premier|lecturer"
)
TEXT_NOUN = (
    "(?:argument|perspective|commentary|analysis|interpretation|viewpoint|view|observations?|reading|"
    "assessment|article|report|study|paper|essay|note|text|summary|outlook|narrative|thesis|theory|"
    "account|forecast|column|research|review|survey|thinking|reasoning|expectation|prediction|"
    "projections?|estimates?|hunch|guess|bet|judge?ment|document|briefing|bulletin|statement|poll)"
)
CONTENT = (
    r"(?:\s(?:(?:on|in|at|last|this|late|early|to|during|reporters)\s[^,.;:]{0,40}?\s?)?that(?=\s)"
    r"|,?:?\s(?=[“\"])|:(?=\s))?"
)
# `“…,” said Anna Roth, who …`: what follows the name belongs to the attribution.
SAID_BEFORE = (
    r"(?:(?<=[,?!.][”\"’'])|(?<=''')|(?<='')|(?P<plain>(?<=,)))[”\"’']?\s(?P<verb>said|says?|writes?|wrote|argue[sd]?|adds?|added|warn(?:s|ed)?|"
    r"explain(?:s|ed)|predict(?:s|ed)?|caution(?:s|ed)?|note[sd]?|believes?|reckons?|insist(?:s|ed)?|"
    r"suggest(?:s|ed)?|thinks?|conclude[sd]?|recall(?:s|ed)?|quipped|claim(?:s|ed)?|according\sto)\s"
)
ACCORDING = r"\b[Aa]ccording\sto\s"
VIEW = r"(?:view|opinion|words|reading|eyes|judge?ment|telling|estimation|estimate|account|mind|assessment)"
