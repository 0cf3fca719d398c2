"""The benchmarks still fit the rooms they measure; how long anything takes is not tested."""

import numpy as np
import pytest

from claims.matching import Item
from reviews.models import Assignment, Review
from tests.benchmarks import likeness, matcher, matching, noise, pages, publishing, queue, scoring
from tests.benchmarks.wording import DAY
from tests.claims.matching.days import Graded
from tests.factories.accounts import UserFactory
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory


def test_pages_take_as_many_queries_for_three_rows_as_for_one(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "ROWS", (1, 3))

    assert pages.run() is True


def test_pages_that_ask_more_for_more_rows_are_told(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pages, "ROWS", (1, 3))
    addresses = iter(["/claims/", "/inbox/"])

    assert pages._page("a page", lambda *_: next(addresses)) is False
    assert "FAILED: the queries of a page grow" in capsys.readouterr().out


def test_reports_run(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "CLAIMS", ((20, publishing.CLAIMS[0][1]),))

    assert publishing.run() is True


@pytest.mark.django_db(transaction=True)
def test_reviewers_work_through_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("CLAIMS", 400), ("REVIEWERS", 20), ("SECONDS", 0.5), ("PAUSE", 0.2)):
        monkeypatch.setattr(queue, name, value)
    queue.fill()
    assert Assignment.objects.waiting().count() == 80

    queue.in_database(queue.make_reviewers())

    assert queue.keeps_count() is True
    assert Review.objects.count() > 10


def test_a_lost_review_is_told(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    AssignmentFactory(
        checkpoint=RegisteredClaimFactory().checkpoints.get(),
        state=Assignment.State.DONE,
        reviewer=UserFactory(),
    )

    assert queue.keeps_count() is False
    assert "wrong: 1, lost: 1" in capsys.readouterr().out


def test_matcher_and_thresholds_run(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(matcher, "CLAIMS", (20,))
    monkeypatch.setattr(matcher, "EVENTS", 10)
    monkeypatch.setattr(matching, "DAYS", ())

    matcher.run()
    matching.run()

    printed = capsys.readouterr().out
    assert "PostgreSQL ts_rank" in printed
    assert "accepted links, suggested" in printed


def test_what_nobody_graded_is_counted_apart_from_what_bears() -> None:
    claim = "Trade in timber between Omsk and Harbin grows."
    texts = [f"Trade in timber between Omsk and Harbin grows by {n} percent" for n in range(12)]
    texts.append("The home side wins the football cup")
    items = {n: Item(n, text, "", DAY) for n, text in enumerate(texts)}
    grades = dict(enumerate([3, 2, 1, 0]))

    found = noise.first_of_each(Graded({1: claim, 2: "Rain."}, items, {1: grades}))

    shown = found[1]
    assert (shown.bearing, shown.suggested) == (2, 12)
    assert shown.bear + shown.other + shown.ungraded == 10
    assert shown.ungraded >= 6
    assert noise._shown([0, 2, 7], grades) == noise.Shown(2, 3, 1, 1, 1)
    assert noise._shown([0, 2, 7], grades).precision == 0.5
    assert found[2].precision is None


def test_figures_and_tables_of_claims_are_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scoring, "SIZES", (1_000, 2_000))

    scoring.run()

    printed = capsys.readouterr().out
    assert "all figures of a report" in printed
    assert printed.count("GB") == 4


def test_likeness_is_fitted_to_where_its_slope_is_level() -> None:
    rng = np.random.default_rng(1)
    measured = rng.normal(size=(400, 2))
    same = (measured @ [2.0, -1.0] + 0.5 + rng.logistic(size=400) > 0).astype(float)

    *weights, bias = likeness.fit([(measured[:100], same[:100]), (measured[100:], same[100:])])

    chance = 1 / (1 + np.exp(-measured @ weights - bias))
    assert np.allclose(measured.T @ (same - chance), likeness.RIDGE * np.array(weights))
    assert (same - chance).sum() == pytest.approx(0, abs=1e-6)
    assert weights == pytest.approx([2, -1], abs=0.5)


def test_weights_are_other_ones_while_it_lasts() -> None:
    before = {**likeness.likeness.WEIGHTS, "bias": likeness.likeness.BIAS}

    with likeness.weighed([1.0] * 9):
        assert {*likeness.likeness.WEIGHTS.values(), likeness.likeness.BIAS} == {1.0}

    assert before == {**likeness.likeness.WEIGHTS, "bias": likeness.likeness.BIAS}
