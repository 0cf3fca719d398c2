"""The published tables that turn words of probability into ranges, as plain data.

Ranges are probabilities, 0 to 1. Gaps between the ranges of a table stay gaps. Common variants of
a word (probable, probably) share its range. The survey of 46 is computed from its raw answers.
"""

from dataclasses import dataclass

from claims.extraction.types import Entry

REMOTE = ("almost no chance", "remote", "remote chance", "remote possibility")
VERY_UNLIKELY = ("very unlikely", "highly unlikely", "very improbable", "highly improbable")
UNLIKELY = ("unlikely", "improbable", "improbably")
EVEN = (
    "roughly even chance",
    "roughly even odds",
    "roughly even",
    "even chance",
    "even odds",
    "about even",
    "as likely as not",
)
LIKELY = ("likely", "probable", "probably")
VERY_LIKELY = ("very likely", "highly likely", "very probable", "very probably", "highly probable")
ALMOST_CERTAIN = (
    "almost certain",
    "almost certainly",
    "virtually certain",
    "virtually certainly",
    "nearly certain",
    "all but certain",
)


@dataclass(frozen=True, slots=True)
class LexiconTable:
    """One published table of hedges."""

    slug: str
    name: str
    source: str
    entries: tuple[Entry, ...]


def _band(phrases: tuple[str, ...], low: float, high: float) -> tuple[Entry, ...]:
    return tuple((phrase, low, high) for phrase in phrases)


ICD_203 = LexiconTable(
    "icd-203",
    "ICD 203",
    "US Intelligence Community Directive 203, Analytic Standards (2 January 2015), "
    "its table of expressions of likelihood.",
    (
        *_band(REMOTE, 0.01, 0.05),
        *_band(VERY_UNLIKELY, 0.05, 0.20),
        *_band(UNLIKELY, 0.20, 0.45),
        *_band(EVEN, 0.45, 0.55),
        *_band(LIKELY, 0.55, 0.80),
        *_band(VERY_LIKELY, 0.80, 0.95),
        *_band(ALMOST_CERTAIN, 0.95, 0.99),
    ),
)

PHIA = LexiconTable(
    "phia",
    "PHIA probability yardstick",
    "UK Professional Head of Intelligence Assessment, probability yardstick on GOV.UK as of "
    "24 March 2025. Its gaps are meant.",
    (
        *_band(REMOTE, 0.00, 0.05),
        *_band(VERY_UNLIKELY, 0.10, 0.20),
        *_band(UNLIKELY, 0.25, 0.35),
        *_band(("realistic possibility",), 0.40, 0.50),
        *_band(LIKELY, 0.55, 0.75),
        *_band(VERY_LIKELY, 0.80, 0.90),
        *_band(ALMOST_CERTAIN, 0.95, 1.00),
    ),
)

NATO = LexiconTable(
    "nato",
    "NATO AJP-2.1",
    "NATO Allied Joint Publication 2.1, Allied Joint Doctrine for Intelligence Procedures, as the "
    "CAPphrase data set gives its table. It names no word beyond highly likely.",
    (
        *_band(VERY_UNLIKELY, 0.00, 0.10),
        *_band(UNLIKELY, 0.10, 0.40),
        *_band(EVEN, 0.40, 0.60),
        *_band(LIKELY, 0.60, 0.90),
        *_band(VERY_LIKELY, 0.90, 1.00),
    ),
)

IPCC = LexiconTable(
    "ipcc-ar5",
    "IPCC AR5",
    "Mastrandrea et al., Guidance Note for Lead Authors of the IPCC Fifth Assessment Report on "
    "Consistent Treatment of Uncertainties (2010), table 1, with the two words on “extremely” of "
    "the report itself. The ranges are nested on purpose.",
    (
        *_band(("exceptionally unlikely",), 0.00, 0.01),
        *_band(("extremely unlikely",), 0.00, 0.05),
        *_band(VERY_UNLIKELY, 0.00, 0.10),
        *_band(UNLIKELY, 0.00, 0.33),
        *_band(("about as likely as not", *EVEN), 0.33, 0.66),
        *_band(LIKELY, 0.66, 1.00),
        *_band(VERY_LIKELY, 0.90, 1.00),
        *_band(("extremely likely",), 0.95, 1.00),
        *_band(ALMOST_CERTAIN, 0.99, 1.00),
    ),
)

KENT = LexiconTable(
    "kent-1964",
    "Sherman Kent",
    "Sherman Kent, Words of Estimative Probability, Studies in Intelligence 8 (1964): centre and "
    "give-or-take.",
    (
        *_band(REMOTE, 0.02, 0.12),
        *_band((*UNLIKELY, "probably not"), 0.20, 0.40),
        *_band(("chances about even", *EVEN), 0.40, 0.60),
        *_band(LIKELY, 0.63, 0.87),
        *_band(ALMOST_CERTAIN, 0.87, 0.99),
    ),
)


SURVEY_46 = LexiconTable(
    "survey-46",
    "Survey of 46 people",
    "Zonination, Perceptions of Probability and Numbers (2015): the middle half of the raw answers "
    "of 46 people, to the whole per cent.",
    (
        *_band(REMOTE, 0.01, 0.05),
        *_band(VERY_UNLIKELY, 0.05, 0.10),
        *_band(("slight chance", "chances are slight"), 0.10, 0.15),
        *_band(("little chance",), 0.10, 0.20),
        *_band(("improbable",), 0.07, 0.28),
        *_band(("unlikely",), 0.10, 0.29),
        *_band(("we doubt",), 0.15, 0.33),
        *_band(("probably not",), 0.20, 0.39),
        *_band(EVEN, 0.50, 0.50),
        *_band(("better than even",), 0.55, 0.60),
        *_band(("we believe",), 0.60, 0.80),
        *_band(("likely",), 0.65, 0.75),
        *_band(("probable",), 0.65, 0.79),
        *_band(("probably",), 0.65, 0.80),
        *_band(("very good chance",), 0.75, 0.85),
        *_band(VERY_LIKELY, 0.84, 0.95),
        *_band(ALMOST_CERTAIN, 0.90, 0.98),
    ),
)

SURVEY_123 = LexiconTable(
    "survey-123",
    "Survey of 123 people",
    "Wade Fagen-Ulmschneider, Perception of Probability Words, University of Illinois: the middle "
    "half of the answers of 123 people; where only the median is known, low and high are that.",
    (
        *_band(REMOTE, 0.01, 0.05),
        *_band(VERY_UNLIKELY, 0.05, 0.10),
        *_band(("little chance", "slight chance", "improbable"), 0.10, 0.10),
        *_band(("unlikely",), 0.10, 0.30),
        *_band(("we doubt",), 0.20, 0.20),
        *_band(("probably not",), 0.25, 0.25),
        *_band(EVEN, 0.50, 0.50),
        *_band(("better than even",), 0.60, 0.60),
        *_band(("likely", "probable"), 0.65, 0.75),
        *_band(("probably",), 0.70, 0.70),
        *_band(("we believe",), 0.75, 0.75),
        *_band(("very good chance",), 0.80, 0.80),
        *_band(VERY_LIKELY, 0.80, 0.95),
        *_band(ALMOST_CERTAIN, 0.90, 0.98),
    ),
)

# The first is the default.
LEXICONS: tuple[LexiconTable, ...] = (ICD_203, PHIA, NATO, IPCC, KENT, SURVEY_46, SURVEY_123)
