"""Each sentence is given to whoever says it: by name, by pronoun, in quotation marks, or not."""

import pytest

from claims.extraction.attributions import find_attribution
from claims.extraction.sentences import sentences
from claims.extraction.speakers import voices


def speakers(text: str, author: str = "") -> list[str]:
    return [voice.speaker for voice in voices(text, sentences(text), author)]


@pytest.mark.parametrize(
    ("sentence", "subject", "verb"),
    [
        ("Roth argues that prices will fall.", "Roth", "argues"),
        ("Prices will fall, said Anna Roth.", "Anna Roth", "said"),
        ("“Prices will fall,” said Anna Roth, an economist.", "Anna Roth", "said"),
        ("“Prices will fall,” Roth said.", "Roth", "said"),
        ("Prices, Roth argues, will fall.", "Roth", "argues"),
        ("According to Anna Roth, prices will fall.", "Anna Roth", "according to"),
        ("In Roth’s view, prices will fall.", "Roth", "in the view of"),
        ("Anna Roth, chief economist at Hale, said prices will fall.", "Anna Roth", "said"),
        ("The economist Anna Roth has warned that prices will fall.", "Anna Roth", "warned"),
        ("She thinks prices will fall.", "She", "thinks"),
        ("Many analysts expect prices to fall.", "Many analysts", "expect"),
        ("The central bank forecasts that prices will fall.", "The central bank", "forecasts"),
        ("This analysis suggests that prices will fall.", "This analysis", "suggests"),
        ("But I think prices will fall.", "I", "think"),
        ("Roth’s forecast is that prices will fall.", "Roth", "is"),
    ],
)
def test_attribution_names_its_subject_and_verb(sentence: str, subject: str, verb: str) -> None:
    found = find_attribution(sentence)

    assert found is not None
    assert (found.subject, found.verb) == (subject, verb)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Prices fell.",
        "The visit by Ada Roth suggests that prices will fall.",
        "Roth holds shares in the bank.",
        "The state-level figures fell.",
        "A report was published.",
    ],
)
def test_nobody_is_quoted_where_nobody_speaks(sentence: str) -> None:
    assert find_attribution(sentence) is None


def test_surname_stands_for_the_full_name_written_before() -> None:
    assert speakers("Anna Roth said prices rose. Roth thinks rates will fall.") == [
        "Anna Roth",
        "Anna Roth",
    ]


def test_surname_of_two_people_is_the_one_named_last() -> None:
    text = "Anna Roth said rates fell. Roth thinks so. Karl Roth said rates rose. Roth thinks so."

    assert speakers(text) == ["Anna Roth", "Anna Roth", "Karl Roth", "Karl Roth"]


@pytest.mark.parametrize("subject", ["She", "The analyst", "The chief economist"])
def test_pronoun_and_role_stand_for_the_person_named_last(subject: str) -> None:
    assert speakers(f"Anna Roth said rates fell. {subject} expects a cut.")[1] == "Anna Roth"


def test_pronoun_does_not_stand_for_an_organisation() -> None:
    text = "Anna Roth said rates fell. The Federal Reserve said rates rose. She expects a cut."

    assert speakers(text) == ["Anna Roth", "Federal Reserve", "Anna Roth"]


def test_pronoun_without_a_name_before_is_the_author() -> None:
    assert speakers("She expects a cut.", author="Lena Okafor") == ["Lena Okafor"]


def test_title_is_no_part_of_a_name() -> None:
    assert speakers("President Ada Diaz said rates fell. Dr. Ben Ito said rates rose.") == [
        "Ada Diaz",
        "Ben Ito",
    ]


def test_words_before_a_name_are_no_part_of_it() -> None:
    text = (
        "STREET Ada Diaz wins\n\nDiaz said so. Still Diaz thinks so. Ada Diaz of Hale Bank said so."
    )

    assert speakers(text)[1:] == ["Ada Diaz"] * 3


def test_this_perspective_is_that_of_the_person_named_last() -> None:
    text = "Roth argues that rates are high. This perspective holds that cuts come late."

    assert speakers(text, author="Lena Okafor") == ["Roth", "Roth"]


def test_quotation_belongs_to_the_person_named_at_its_end() -> None:
    text = "“Prices will fall. Rates will follow,” said Anna Roth. Shares rose."

    assert speakers(text) == ["Anna Roth", ""]


def test_quotation_over_several_sentences_belongs_to_one_speaker() -> None:
    text = '"Prices will fall. It is plain. Rates will follow," said Anna Roth. Shares rose.'

    found = speakers(text)

    assert set(found[:-1]) == {"Anna Roth"}
    assert found[-1] == ""


def test_next_quotation_goes_on_with_the_same_speaker() -> None:
    assert speakers("“It fell,” Anna Roth said. “It will rise.” Shares rose.") == [
        "Anna Roth",
        "Anna Roth",
        "",
    ]


def test_i_is_the_speaker_inside_a_quotation_and_the_author_outside() -> None:
    text = "I think rates will fall. “I think not,” said Anna Roth. “I expect a rise.”"

    assert speakers(text, author="Lena Okafor") == ["Lena Okafor", "Anna Roth", "Anna Roth"]


def test_sentence_that_nobody_says_is_the_author_s() -> None:
    assert speakers("Anna Roth said rates fell. Rates will fall.", author="Lena Okafor") == [
        "Anna Roth",
        "Lena Okafor",
    ]


def test_byline_names_the_author_where_the_caller_does_not() -> None:
    text = "Bank holds rates\nBy Lena Okafor\nRates will fall."

    assert speakers(text)[-1] == "Lena Okafor"
    assert speakers(text, author="Desk")[-1] == "Desk"


@pytest.mark.parametrize("first", ["By Friday the bank will decide.", "By 2027 rates will fall."])
def test_date_at_the_beginning_is_no_byline(first: str) -> None:
    assert speakers(first) == [""]


def test_declared_source_owns_what_nobody_else_says() -> None:
    text = "Rates will fall. Analysts say so. Attribution: Ferro, an economist, holds this view."

    assert speakers(text, author="Desk")[:2] == ["Ferro", "Ferro"]


def test_account_of_one_person_s_argument_is_that_person_s() -> None:
    text = (
        "The argument suggests no. This view holds that yes. Ferro notes that rates fell. It ends."
    )

    assert speakers(text) == ["Ferro"] * 4


def test_group_speaks_under_its_own_words() -> None:
    assert speakers("Analysts at Norden Bank expect a cut.") == ["Analysts at Norden Bank"]


@pytest.mark.parametrize("signed", ["-Anna Roth", "- Anna Roth", "by ex-Minister Anna Roth"])
def test_full_name_behind_a_hyphen_is_known(signed: str) -> None:
    assert speakers(f"It was a long week {signed}.\n\nRoth says that wages will fall.") == [
        "",
        "Anna Roth",
    ]
