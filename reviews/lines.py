"""The plumb line of a claim: what was said, what happened, how it was judged, in the order of time."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format

from claims.models import Claim, Evidence
from claims.plumb_figure import NOT_SHOWN
from reviews.outcomes import GRADE_VALUES
from reviews.queries import CheckpointState

Row = dict[str, Any]


def plumb_line(
    claim: Claim,
    evidence: Iterable[Evidence],
    states: Iterable[CheckpointState],
    *,
    today: date,
    hidden_events: Collection[int] = (),
    after: date | None = None,
    until: date | None = None,
    marks: Mapping[int, str] | None = None,
) -> list[Row]:
    """Rows for components/plumb_line.html. Within a day: said, evidence, checkpoints, today.

    Of `hidden_events`, by number, only their day and side are told: who looks may have to judge blind
    what they report. Of the other rows those later than `after`, and up to `until`, stand in it:
    a page of a long line. `marks` gives "retracted" or "corrected" by the numbers of links.
    """
    dated: list[tuple[date, int, Row]] = [(claim.said_on, 0, _said(claim))]
    if claim.registered_at and claim.registered_at.date() > claim.said_on:
        dated.append((claim.registered_at.date(), 1, _registered(claim)))
    found: list[tuple[date, int, Row]] = []
    for one in evidence:
        row = evidence_row(one, mark=(marks or {}).get(one.pk, ""))
        if one.event.standing_id in hidden_events:
            row |= {
                "title": NOT_SHOWN,
                "passage": "",
                "href": "",
                "meta": _day(one.event.occurred_on),
            }
        found.append((one.event.occurred_on, 2, row))
    dated += [(one.checkpoint.due_on, 3, checkpoint_row(one, today=today)) for one in states]
    dated.append((today, 4, {"kind": "today", "label": _day(today)}))
    found += [
        entry
        for entry in dated
        if (after is None or entry[0] > after) and (until is None or entry[0] <= until)
    ]
    found.sort(key=lambda entry: entry[:2])
    return _with_years(found)


def _with_years(dated: list[tuple[date, int, Row]]) -> list[Row]:
    """A year's number stands before its first row, but for the first year, whose day is written out."""
    rows: list[Row] = []
    year = dated[0][0].year
    for day, _, row in dated:
        if day.year != year:
            year = day.year
            rows.append({"kind": "year", "label": str(year)})
        rows.append(row)
    return rows


def _said(claim: Claim) -> Row:
    return {"kind": "said", "label": "said", "date_label": _day(claim.said_on), "note": ""}


def _registered(claim: Claim) -> Row:
    assert claim.registered_at is not None  # noqa: S101 - the caller looked
    return {
        "kind": "said",
        "label": "registered",
        "date_label": _day(claim.registered_at.date()),
        "note": "locked",
    }


def evidence_row(one: Evidence, *, mark: str = "") -> Row:
    """Evidence leans to the side it speaks for; what is only suggested stays in the middle. `mark` is
    "retracted" or "corrected"."""
    stance = one.stance or 0
    side = "for" if stance > 0 else "against" if stance < 0 else "neutral"
    suggested = one.status == Evidence.Status.SUGGESTED
    return {
        "kind": "evidence",
        "number": one.pk,
        "side": side,
        "weight": 1 + abs(stance),
        "title": one.event.title,
        "meta": _source(one),
        "passage": one.passage if one.passage != one.event.title else "",
        "stance_label": "may bear on it" if suggested else one.get_stance_display(),
        "href": one.event.get_absolute_url(),
        "status": "suggested" if suggested else mark,
    }


def _source(one: Evidence) -> str:
    """Day, publisher with grade and credibility: NATO's two scales stand side by side, as in B2."""
    parts = [_day(one.event.occurred_on)]
    if one.document.publisher:
        parts.append(str(one.document.publisher))
        parts.append(rating_of(one))
    return " · ".join(parts)


def rating_of(one: Evidence) -> str:
    """The publisher's grade and the report's credibility, as in B2; in words where nobody graded it."""
    publisher = one.document.publisher
    if publisher and not publisher.reliability:
        return f"not graded, credibility {one.credibility}" if one.credibility else "not graded"
    return f"{publisher.reliability if publisher else ''}{one.credibility or ''}"


def checkpoint_row(state: CheckpointState, *, today: date) -> Row:
    """A checkpoint with its verdict, or with what it waits for."""
    checkpoint = state.checkpoint
    row = {
        "kind": "checkpoint",
        "date_label": _day(checkpoint.due_on),
        "label": "final checkpoint" if checkpoint.is_final else "checkpoint",
        "final": checkpoint.is_final,
    }
    if state.verdict:
        graded = state.verdict.outcome in GRADE_VALUES
        return row | {
            "state": state.verdict.outcome if graded else "void",
            "outcome": state.verdict.get_outcome_display(),
            "note": f"by {state.verdict.get_basis_display()}",
            "href": f"{reverse('claim', args=[checkpoint.claim_id])}#verdict-{state.verdict.pk}",
        }
    return row | _waiting(state, today)


def _waiting(state: CheckpointState, today: date) -> Row:
    if state.disputed:
        return {"state": "waiting", "outcome": "reviewers differ", "note": "waits for a lead"}
    if state.seats:
        words = f"{state.done} of {len(state.seats)} reviews in"
        return {"state": "waiting", "outcome": "being judged", "note": words}
    if state.checkpoint.claim.status != Claim.Status.REGISTERED:
        return {"state": "void", "outcome": "not judged", "note": "the claim had ended"}
    if state.checkpoint.due_on <= today:
        return {"state": "waiting", "outcome": "due", "note": ""}
    return {"state": "open", "outcome": "to come", "note": ""}


def _day(day: date) -> str:
    return date_format(day, "j M Y")
