"""Words of probability are found, and read under the lexicon as their modifiers say."""

import pytest

from claims.extraction.hedges import find_hedge
from claims.extraction.lexicons import ICD_203, IPCC, KENT, LEXICONS, PHIA
from claims.extraction.types import HedgeRange


@pytest.mark.parametrize(
    ("text", "phrase", "low", "high"),
    [
        ("A treaty remains unlikely.", "unlikely", 0.20, 0.45),
        ("Rates are likely to fall.", "likely", 0.55, 0.80),
        ("Rates will probably fall.", "probably", 0.55, 0.80),
        ("A cut is described as likely.", "likely", 0.55, 0.80),
        ("A cut is seen as unlikely as long as prices rise.", "unlikely", 0.20, 0.45),
        ("A cut is very likely.", "very likely", 0.80, 0.95),
        ("A cut is highly unlikely.", "highly unlikely", 0.05, 0.20),
        ("It is almost certain to be late.", "almost certain", 0.95, 0.99),
        ("The odds are about even.", "about even", 0.45, 0.55),
        ("The chance of a deal is remote.", "remote", 0.01, 0.05),
    ],
)
def test_word_of_the_lexicon_has_its_range(text: str, phrase: str, low: float, high: float) -> None:
    assert find_hedge(text, ICD_203.entries) == HedgeRange(phrase, low, high)


@pytest.mark.parametrize(
    ("lexicon", "low", "high"), [(PHIA, 0.55, 0.75), (IPCC, 0.66, 1.0), (KENT, 0.63, 0.87)]
)
def test_range_is_that_of_the_lexicon_given(lexicon, low: float, high: float) -> None:
    assert find_hedge("Rates are likely to fall.", lexicon.entries) == HedgeRange(
        "likely", low, high
    )


@pytest.mark.parametrize(
    ("text", "phrase", "low", "high"),
    [
        ("A cut is not likely.", "not likely", 0.20, 0.45),
        ("A cut is not very likely.", "not very likely", 0.20, 0.45),
        ("A cut is not unlikely.", "not unlikely", 0.55, 0.80),
        ("It is probably not over.", "probably not", 0.20, 0.45),
        ("A cut is extremely likely.", "extremely likely", 0.80, 0.95),
        ("A cut is no longer likely.", "no longer likely", 0.20, 0.45),
        ("A cut is far from likely.", "far from likely", 0.20, 0.45),
        ("A cut is anything but likely.", "anything but likely", 0.20, 0.45),
        ("A cut is not all that likely.", "not all that likely", 0.20, 0.45),
        ("A cut is neither likely nor wanted.", "neither likely", 0.20, 0.45),
        ("A cut is not improbable.", "not improbable", 0.55, 0.80),
        ("Rates will almost surely fall.", "almost surely", 0.95, 0.99),
        ("Rates are all but sure to fall.", "all but sure", 0.95, 0.99),
        ("A cut is as likely as not.", "as likely as not", 0.45, 0.55),
    ],
)
def test_negation_and_boost_change_the_range(
    text: str, phrase: str, low: float, high: float
) -> None:
    assert find_hedge(text, ICD_203.entries) == HedgeRange(phrase, low, high)


def test_boost_that_no_table_lists_halves_the_distance_to_the_end() -> None:
    assert find_hedge("It is very likely.", [("likely", 0.6, 0.8)]) == HedgeRange(
        "very likely", 0.8, 0.9
    )


