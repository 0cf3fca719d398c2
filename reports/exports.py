"""Reports as files for spreadsheets and programs."""

import csv
from collections.abc import Iterator
from typing import Any

from accounts.cells import plain
from reports.models import Report, ReportedClaim

# Column names with their units.
CSV_COLUMNS = (
    "claim (number)",
    "claimant",
    "statement",
    "hedge",
    "standing",
    "due on (date)",
    "document (number)",
    "probability from (0 to 1)",
    "probability to (0 to 1)",
    "how the probability came about",
    "base rate (0 to 1)",
    "outcome (0 failed to 1 held)",
    "Brier score (0 best to 1 worst)",
    "improvement over base rate (above 0 better)",
)
LEXICON_COLUMNS = (
    "lexicon",
    "version",
    "claims rescored",
    "claims whose range changes",
    "claims whose hedge is not in this lexicon",
    "claims whose range is not from a lexicon",
    "documents",
    "Brier score (0 best to 1 worst)",
    "Brier score, 95% interval from",
    "Brier score, 95% interval to",
    "improvement over base rate (above 0 better)",
    "improvement, 95% interval from",
    "improvement, 95% interval to",
    "difference to the improvement as registered",
    "difference, 95% interval from",
    "difference, 95% interval to",
    "why there is no interval",
)


class _Echo:
    """A file that hands back what is written to it, so that rows leave one by one."""

    def write(self, line: str) -> str:
        return line


def claims_csv(report: Report) -> Iterator[str]:
    """The claims of a report as lines of CSV, one claim each, under one line of column names."""
    writer = csv.writer(_Echo())
    yield writer.writerow(CSV_COLUMNS)
    for row in _rows(report):
        yield writer.writerow(
            (
                row.claim_id,
                plain(row.claimant_name),
                plain(row.claim.statement),
                plain(row.hedge),
                row.get_standing_display().lower(),
                row.due_on.isoformat(),
                row.cluster,
                row.low,
                row.high,
                row.get_range_source_display(),
                row.base_rate,
                _or_empty(row.outcome),
                _or_empty(row.score),
                _or_empty(row.improvement),
            )
        )


def lexicons_csv(report: Report) -> Iterator[str]:
    """The figures of a report under other lexicons as lines of CSV, one lexicon each.

    The column names alone for a report that was published before there were any.
    """
    writer = csv.writer(_Echo())
    yield writer.writerow(LEXICON_COLUMNS)
    for one in report.figures.get("lexicons", []):
        counts = ("rescored", "changed", "not_in_lexicon", "not_by_lexicon")
        figures = [one[name] for name in ("score", "improvement", "difference")]
        ends = [figure[end] for figure in figures for end in ("value", "low", "high")]
        yield writer.writerow(
            (
                plain(one["name"]),
                one["version"],
                *(one[name] for name in counts),
                one["improvement"]["clusters"],
                *(_or_empty(end) for end in ends),
                one["improvement"]["reason"],
            )
        )


def report_json(report: Report) -> dict[str, Any]:
    """Everything of a report: figures, rows, and what a recomputation needs."""
    return {
        "number": report.number,
        "title": report.title,
        "period_start": report.period_start.isoformat(),
        "period_end": report.period_end.isoformat(),
        "cutoff": report.cutoff.isoformat(),
        "seed": report.seed,
        "code_version": report.code_version,
        "published_at": report.published_at.isoformat(),
        "figures": report.figures,
        "claims": [_claim(row) for row in _rows(report)],
    }


def _claim(row: ReportedClaim) -> dict[str, Any]:
    return {
        "claim": row.claim_id,
        "claimant": row.claimant_id,
        "claimant_name": row.claimant_name,
        "statement": row.claim.statement,
        "hedge": row.hedge,
        "standing": row.standing,
        "due_on": row.due_on.isoformat(),
        "document": row.cluster,
        "low": row.low,
        "high": row.high,
        "range_source": row.range_source,
        "base_rate": row.base_rate,
        "outcome": row.outcome,
        "score": row.score,
        "improvement": row.improvement,
    }


def _rows(report: Report) -> Iterator[ReportedClaim]:
    rows = report.claims.select_related("claim").only(
        "claimant_name", "claimant_id", "hedge", "standing", "due_on", "cluster", "low", "high",
        "range_source", "base_rate", "outcome", "score", "improvement", "report_id", "claim__statement",
    )  # fmt: skip
    return rows.order_by("claim_id").iterator(chunk_size=2000)


def _or_empty(value: float | None) -> float | str:
    return "" if value is None else value
