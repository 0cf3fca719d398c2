"""`manage.py evaluate agreement`: how far raters agree, from a table of their grades."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from claims.evaluations import Evaluated, Kind, NothingToCompare
from reviews.agreement.coefficients import MOST_GRADES as MOST_FOR_RATIO
from reviews.agreement.coefficients import coefficients
from reviews.agreement.dawid_skene import consensus
from reviews.agreement.intervals import COVERAGE, Estimate, estimates
from reviews.agreement.patterns import Patterns, patterns_of_gradings
from reviews.agreement.raters import MOST_GRADES, cohen_estimate, conger, crossed, distances
from reviews.gradings import Read, read_gradings
from reviews.tables import NoTable

SEED = 1
NAMES = (
    *("alpha_nominal", "alpha_ordinal", "alpha_interval", "alpha_ratio", "ac1", "ac2"),
    *("cohen_kappa", "cohen_kappa_linear", "cohen_kappa_quadratic", "conger_kappa"),
    *("fleiss_kappa", "brennan_prediger", "percent_agreement"),
)
COHENS = {
    "cohen_kappa": "unlike",
    "cohen_kappa_linear": "linear",
    "cohen_kappa_quadratic": "quadratic",
}
UNPAIRED = "no unit was graded twice"
UNVARIED = "all grades are the same"
UNORDERED = "the grades are words in no order: name them with --scale"
NOT_AMOUNTS = f"the grades are not amounts from 0, {MOST_FOR_RATIO} of them at most"
NO_INTERVAL = "no interval is drawn for it"
# A table of errors for each rater is wanted of grades that come often.
MOST_FOR_ERRORS = 20


def agreement(stream: BinaryIO, *, scale: str = "", seed: int = SEED) -> Evaluated:
    """Every coefficient of a table `unit,rater,grade`, with the interval or the reason why there is none."""
    try:
        read = read_gradings(stream, scale=[one for one in scale.split(",") if one.strip()])
    except NoTable as error:
        raise NothingToCompare(str(error), []) from error
    given = read.given
    patterns = patterns_of_gradings(given.units, given.grades, scale=given.scale)
    raters = int(given.raters.max(initial=-1)) + 1
    found = _found(read, patterns, raters, seed)
    figures: dict[str, Any] = {name: found[name].as_dict() for name in NAMES}
    figures |= {
        "coverage": COVERAGE,
        "prevalence": _prevalence(read),
        "grades": len(read.scale.names),
        "scale": list(read.scale.names[:100]),
        "units": patterns.units,
        "units_graded_twice": patterns.paired.units,
        "raters": raters,
        "ratings": patterns.ratings,
        "pairable": patterns.paired.ratings,
        "skipped": read.skipped,
    }
    return Evaluated(figures, _table(figures), [])


def _found(read: Read, patterns: Patterns, raters: int, seed: int) -> dict[str, Estimate]:
    if not patterns.paired.units:
        return dict.fromkeys(NAMES, Estimate(None, reason=UNPAIRED))
    found = estimates(patterns, coefficients(read.scale.values), seed=seed)
    found |= _told_apart(read, raters, seed)
    unordered = read.scale.values is None
    for name in NAMES:
        if name not in found:
            numbers = name == "alpha_ratio" and not unordered
            found[name] = Estimate(None, reason=NOT_AMOUNTS if numbers else UNORDERED)
        elif found[name].value is None and not found[name].reason:
            found[name] = Estimate(None, reason=UNVARIED)
    return found


def _told_apart(read: Read, raters: int, seed: int) -> dict[str, Estimate]:
    """Of raters who are told apart. Cohen's are of two."""
    value = conger(read.given)
    found = {"conger_kappa": Estimate(value, reason="" if value is None else NO_INTERVAL)}
    why = ""
    if raters != 2:
        why = f"it is for two raters: here are {raters}"
    elif read.given.scale > MOST_GRADES:
        why = f"there are more than {MOST_GRADES} grades"
    if why:
        return found | dict.fromkeys(COHENS, Estimate(None, reason=why))
    table = crossed(read.given)
    # By place on the scale, as is the custom for κ, not by number.
    apart = distances(np.arange(len(table), dtype=float))
    ordered = read.scale.values is not None
    known = {name: key for name, key in COHENS.items() if ordered or key == "unlike"}
    return found | {
        name: cohen_estimate(table, apart[key], seed=seed) for name, key in known.items()
    }


def _prevalence(read: Read) -> dict[str, float] | None:
    """How common each true grade is by Dawid and Skene with its prior; None for too many grades, or none."""
    if not len(read.given.units) or read.given.scale > MOST_FOR_ERRORS:
        return None
    shares = consensus(read.given).prevalence
    return dict(zip(read.scale.names, map(float, shares), strict=True))


def _table(figures: dict[str, Any]) -> list[str]:
    """The figures for people."""
    given = f"{figures['ratings']} grades by {figures['raters']} raters of {figures['units']} units"
    lines = [
        f"{given}, {figures['units_graded_twice']} of them twice or more; {figures['grades']} grades.",
        *(f"Left out, {reason}: {number}" for reason, number in figures["skipped"].items()),
        f"{'':<24}{'value':>8}{f'{COVERAGE:.0%} interval':>20}",
    ]
    for name in NAMES:
        one = figures[name]
        value = "–" if one["value"] is None else f"{one['value']:.3f}"
        ends = "" if one["low"] is None else f"{one['low']:.3f} to {one['high']:.3f}"
        lines.append(f"{name.replace('_', ' '):<24}{value:>8}{ends:>20}  {one['reason']}".rstrip())
    return lines


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="CSV with the columns unit, rater and grade")
    parser.add_argument(
        "--scale", default="", help="all grades from the lowest up, by commas, given or not"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="of the draws for the intervals")


def _run(options: dict[str, Any]) -> Evaluated:
    with options["file"].open("rb") as stream:
        return agreement(stream, scale=options["scale"], seed=options["seed"])


KINDS = {"agreement": Kind("how far raters agree beyond chance", arguments=_arguments, work=_run)}
