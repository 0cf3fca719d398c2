"""The sentences of a report, of which one is kept with the evidence as the passage that matters."""

from claims.matching.passages import sentences_of
from claims.models import Evidence

# Beyond so many sentences a report is read on its own page.
MOST_SENTENCES = 40
# Of a report without sentence ends, a table or a transcript.
LONGEST_SENTENCE = 1_000


def sentences_to_choose(evidence: Evidence) -> list[str]:
    """The title and the first sentences of the report that evidence rests on, without doubles."""
    event, document = evidence.event, evidence.document
    sentences = [event.title, document.title]
    sentences += sentences_of(event.summary) + sentences_of(document.text)
    fitting = [one for one in dict.fromkeys(sentences) if one and len(one) <= LONGEST_SENTENCE]
    return fitting[:MOST_SENTENCES]


def stands_in_report(passage: str, evidence: Evidence) -> bool:
    """Whether these words stand in the report that evidence rests on, or in its event."""
    event, document = evidence.event, evidence.document
    texts = (event.title, event.summary, document.title, document.text)
    words = _spaced(passage)
    return any(words in _spaced(text) for text in texts)


def _spaced(text: str) -> str:
    return " ".join(text.split())
