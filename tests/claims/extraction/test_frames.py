"""What is said round a plain "will", or round a word of the lexicon, takes away its number."""

import pytest

from claims.extraction.hedges import find_hedge
from claims.extraction.lexicons import ICD_203, SURVEY_46
from claims.extraction.propose import propose
from claims.extraction.types import HedgeRange
from tests.claims.extraction.reading import SAID, read


def hedge_of(text: str) -> HedgeRange | None:
    return find_hedge(text, ICD_203.entries)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("There is a risk that prices will fall.", "risk"),
        ("There is every reason to believe that prices will fall.", "every reason to believe"),
        ("We have low confidence that prices will fall.", "low confidence"),
        ("Roth has little faith that prices will fall.", "little faith"),
        ("It is our hope that prices will fall.", "hope"),
        ("Rumour has it that prices will fall.", "rumour"),
        ("Amid fears that prices will fall, Roth left.", "fears"),
        ("There is no guarantee the price will fall.", "no guarantee"),
    ],
)
def test_noun_before_that_takes_the_number_of_will(text: str, phrase: str) -> None:
    assert hedge_of(text) == HedgeRange(phrase, None, None)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("It is anything but certain that prices will fall.", "anything but certain"),
        ("It is no longer certain that prices will fall.", "no longer certain"),
        ("It is not clear that prices will fall.", "not clear"),
        ("It is certain that prices will fall.", "certain"),
        ("It is hoped that prices will fall.", "hoped"),
        ("It is safe to say that prices will fall.", "safe to say"),
        ("It’s almost a given that prices will fall.", "almost a given"),
        ("I am fairly confident that prices will fall.", "fairly confident"),
        ("I’m sure they will fall.", "sure"),
        ("Roth is not convinced that prices will fall.", "not convinced"),
        ("Roth considers it a given that prices will fall.", "given"),
        ("Markets are betting that prices will fall.", "betting"),
    ],
)
def test_predicate_before_that_takes_the_number_of_will(text: str, phrase: str) -> None:
    assert hedge_of(text) == HedgeRange(phrase, None, None)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("It seems that prices will fall.", "seems"),
        ("It looks as if prices will fall.", "looks as if"),
        ("I guess prices will fall.", "guess"),
        ("He suspected they will fall.", "suspected"),
        ("The odds are prices will fall.", "the odds are"),
        ("Chances are good that prices will fall.", "chances are good"),
        ("Odds are the price will fall.", "odds are"),
    ],
)
def test_verb_before_will_is_read(text: str, phrase: str) -> None:
    hedge = hedge_of(text)

    assert hedge is not None
    assert hedge.phrase == phrase


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Prices will fall, no question.", "no question"),
        ("Prices will fall, I suspect.", "suspect"),
        ("Prices will fall for sure.", "for sure"),
        ("Prices will fall by June, perhaps.", "perhaps"),
        ("Prices will fall (moderate confidence).", "moderate confidence"),
        ("That prices will fall is far from certain.", "far from certain"),
        ("The claim that prices will fall is false.", "false"),
    ],
)
def test_last_words_take_the_number_of_will(text: str, phrase: str) -> None:
    hedge = hedge_of(text)

    assert hedge is not None
    assert phrase in hedge.phrase
    assert (hedge.low, hedge.high) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "It is clear that prices will fall.",
        "It is a pity that prices will fall.",
        "The fact is that prices will fall.",
        "The problem is that prices will fall.",
        "The minister was told that prices will fall.",
        "The issue that will decide the vote is rent.",
        "He is so popular that he will win.",
        "It is not an issue that will go away.",
        "The law that was rejected will return.",
        "America’s Future is a party that will win.",
        "We assess with high confidence that prices will fall.",
        "Roth fell ill. Prices will fall.",
        "No deal will be signed.",
        "No claims will be paid.",
        "The next few years will be hard.",
        "Little by little prices will fall.",
    ],
)
def test_will_keeps_its_number_where_nothing_makes_it_less_sure(text: str) -> None:
    assert hedge_of(text) == HedgeRange("will", 0.95, 0.99, unhedged=True)


