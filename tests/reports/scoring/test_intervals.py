import pytest

from reports.scoring.intervals import (
    clustered_error,
    clustered_mean,
    clustered_rate,
    clustered_ratio,
    effective_n,
    jeffreys,
    wilson,
)


@pytest.mark.parametrize(
    ("hits", "n", "expected"),
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_wilson_as_newcombe_1998_prints_it(
    hits: int, n: int, expected: tuple[float, float]
) -> None:
    assert wilson(hits / n, n) == pytest.approx(expected, abs=5e-5)


def test_jeffreys_as_newcombe_1998_prints_it() -> None:
    assert jeffreys(15, 148) == pytest.approx((0.0604, 0.1576), abs=5e-5)


def test_jeffreys_is_open_to_the_end_where_all_held() -> None:
    low, high = jeffreys(10, 10)

    assert high == 1
    assert low == pytest.approx(0.7827, abs=5e-4)


def test_error_of_pairs_equals_cr1() -> None:
    assert clustered_error([1, 2, 3, 4, 5, 6], "aabbcc") == pytest.approx(1.1547, abs=5e-5)


def test_error_needs_two_clusters() -> None:
    with pytest.raises(ValueError, match="two clusters"):
        clustered_error([1, 2], "aa")


def test_no_interval_below_five_clusters() -> None:
    mean = clustered_mean([1, 2, 3, 4], "abcd")

    assert mean is not None
    assert (mean.value, mean.n, mean.clusters, mean.low, mean.high) == (2.5, 4, 4, None, None)
    assert mean.reason == "no interval below 5 documents"


def test_interval_at_five_clusters_is_students() -> None:
    mean = clustered_mean([1, 2, 3, 4, 5], "abcde")

    assert mean is not None
    # SE = sqrt(10/4/5) and t = 2.776445 with 4 degrees of freedom.
    assert (mean.low, mean.high) == pytest.approx((3 - 1.963243, 3 + 1.963243), abs=1e-5)
    assert mean.reason == ""


def test_no_mean_without_values() -> None:
    assert clustered_mean([], []) is None
    assert clustered_rate([], []) is None


def test_claims_of_one_document_count_for_less_than_independent_ones() -> None:
    values = [1.0, 1.0, 0.0, 0.0] * 5
    alone = effective_n(values, range(20))
    in_fives = effective_n(sorted(values), [place // 2 for place in range(20)])

    assert in_fives < alone < 20


def test_all_alike_count_once_per_cluster() -> None:
    # z/t with 4 degrees of freedom: 1.959964 / 2.776445.
    assert effective_n([1.0] * 10, "aabbccddee") == pytest.approx(5 * (1.959964 / 2.776445) ** 2)


def test_rate_interval_stays_between_0_and_1() -> None:
    rate = clustered_rate([1.0] * 10, "aabbccddee")

    assert rate is not None
    assert rate.value == 1
    assert rate.low == pytest.approx(0.3934, abs=1e-3)
    assert rate.high == 1


def test_no_rate_interval_below_five_clusters() -> None:
    rate = clustered_rate([1.0, 0.0], "ab")

    assert rate is not None
    assert (rate.low, rate.high) == (None, None)


def test_skill_is_a_ratio_of_sums() -> None:
    skill = clustered_ratio([0.1, 0.2], [0.2, 0.4], "ab")

    assert skill is not None
    assert skill.value == pytest.approx(0.5)
    assert (skill.low, skill.high) == (None, None)


def test_skill_of_one_ratio_throughout_is_certain() -> None:
    skill = clustered_ratio([0.1, 0.2, 0.3, 0.4, 0.5], [0.2, 0.4, 0.6, 0.8, 1.0], "abcde")

    assert skill is not None
    assert (skill.value, skill.low, skill.high) == pytest.approx((0.5, 0.5, 0.5))


def test_skill_interval_is_that_of_the_mean_where_all_references_are_alike() -> None:
    skill = clustered_ratio([0.1, 0.2, 0.3, 0.4, 0.5], [0.5] * 5, "abcde")
    mean = clustered_mean([0.1, 0.2, 0.3, 0.4, 0.5], "abcde")

    assert skill is not None
    assert mean is not None
    assert (skill.low, skill.high) == pytest.approx((mean.low * 2, mean.high * 2))


def test_no_skill_against_a_perfect_reference() -> None:
    assert clustered_ratio([0.1], [0.0], "a") is None
