import json
from pathlib import Path

import numpy as np
import pytest

from reviews.agreement.dawid_skene import consensus
from reviews.agreement.raters import Gradings

# Three raters (rows) of eight units.
TOY = np.array([[1, 0, 0, 1, 0, 1, 0, 1], [0, 0, 1, 1, 1, 1, 0, 1], [0, 0, 0, 1, 1, 1, 0, 1]])


def toy() -> Gradings:
    raters, units = np.indices(TOY.shape)
    return Gradings(units.ravel(), raters.ravel(), TOY.ravel(), scale=2)


def anaesthesia(shared: Path) -> Gradings:
    """Grades of 45 patients by five observers, the first of whom saw each three times."""
    patients = json.loads((shared / "data/agreement/dawid_skene_1979_anaesthesia.json").read_text())
    entries = [
        (int(patient) - 1, int(observer) - 1, label - 1)
        for patient, observers in patients.items()
        for observer, labels in observers.items()
        for label in labels
    ]
    return Gradings(*np.array(entries).T, scale=4)


def test_toy_with_the_prior_and_without() -> None:
    found = consensus(toy()).truth[:, 1]

    assert found == pytest.approx(
        [0.1002, 0.0125, 0.1893, 0.9838, 0.8734, 0.9838, 0.0125, 0.9838], abs=6e-5
    )
    # The likelihood alone is sure of everything.
    sure = consensus(toy(), prior=False).truth[:, 1]
    assert np.minimum(sure, 1 - sure).max() < 1e-3


def test_anaesthesia_as_published(shared: Path) -> None:
    cases = json.loads((shared / "data/agreement/reference_cases.json").read_text())
    expected = next(one["expected"] for one in cases if one["id"] == "dawid_skene_1979")

    found = consensus(anaesthesia(shared), prior=False)

    assert found.prevalence == pytest.approx(expected["class_marginals"], abs=6e-5)
    assert found.errors[0] == pytest.approx(np.array(expected["observer1_error_matrix"]), abs=6e-4)
    assert (found.truth.argmax(axis=1) + 1).tolist() == expected["map_labels"]
    assert found.loglikelihood == pytest.approx(expected["loglik"], abs=1e-3)


def test_anaesthesia_with_the_prior_is_near_the_published_prevalence(shared: Path) -> None:
    found = consensus(anaesthesia(shared))

    assert found.prevalence == pytest.approx([0.40, 0.42, 0.11, 0.07], abs=0.03)


def test_order_of_entries_says_nothing() -> None:
    given, order = toy(), np.random.default_rng(1).permutation(TOY.size)
    mixed = Gradings(given.units[order], given.raters[order], given.grades[order], scale=2)

    assert consensus(mixed).truth == pytest.approx(consensus(given).truth)


def test_no_consensus_without_grades() -> None:
    none = np.zeros(0, int)

    with pytest.raises(ValueError, match="needs grades"):
        consensus(Gradings(none, none, none, scale=2))


def test_settled_units_are_what_they_are_and_tell_how_raters_err() -> None:
    """Two raters contradict each other four times; where it is settled, the first was right each time."""
    given = Gradings(np.repeat(np.arange(4), 2), np.tile([0, 1], 4), np.tile([1, 0], 4), scale=2)

    found = consensus(given, known={0: 1, 1: 1, 2: 1})

    assert found.truth[:3].tolist() == [[0, 1]] * 3
    assert found.truth[3, 1] > 0.8
    assert consensus(given).truth[3, 1] == pytest.approx(0.5)
    assert np.isfinite(found.loglikelihood)


def test_nothing_settled_changes_nothing() -> None:
    assert consensus(toy(), known={}).truth.tolist() == consensus(toy()).truth.tolist()