@pytest.mark.parametrize(
    ("denial", "phrase"),
    [
        ("Few analysts believe that", "few analysts believe"),
        ("Nobody thinks that", "nobody thinks"),
        ("Neither side believes that", "neither side believes"),
        ("Hardly anyone expects that", "hardly anyone expects"),
        ("Not everyone believes that", "not everyone believes"),
        ("Not a single bank expects that", "not a single bank expects"),
        ("Nothing suggests that", "nothing suggests"),
        ("Roth has never believed that", "never believed"),
        ("Roth no longer believes that", "no longer believes"),
        ("I would not say that", "would not say"),
        ("Roth rejects the idea that", "rejects the idea"),
        ("It is hard to believe that", "hard to believe"),
        ("It is wrong to assume that", "wrong to assume"),
        ("It is not the case that", "not the case"),
        ("It is doubtful that", "doubtful"),
        ("Roth is not sure that", "not sure"),
        ("There is no evidence that", "no evidence"),
        ("Don’t bet that", "don’t bet"),
    ],
)
@pytest.mark.parametrize("rest", ["a deal is likely.", "they’ll agree.", "a deal will be struck."])
def test_denial_takes_every_number_behind_it(denial: str, phrase: str, rest: str) -> None:
    assert hedge_of(f"{denial} {rest}") == HedgeRange(phrase, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "A deal is likely, and few expect more.",
        "There is little doubt that a deal is likely.",
        "A few banks think that a deal is likely.",
        "No deal is likely.",
    ],
)
def test_word_that_denies_something_else_leaves_the_number(text: str) -> None:
    assert hedge_of(text) == HedgeRange("likely", 0.55, 0.80)


@pytest.mark.parametrize(
    ("text", "phrase", "statement"),
    [
        ("I suspect the bill will fail.", "suspect", "The bill will fail."),
        ("Roth bets that the bill will fail.", "bets", "The bill will fail."),
        ("The bill will, I suspect, fail.", "suspect", "The bill will fail."),
        ("I am confident that the bill will fail.", "confident", "I am confident that the bill will fail."),
        ("Roth is fairly confident that the bill will fail.", "fairly confident", "The bill will fail."),
        ("The fear is that the bill will fail.", "fear", "The bill will fail."),
        ("My guess is that the bill will fail.", "guess", "The bill will fail."),
        ("Roth was confident that the bill would fail.", "confident", "The bill will fail."),
        ("We assess with moderate confidence that the bill will fail.", "moderate confidence",
         "We assess with moderate confidence that the bill will fail."),
        ("Few think that the bill will fail.", "few think", "Few think that the bill will fail."),
        ("Roth is sceptical that the bill will fail.", "sceptical", "Roth is sceptical that the bill will fail."),
        ("Roth is not sure that the bill will fail.", "not sure", "Roth is not sure that the bill will fail."),
        ("Roth said few thought that the bill would fail.", "few thought", "Few thought that the bill will fail."),
    ],
)  # fmt: skip
def test_words_of_the_speaker_take_the_number_and_denials_stay_in_the_statement(
    text: str, phrase: str, statement: str
) -> None:
    (only,) = read(text)

    assert (only.class_, only.hedge, only.statement) == (
        "forecast",
        HedgeRange(phrase, None, None),
        statement,
    )


@pytest.mark.parametrize("verb", ["believes", "thinks", "insists", "predicts", "warns"])
def test_verb_that_only_reports_leaves_the_number_of_will(verb: str) -> None:
    (only,) = read(f"Roth {verb} that the bill will fail.")

    assert only.hedge == HedgeRange("will", 0.95, 0.99, unhedged=True)


def test_verb_of_the_speaker_has_a_number_where_the_lexicon_lists_it() -> None:
    (only,) = propose(
        "We believe that the bill will fail.", lexicon=SURVEY_46.entries, said_on=SAID
    )

    assert only.hedge == HedgeRange("we believe", 0.60, 0.80)


def test_judgement_of_likelihood_stays_in_a_statement_that_lacks_a_verb_without_it() -> None:
    (only,) = read("Roth thinks it unlikely that the pact will hold.")

    assert only.statement == "Roth thinks it unlikely that the pact will hold."
    assert only.hedge == HedgeRange("unlikely", 0.20, 0.45)


@pytest.mark.parametrize("words", ["no ", "is a ", "that ", "low ", "not ", "few x ", "as likely "])
def test_long_runs_of_such_words_are_read_at_once(words: str) -> None:
    hedge = hedge_of(words * 400 + "it will.")

    assert hedge is None or hedge.phrase
