"""Who says it, by what verb, and the words that only say that: one way of saying it after another."""

import pytest

from claims.extraction.attributions import find_attribution


@pytest.mark.parametrize(
    ("sentence", "sort", "subject", "verb"),
    [
        ("Anna Roth, who ran the clinic until 2019, said rates will fall.", "name", "Anna Roth", "said"),
        ("Dr. Roth, 44, told reporters that rates will fall.", "name", "Roth", "told"),
        ("The housing minister, Conor Walsh, said rates will fall.", "name", "Conor Walsh", "said"),
        ("Its regional director, Awa Ndiaye, told a conference so.", "name", "Awa Ndiaye", "told"),
        ("The plant’s owner, Taikon, says that prices will fall.", "name", "Taikon", "says"),
        ("Club president Lionel Ortiz admitted that they will lose.", "name", "Lionel Ortiz", "admitted"),
        ("A worker named Antonio Reyes thinks so.", "name", "Antonio Reyes", "thinks"),
        ("Fionn Daly, an economist at Castle, Ireland’s third lender, said so.", "name", "Fionn Daly", "said"),
        ("By contrast, Ida Moor, an analyst, predicts that it will end.", "name", "Ida Moor", "predicts"),
        ("In an interview last week, Ida Moor said it will end.", "name", "Ida Moor", "said"),
        ("Roth, for her part, thinks it will end.", "name", "Roth", "thinks"),
        ("Roth was firm on Monday and said it will end.", "name", "Roth", "said"),
        ("The panel’s chair, Ada Diaz, was hopeful, saying that it will end.", "name", "Ada Diaz", "saying"),
        ("Ben Aduba (Norden Bank) expects it to end.", "name", "Ben Aduba", "expects"),
        ("Roth on Monday predicted a fall in rates.", "name", "Roth", "predicted"),
        ("Łukasz Żak said rates will fall.", "name", "Łukasz Żak", "said"),
        ("Ousmane N’Diaye said rates will fall.", "name", "Ousmane N’Diaye", "said"),
        ("Haitham al-Rashid said rates will fall.", "name", "Haitham al-Rashid", "said"),
        ("J.P. Morgan expects rates to fall.", "name", "J.P. Morgan", "expects"),
        ("Verbeek’s warning is that shells will run short.", "name", "Verbeek", "is"),
        ("Clinton’s team thinks it will win.", "group", "Clinton’s team", "thinks"),
        ("A senior Western diplomat said it will end.", "group", "A senior Western diplomat", "said"),
        ("Two people briefed on the talks said so.", "group", "Two people briefed on the talks", "said"),
        ("Seven in ten said prices will fall.", "group", "Seven in ten", "said"),
        ("Supporters of the plan, on the other hand, argue it will work.", "group", "Supporters of the plan", "argue"),
        ("A trader at a rival bank, who gave no name, said so.", "group", "A trader at a rival bank", "said"),
        ("Aid groups warn that food will run out.", "group", "Aid groups", "warn"),
        ("Aid workers fear the war will spread.", "group", "Aid workers", "fear"),
        ("The bank’s economists predict that it will end.", "group", "The bank’s economists", "predict"),
        ("The government’s own statisticians warn of a fall.", "group", "The government’s own statisticians", "warn"),
        ("Our economists now project two cuts in 2027.", "author", "Our economists", "project"),
        ("Our base case is that rates will fall.", "author", "Our base case", "is"),
    ],
)  # fmt: skip
def test_subject_stands_before_its_verb(sentence: str, sort: str, subject: str, verb: str) -> None:
    found = find_attribution(sentence)

    assert found is not None
    assert (found.sort, found.subject, found.verb) == (sort, subject, verb)


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("“It will end,” said Ian H. Solomon, who was on the board.", "Ian H. Solomon"),
        ("“It will end,” says one former minister.", "one former minister"),
        ("“It will end,” the trader, Jo Lind, told lawmakers.", "Jo Lind"),
        ("“It will end,” Ada Diaz, a judge, said in New York.", "Ada Diaz"),
        ("The problem, say experts on tunnels, is the ground.", "experts"),
        ("It will end, according to a new note from Merribank.", "a new note from Merribank"),
        ("It will end, said Democratic strategist Hank Stein.", "Hank Stein"),
        ("According to its president, Niamh Burke, it will end.", "Niamh Burke"),
        ("In the view of Kenji Morita, who directs a forum, it will end.", "Kenji Morita"),
        ("It will end, in the panel’s judgement.", "the panel"),
    ],
)
def test_subject_stands_behind_its_verb(sentence: str, subject: str) -> None:
    found = find_attribution(sentence)

    assert found is not None
    assert found.subject == subject


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("Ada Diaz, a judge, said she hopes to see Karl Roth again.", "Ada Diaz"),
        ("Halvorsen, who had predicted three cuts, said rates will fall.", "Halvorsen"),
        ("Rebels claimed the attack, but army officers said it will end.", "army officers"),
        ("While Mr. Ryan backs trade deals, Ada Diaz said they will end.", "Ada Diaz"),
        (
            "Moreover, Jeffrey Sachs, who runs an institute, noted that it will end.",
            "Jeffrey Sachs",
        ),
    ],
)
def test_speaker_is_not_whoever_else_is_named(sentence: str, subject: str) -> None:
    found = find_attribution(sentence)

    assert found is not None
    assert found.subject == subject


@pytest.mark.parametrize(
    "sentence",
    [
        "The bank is expected to cut rates.",
        "The plan announced on Tuesday will cut rates.",
        "The Meridian Centre’s report on the strait was released.",
        "The Fed forecast was wrong.",
        "It suggests that prices will fall.",
        "What worries people is that prices will fall.",
        "Prices fell faster than anyone expected.",
        "We have low confidence in our judgement.",
        "This suggests that prices will fall.",
    ],
)
def test_no_verb_of_saying_makes_a_thing_speak(sentence: str) -> None:
    assert find_attribution(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("But Roth thinks that rates will fall.", "rates will fall."),
        ("In a note, Roth writes that rates will fall.", "In a note,  rates will fall."),
        ("In a note Roth writes that rates will fall.", "rates will fall."),
        ("Rates, Roth argues, will fall.", "Rates will fall."),
        ("Rates will fall, a survey by Statmark suggested on Sunday.", None),
        ("Roth doubts that rates will fall.", None),
    ],
)
def test_words_that_only_tell_who_speaks_can_go(sentence: str, left: str | None) -> None:
    found = find_attribution(sentence)

    assert found is not None
    if left is None:
        assert found.start == found.end
    else:
        assert (sentence[: found.start] + sentence[found.end :]).strip() == left
