"""Proposes the claims of a text: each with its exact quote, speaker, hedge, horizon and kind."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from claims.extraction.attributions import Attribution
from claims.extraction.classify import Reading, assessment_in, forecast_in, is_framing
from claims.extraction.clauses import parts_of, statement_of
from claims.extraction.frames import frame_of_speaker
from claims.extraction.hedges import WILL, find_hedge
from claims.extraction.horizons import find_horizon
from claims.extraction.kinds import condition_of, kind_of
from claims.extraction.sentences import sentences
from claims.extraction.speakers import LONGEST, Voice, voices
from claims.extraction.types import Entry, HedgeRange, Horizon, Kind, Progress, Proposal, Span
from claims.extraction.unscored import SURPRISED as SURPRISE

# "said prices would fall" is "prices will fall", said earlier; "I would" wishes.
WOULD = re.compile(
    r"(?<!\bI\s)\bwould\b(?!\s+(?:like|rather|expect|(?:not\s+)?have\s+(?:been|had|gone|come|made|done|won|lost|taken|\w+e[dn]))\b)"
)
# "Had I known, I would" is about what did not happen.
POSSIBLE = re.compile(r"(?!(?:Had|Were)\b).")
WEAK_VERB = re.compile(r"(?:doubt|den[iy]|hop|fear|(?:does|did|do)(?: not|n['’]t)\b)")
# "said a drought was likely to follow" is "is likely to follow", said earlier.
WAS_LIKELY = re.compile(
    r"\b(?:was|were)\s+(?=(?:\w+\s+){0,2}(?:likely|unlikely|certain|bound|set|expected|probable|"
    r"improbable|possible|doubtful|on\s+(?:course|track)|due|poised|scheduled)(?:\s+(?:to(?!\s+have)|that|in|within|by|before|over|this|next|until|without|unless|because|if|given|for|under|after|during|as|and|but|at|on)\b|[.,;]))"
)
# Who tells of others' expectations goes on with nobody's words.
OF_NOBODY = re.compile(
    r"\b(?:is|are|remains?)\s(?:\w+\s)?(?:expected|seen|viewed|regarded|forecast|projected|due|scheduled|considered|thought)\b"
)
# What such a verb foresees it makes probable, if nothing else does.
FORESEEING = re.compile(
    r"(?:expect|forecast|project|predict|anticipat|foresee|envisag|estimat|sees?$)"
)
SURPRISED = re.compile(SURPRISE)
FEWEST_WORDS = 3
# In longer words other things are said, too.
LONGEST_ATTRIBUTION = 120
PAST_VERB = re.compile(
    r"(?:ed|said|told|wrote|thought|held|felt|saw|according to)$|^(?:was|were)\s"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A statement of a sentence, read."""

    part: tuple[int, int]
    statement: str
    reading: Reading
    hedge: HedgeRange | None


def propose(
    text: str,
    *,
    lexicon: Sequence[Entry],
    said_on: date,
    author: str = "",
    progress: Progress | None = None,
) -> list[Proposal]:
    """The claims of a text, best first: forecasts before assessments, dated before undated.

    `lexicon` holds (phrase, low, high), probabilities 0 to 1; dates count from `said_on`. At once, and
    before each sentence, `progress` hears how many are done, of how many.
    """
    spans = sentences(text)
    if progress:
        progress(0, len(spans))  # before all voices are heard, which takes longest
    seen: set[str] = set()
    proposals: list[Proposal] = []
    heard = zip(spans, voices(text, spans, author), strict=True)
    for done, (span, voice) in enumerate(heard):
        if progress:
            progress(done, len(spans))
        sentence = text[span.start : span.end]
        # A sentence that stands twice, as in a summary, makes its claims once.
        if span.heading or len(sentence) > LONGEST or sentence in seen:
            continue
        seen.add(sentence)
        proposals += _of_sentence(text, span, voice, lexicon, said_on)
    return sorted(proposals, key=lambda one: (-one.rank, one.start))


def _of_sentence(
    text: str, span: Span, voice: Voice, lexicon: Sequence[Entry], said_on: date
) -> Iterator[Proposal]:
    sentence = text[span.start : span.end]
    if is_framing(sentence):
        return
    found = _forecasts(sentence, voice, lexicon) or _assessments(sentence, voice, lexicon)
    for one in found:
        low, high = one.part if len(found) > 1 else (0, len(sentence))
        yield _proposal(text, (span.start + low, span.start + high), one, voice, said_on)