@pytest.mark.parametrize(
    "text",
    [
        "A cut is more likely.",
        "A cut is less likely now.",
        "A cut is less and less likely.",
        "A cut is ever more likely.",
        "A cut is as likely as a rise.",
        "A cut is twice as likely as a rise.",
        "As unlikely as it may seem, rates will fall.",
    ],
)
def test_comparison_of_chances_gives_no_number(text: str) -> None:
    hedge = find_hedge(text, ICD_203.entries)

    assert hedge is not None
    assert (hedge.low, hedge.high) == (None, None)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Prices may fall.", "may"),
        ("Prices might well fall.", "might well"),
        ("Prices could fall.", "could"),
        ("The pact can weather a storm.", "can"),
        ("Rivals are expected to follow.", "expected"),
        ("There is a 130% chance of rain.", "chance of"),
    ],
)
def test_weak_words_give_no_number(text: str, phrase: str) -> None:
    assert find_hedge(text, ICD_203.entries) == HedgeRange(phrase, None, None)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("I have no doubt that prices will fall.", "no doubt"),
        ("There is little doubt that prices will fall.", "little doubt"),
        ("It is not certain that prices will fall.", "not certain"),
        ("Prices falling is by no means inevitable.", "by no means inevitable"),
        ("A recession cannot be ruled out.", "cannot be ruled out"),
        ("I don’t think prices will fall.", "don’t think"),
        ("We do not expect prices to fall.", "do not expect"),
        ("Prices are not expected to fall.", "not expected"),
        ("Prices should fall next year.", "should"),
        ("The court is due to rule in June.", "due to"),
        ("The plant is scheduled to open in May.", "scheduled to"),
        ("Output is forecast to slow.", "forecast to"),
        ("The pact is on course to collapse.", "on course to"),
        ("It is entirely possible that prices will fall.", "entirely possible"),
        ("A default is all but inevitable.", "all but inevitable"),
        ("In all likelihood prices will fall.", "in all likelihood"),
        ("Prices falling is only a matter of time.", "matter of time"),
        ("I would be surprised if prices fell.", "surprised"),
        ("There is a strong possibility of a fall.", "strong possibility"),
        ("They project 90 million tonnes by 2035.", "project"),
        ("It is far more likely that prices will fall.", "far more likely"),
        ("There is a better than even chance of a fall.", "better than even chance"),
        ("Prices will surely fall.", "surely"),
        ("Prices will definitely fall.", "definitely"),
        ("Prices will hardly fall.", "hardly"),
        ("Prices can hardly fall.", "can hardly"),
        ("Prices will reportedly fall.", "reportedly"),
        ("Prices will, perhaps, fall.", "perhaps"),
        ("With a little luck prices will fall.", "with a little luck"),
        ("A fall is not impossible.", "not impossible"),
        ("A default is not excluded.", "not excluded"),
        ("A fall is anything but certain.", "anything but certain"),
        ("There is no question that prices will fall.", "no question"),
        ("Few doubt that prices will fall.", "few doubt"),
        ("It is highly doubtful whether prices will fall.", "highly doubtful"),
        ("I would not be surprised if prices fell.", "not be surprised"),
        ("He will be surprised if prices fall.", "surprised"),
        ("It will come as no surprise if prices fall.", "come as no surprise"),
        ("It is difficult to see how prices will fall.", "difficult to see"),
        ("A fall is a safe bet.", "safe bet"),
        ("A fall is out of the question.", "out of the question"),
        ("I would bet on a fall.", "would bet"),
        ("Prices should be at 40 euros by June.", "should"),
        ("The chances of a fall are slim.", "slim"),
        ("The risk that prices will fall is very low.", "very low"),
        ("The likelihood of a fall is close to zero.", "close to zero"),
    ],
)
def test_phrase_is_taken_with_what_makes_it_stronger_or_denies_it(text: str, phrase: str) -> None:
    assert find_hedge(text, ICD_203.entries) == HedgeRange(phrase, None, None)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Prices will fall because a recession is likely.", "will"),
        ("The plan could fail, since approval is unlikely.", "could"),
        ("Prices may fall, although nobody thinks that likely.", "may"),
        ("In May prices will fall.", "will"),
        ("A possible strike will raise prices.", "will"),
        ("The expected cut will come late.", "will"),
        ("Ministers should resign, and prices will fall.", "will"),
        ("The fall is due to weak demand and will go on.", "will"),
    ],
)
def test_hedge_of_the_main_clause_comes_first(text: str, phrase: str) -> None:
    hedge = find_hedge(text, ICD_203.entries)

    assert hedge is not None
    assert hedge.phrase == phrase


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Prices will fall.", "will"),
        ("Prices won’t fall.", "won’t"),
        ("They’ll fall.", "will"),
        ("Prices are going to fall.", "are going to"),
    ],
)
def test_plain_will_is_near_certainty_by_policy(text: str, phrase: str) -> None:
    assert find_hedge(text, ICD_203.entries) == HedgeRange(phrase, 0.95, 0.99, unhedged=True)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [("It will possibly fall.", "possibly"), ("It will fall, which may help.", "will")],
)
def test_weak_word_counts_beside_will_and_not_in_a_clause_after_it(text: str, phrase: str) -> None:
    hedge = find_hedge(text, ICD_203.entries)

    assert hedge is not None
    assert hedge.phrase == phrase


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("There is a 60% chance of rain.", 0.6, 0.6),
        ("We see a 60 to 70 per cent chance of a cut.", 0.6, 0.7),
        ("The probability of a cut is 35%.", 0.35, 0.35),
        ("There is a one in four chance of a cut.", 0.25, 0.25),
        ("It is fifty-fifty.", 0.5, 0.5),
    ],
)
def test_odds_in_figures_come_before_words(text: str, low: float, high: float) -> None:
    hedge = find_hedge(text, ICD_203.entries)

    assert hedge is not None
    assert (hedge.low, hedge.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Prices fell.",
        "An unlikely hero took the stage.",
        "It is a question of the state’s likely vote.",
        "Remote work is popular.",
        "The will of the people prevailed.",
        "It is unclear how likely a cut is.",
        "Ministers should raise taxes next year.",
    ],
)
def test_no_hedge_is_found_where_nothing_hedges(text: str) -> None:
    assert find_hedge(text, ICD_203.entries) is None


def test_word_of_the_lexicon_counts_only_where_one_is_given() -> None:
    assert find_hedge("A treaty remains unlikely.", []) is None


@pytest.mark.parametrize("table", LEXICONS, ids=lambda table: table.slug)
def test_ranges_of_every_published_table_are_probabilities(table) -> None:
    assert all(0 <= low <= high <= 1 for _, low, high in table.entries)
    assert len({phrase for phrase, _, _ in table.entries}) == len(table.entries)
