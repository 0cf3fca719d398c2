import pytest

from reports.scoring.hedges import Mass, Reading, hedge_mass


@pytest.mark.parametrize(
    ("held", "expected", "reading"),
    [
        (9, (0.8158, 0.1839, 0.0002), Reading.UNKNOWN),
        (14, (0.0870, 0.7798, 0.1332), Reading.UNKNOWN),
        (19, (0.0, 0.0319, 0.9681), Reading.UNDER),
    ],
)
def test_likely_of_twenty(
    held: int, expected: tuple[float, float, float], reading: Reading
) -> None:
    mass = hedge_mass(successes=held, n=20, low=0.55, high=0.80)

    assert (mass.below, mass.inside, mass.above) == pytest.approx(expected, abs=6e-5)
    assert mass.reading is reading


@pytest.mark.parametrize(
    ("mass", "words"),
    [
        (Mass(0.95, 0.05, 0), "over-claims"),
        (Mass(0.02, 0.95, 0.03), "within"),
        (Mass(0, 0.05, 0.95), "under-claims"),
        (Mass(0.949, 0.051, 0), "not enough claims"),
    ],
)
def test_words_need_95_percent_behind_them(mass: Mass, words: str) -> None:
    assert mass.reading == words


def test_nothing_is_said_without_claims() -> None:
    assert hedge_mass(successes=0, n=0, low=0.55, high=0.80).reading is Reading.UNKNOWN
