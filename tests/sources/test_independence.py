"""How independent reports are: by publisher, wording and agency, in any order."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.independence import Told, independence

FERRY = "The ferry line between the two ports opened on Monday with two ships a day."
OTHER = "Passengers waited in the rain while the mayor cut a ribbon and the band played on."
OWN = "Our reporter saw forty lorries queue for the first crossing before the sun was up."


def counts(*reports: Told) -> tuple[int, int, int]:
    found = independence(reports)
    return found.publishers, found.wordings, found.at_most


def test_nobody_reported_nothing() -> None:
    assert counts() == (0, 0, 0)


def test_copies_are_one_source_however_many_print_them() -> None:
    copies = [Told(f"Paper {n}", f"Headline of paper {n}", FERRY) for n in range(10)]

    assert counts(*copies) == (10, 1, 1)
    assert independence(copies).wording_of == (0,) * 10


def test_a_shortened_copy_is_the_same_wording() -> None:
    whole = Told("Paper", "Ferry opens", f"{FERRY} {OTHER}")

    assert counts(whole, Told("Post", "Ferry opens", FERRY)) == (2, 1, 1)


def test_own_words_of_two_publishers_are_two_sources() -> None:
    assert counts(Told("Paper", "", FERRY), Told("Post", "", OTHER)) == (2, 2, 2)


def test_a_publisher_is_one_source_in_however_many_wordings() -> None:
    assert counts(*(Told("Paper", "", text) for text in (FERRY, OTHER, OWN))) == (1, 3, 1)


def test_sources_share_neither_publisher_nor_wording() -> None:
    """Two publishers and three wordings, but the second has no words that the first lacks."""
    reports = [Told("Paper", "", FERRY), Told("Paper", "", OTHER), Told("Post", "", OTHER)]

    assert counts(*reports) == (2, 2, 2)
    assert counts(*reports[1:]) == (2, 1, 1)


def test_publishers_that_are_not_known_count_as_one() -> None:
    reports = [Told("", "", FERRY), Told("", "", OTHER), Told("Paper", "", OWN)]

    assert counts(*reports) == (2, 3, 2)
    assert independence(reports).unnamed == 2


@pytest.mark.parametrize(
    ("told", "agency"),
    [
        (Told("Paper", "", f"OSLO, March 3 (Reuters) - {FERRY}"), "Reuters"),
        (Told("Paper", "", f"BERLIN (AP) — {FERRY}"), "AP"),
        (Told("Paper", "", f"{FERRY} (AFP)"), "AFP"),
        (Told("Paper", "", f"{FERRY} (dpa)."), "dpa"),
        (Told("Reuters", "", FERRY), "Reuters"),
        (Told("Paper", "", FERRY, "Associated Press"), "AP"),
        (Told("Paper", "", f"The party (AP) opposes it. {FERRY}"), ""),
        (Told("Paper", "", f"Reuters first reported it - {FERRY}"), ""),
        (Told("Paper", "Reuters - a history", FERRY, "Ann Reuters"), ""),
    ],
)
def test_agency_is_named_by_credit_alone(told: Told, agency: str) -> None:
    assert told.agency == agency


def test_wordings_of_one_agency_are_one_source() -> None:
    reports = [
        Told("Paper", "", f"OSLO (Reuters) - {FERRY}"),
        Told("Post", "", f"{OTHER} (Reuters)"),
        Told("Gazette", "", OWN),
    ]

    assert counts(*reports) == (3, 3, 2)


reports = st.builds(
    Told,
    publisher=st.sampled_from(["", "Paper", "Post", "Gazette", "AP"]),
    title=st.sampled_from(["", "Ferry opens", "Rain", "港口"]),
    text=st.lists(st.sampled_from([FERRY, OTHER, OWN, "(AFP)", "(AP) - "]), max_size=4).map(
        " ".join
    ),
)


@given(st.lists(reports, max_size=12), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_no_source_lacks_publisher_or_wording(
    told: list[Told], random: Random
) -> None:
    found = counts(*told)
    random.shuffle(told)

    assert counts(*told) == found
    publishers, wordings, at_most = found
    assert at_most <= min(publishers, wordings)
    assert (at_most > 0) == bool(told)


def test_two_thousand_reports_that_half_agree_are_compared_in_time() -> None:
    """What all share must not make each be compared with all others."""
    random = Random(4)
    common = [f"word{number}" for number in range(120)]
    texts = [
        " ".join(word if random.random() < 0.8 else f"own{n}" for word in common)
        for n in range(2000)
    ]

    found = independence([Told(f"Paper {n % 300}", "", text) for n, text in enumerate(texts)])

    assert found.publishers == 300
    assert found.at_most <= 300
