"""Figures as pages show them: numbers with sign, intervals in words, shares, axes, sentences."""

from reports.display.checks import agreement_words, calibration_words
from reports.display.claims import claim_state, nearest_grade, standing
from reports.display.lexicons import under_lexicons
from reports.display.numbers import axis, counted, plain, signed
from reports.display.ranges import range_words
from reports.display.records import (
    claimant_rows,
    funnel_rows,
    headline,
    hedge_rows,
    stats,
    verdict_on,
)

__all__ = [
    "agreement_words",
    "axis",
    "calibration_words",
    "claim_state",
    "claimant_rows",
    "counted",
    "funnel_rows",
    "headline",
    "hedge_rows",
    "nearest_grade",
    "plain",
    "range_words",
    "signed",
    "standing",
    "stats",
    "under_lexicons",
    "verdict_on",
]
