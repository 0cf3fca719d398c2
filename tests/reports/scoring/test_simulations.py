"""What the intervals, the ranking and the tests promise, in worlds whose truth is known."""

import numpy as np
import pytest

from reports.scoring.forecasters import standings
from reports.scoring.groups import grouped
from reports.scoring.intervals import Mean, clustered_mean, clustered_rate
from reports.scoring.miscalibration import chance_of_miscalibration
from reports.scoring.ranks import rank_intervals
from reports.scoring.sequences import confidence_sequence

WORDS = np.array([0.05, 0.20, 0.35, 0.50, 0.675, 0.80, 0.95])


def holds(mean: Mean | None, truth: float) -> bool:
    assert mean is not None
    assert mean.low is not None
    assert mean.high is not None
    return mean.low <= truth <= mean.high


def outcomes(
    rng: np.random.Generator, rate: float, cluster: np.ndarray, likeness: float
) -> np.ndarray:
    """Of so many claims hold this share; those of one cluster are alike with this correlation."""
    common = rng.random(cluster.max() + 1) < rate
    own = rng.random(len(cluster)) < rate
    shares = rng.random(len(cluster)) < np.sqrt(likeness)
    return np.where(shares, common[cluster], own).astype(float)


@pytest.mark.parametrize(
    ("clusters", "likeness", "rate"),
    [(15, 0.3, 0.5), (30, 0.5, 0.7), (80, 0.3, 0.2)],
)
def test_intervals_of_clustered_claims_hold_the_truth(
    clusters: int, likeness: float, rate: float
) -> None:
    """Nominal 95% of a rate, and of a mean Brier score, are 93 to 97%; without clusters far fewer."""
    rng, rounds = np.random.default_rng(1), 1500
    rates, scores, naive = 0, 0, 0
    for _ in range(rounds):
        cluster = np.repeat(np.arange(clusters), rng.integers(2, 9, clusters))
        held = outcomes(rng, rate, cluster, likeness)
        brier = (held - 0.6) ** 2
        true_brier = rate * 0.16 + (1 - rate) * 0.36
        rates += holds(clustered_rate(held.tolist(), cluster.tolist()), rate)
        scores += holds(clustered_mean(brier.tolist(), cluster.tolist()), true_brier)
        naive += holds(clustered_mean(held.tolist(), range(len(held))), rate)

    assert 0.93 <= rates / rounds <= 0.97
    assert 0.93 <= scores / rounds <= 0.97
    assert naive / rounds < 0.90


def test_the_best_100_of_10_000_are_told_honestly() -> None:
    """Analysts over-claim each in their own measure, so that the true mean score of each is known."""
    rng, number = np.random.default_rng(1), 10_000
    over = np.clip(rng.normal(0.3, 0.2, number), -0.1, 0.9)
    size = rng.integers(10, 120, number)
    analyst = np.repeat(np.arange(number), size)
    word = rng.choice(WORDS, len(analyst))
    held = rng.random(len(analyst)) < 0.5 + (word - 0.5) * (1 - over[analyst])
    rates = 0.5 + (WORDS - 0.5) * (1 - over[:, None])
    truth = (rates * (1 - rates) + (WORDS - rates) ** 2).mean(axis=1)

    found = standings((word - held) ** 2, analyst, np.arange(len(analyst)), seed=1)

    shrunk = np.array([one.shrunk for one in found])
    low, high = np.array([one.shrunk_interval for one in found]).T
    raw = np.array([one.score for one in found])
    lucky, best = np.argsort(raw)[:100], np.argsort(shrunk)[:100]
    # The raw best promise far more than they are.
    assert truth[lucky].mean() - raw[lucky].mean() > 0.05
    assert abs(truth[best].mean() - shrunk[best].mean()) < 0.01
    assert np.mean((low <= truth) & (truth <= high)) > 0.93
    assert np.mean(((low <= truth) & (truth <= high))[best]) > 0.9
    error, raw_error = (np.sqrt(np.mean((one - truth) ** 2)) for one in (shrunk, raw))
    assert error < 0.7 * raw_error
    # 1 + how many are better is a place that each interval holds, for all at once.
    place = truth.argsort().argsort() + 1
    assert all(one.rank_low <= at <= one.rank_high for one, at in zip(found, place, strict=True))


@pytest.mark.parametrize("copies", [1, 4])
def test_calibrated_forecasters_are_seldom_called_miscalibrated(copies: int) -> None:
    """At most 6% of runs have p of 5% or less, also where four give every forecast alike."""
    rng, rounds = np.random.default_rng(2), 500
    called = 0
    for seed in range(rounds):
        said = rng.choice(WORDS, 100)
        held = (rng.random(100) < said).astype(float)
        chance = chance_of_miscalibration(
            np.tile(said, copies),
            np.tile(held, copies),
            seed=seed,
            draws=200,
            claims=np.tile(np.arange(100), copies),
        )
        assert chance is not None
        called += chance <= 0.05

    assert called / rounds <= 0.06


def test_fine_probabilities_are_pooled_and_tested_as_well() -> None:
    rng, rounds = np.random.default_rng(3), 100
    calls = {1.0: 0, 0.6: 0}
    for seed in range(rounds):
        said = rng.random(3000)
        for kept in calls:
            held = rng.random(3000) < 0.5 + (said - 0.5) * kept
            chance = chance_of_miscalibration(said, held.astype(float), seed=seed, draws=200)
            assert chance is not None
            calls[kept] += chance <= 0.05

    assert calls[1.0] <= 10
    assert calls[0.6] == rounds


def test_places_hold_for_all_sources_at_once() -> None:
    """Twelve sources of very unlike size and spread, some sharing clusters: at least 95% of rounds."""
    rng, rounds, number = np.random.default_rng(4), 200, 12
    truth = np.sort(rng.normal(0, 0.3, number))
    size = rng.integers(8, 80, number)
    source = np.repeat(np.arange(number), size)
    right = 0
    for seed in range(rounds):
        cluster = rng.integers(0, 150, len(source))
        common = rng.normal(0, 0.5, 150)
        values = truth[source] + common[cluster] + rng.normal(0, 0.3 + source / 12)
        cluster = np.unique(cluster, return_inverse=True)[1]
        found = rank_intervals(grouped(values, source, cluster), seed=seed, draws=300)
        place = np.arange(1, number + 1)
        right += bool(((found.low <= place) & (place <= found.high)).all())

    assert right / rounds >= 0.95


def test_an_interval_that_is_always_looked_at_needs_a_sequence() -> None:
    """Of means watched over 400 values a fixed interval misses the truth of many some time, a sequence of few."""
    rng, rounds, looks = np.random.default_rng(5), 400, np.arange(10, 400)
    watched, sequences = 0, 0
    for _ in range(rounds):
        values = rng.beta(2, 6, 400)
        low, high = confidence_sequence(values)
        sequences += bool((low > 0.25).any() or (high < 0.25).any())
        means = np.cumsum(values) / np.arange(1, 401)
        spread = np.sqrt(np.cumsum(values**2) / np.arange(1, 401) - means**2)
        far = np.abs(means - 0.25) > 1.96 * spread / np.sqrt(np.arange(1, 401))
        watched += bool(far[looks].any())

    assert watched / rounds > 0.25
    assert sequences / rounds <= 0.05
