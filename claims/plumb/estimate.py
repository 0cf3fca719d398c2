"""What evidence makes of a base rate: the odds times the likelihood ratio of each independent piece."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import exp, fsum, log


@dataclass(frozen=True)
class Ratio:
    """How much likelier a piece of evidence is if the claim holds than if it fails; above 0."""

    day: date
    times: float


@dataclass(frozen=True)
class Step:
    """The estimate, 0 to 1, from a day on."""

    day: date
    probability: float


def updated(prior: float, times: Iterable[float]) -> float:
    """The probability after independent evidence of these likelihood ratios, each above 0.

    Bayes in odds: odds = odds of the prior · product of the ratios. What is certain stays certain.
    """
    if prior <= 0 or prior >= 1:
        return prior
    # An exact sum of logarithms: the order does not matter, and no product overflows.
    log_odds = log(prior) - log(1 - prior) + fsum(log(one) for one in times)
    if log_odds < 0:
        return exp(log_odds) / (1 + exp(log_odds))
    return 1 / (1 + exp(-log_odds))


def running_estimate(prior: float, ratios: Iterable[Ratio]) -> list[Step]:
    """The estimate after each day that brought independent evidence, in the order of time."""
    steps: list[Step] = []
    so_far: list[float] = []
    for day, brought in groupby(sorted(ratios, key=lambda one: one.day), key=lambda one: one.day):
        so_far += [one.times for one in brought]
        steps.append(Step(day, updated(prior, so_far)))
    return steps