def _forecasts(sentence: str, voice: Voice, lexicon: Sequence[Entry]) -> list[_Found]:
    found = []
    for part in parts_of(sentence, voice.attribution):
        said = statement_of(sentence, part, voice.attribution)
        statement = _in_present(said, voice)
        hedge = _hedge(statement, said, voice, lexicon)
        if hedge is None or hedge.unhedged:
            hedge = _of_speaker(sentence, voice.attribution, lexicon) or hedge
        reading = forecast_in(statement, hedge, voice.attribution)
        if reading and _is_whole(statement):
            found.append(_Found(part, statement, reading, hedge))
    return found


def _assessments(sentence: str, voice: Voice, lexicon: Sequence[Entry]) -> list[_Found]:
    whole = (0, len(sentence))
    statement = statement_of(sentence, whole, voice.attribution)
    reading = assessment_in(statement, voice.attribution)
    if reading and _is_whole(statement):
        return [_Found(whole, statement, reading, find_hedge(statement, lexicon))]
    return []


def _hedge(statement: str, said: str, voice: Voice, lexicon: Sequence[Entry]) -> HedgeRange | None:
    """The hedge of a statement; who only hopes, doubts or fears it gives no number."""
    verb = voice.attribution.verb.lower() if voice.attribution else ""
    if WEAK_VERB.match(verb):
        return HedgeRange(verb, None, None)
    # In "surprised if it falls" the condition is what is foreseen.
    condition = "" if SURPRISED.search(statement) else condition_of(statement)
    outside = statement.replace(condition, " ") if condition else statement
    hedge = find_hedge(outside, lexicon)
    if hedge is None and condition:
        hedge = find_hedge(statement, lexicon)
    if hedge and hedge.unhedged and hedge.phrase == "will" and not WILL.search(said):
        return replace(hedge, phrase="would")
    if FORESEEING.match(verb) and (hedge is None or hedge.phrase == "can"):
        return HedgeRange(verb, None, None)
    return hedge


def _of_speaker(
    sentence: str, attribution: Attribution | None, lexicon: Sequence[Entry]
) -> HedgeRange | None:
    """The hedge in the words that only say who speaks: "we believe", "I am fairly confident"."""
    if attribution is None:
        return None
    words = sentence[attribution.start : attribution.end]
    if len(words) > LONGEST_ATTRIBUTION:
        words = ""
    hedge = find_hedge(words, lexicon)
    if hedge and hedge.low is not None and attribution.verb in hedge.phrase.split():
        return hedge
    phrase = frame_of_speaker(attribution.verb, words)
    return HedgeRange(" ".join(phrase.lower().split()), None, None) if phrase else None


def _is_whole(statement: str) -> bool:
    """Whether there is a subject and something said of it."""
    return len(statement.split()) >= FEWEST_WORDS


def _in_present(statement: str, voice: Voice) -> str:
    reported = voice.attribution and PAST_VERB.search(voice.attribution.verb)
    if reported or POSSIBLE.match(condition_of(statement)):
        statement = WAS_LIKELY.sub(_is, statement) if reported else statement
        return WOULD.sub("will", statement)
    return statement


def _is(was: re.Match[str]) -> str:
    return "is " if was[0].startswith("was") else "are "


def _proposal(
    text: str, place: tuple[int, int], found: _Found, voice: Voice, said_on: date
) -> Proposal:
    start, end = place
    class_ = found.reading.class_
    condition = condition_of(found.statement) if class_ == "forecast" else ""
    horizon = _horizon(found.statement, condition, said_on) if class_ == "forecast" else None
    kind = kind_of(found.statement, class_)
    return Proposal(
        quote=text[start:end],
        start=start,
        end=end,
        statement=found.statement,
        class_=class_,
        kind=kind,
        # Right behind somebody's words, in a text of no known author, it goes on with them.
        speaker=voice.speaker_of(*found.part)
        or ("" if OF_NOBODY.search(found.statement) else voice.follows),
        hedge=found.hedge,
        horizon=horizon,
        condition=condition,
        reason=found.reading.reason,
        rank=_rank(kind, found.hedge, horizon, named=bool(voice.attribution)),
    )


def _horizon(statement: str, condition: str, said_on: date) -> Horizon | None:
    """By when it should come true; the time of its condition only where no other is named."""
    outside = statement.replace(condition, " ") if condition else statement
    return find_horizon(outside, said_on) or find_horizon(statement, said_on)


def _rank(kind: Kind, hedge: HedgeRange | None, horizon: Horizon | None, *, named: bool) -> float:
    """How soon to show a claim, 0 to 1: what can be judged best comes first."""
    if kind == "assessment":
        return 0.3 if named else 0.2
    points = 0.5 + 0.2 * bool(horizon) + 0.1 * named + 0.1 * (kind == "quantity")
    if hedge and hedge.low is not None and not hedge.unhedged:
        points += 0.1
    return round(points, 2)
