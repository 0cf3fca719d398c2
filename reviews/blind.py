"""A checkpoint as somebody sees it who does not know who said the claim or who published it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from accounts.models import User
from claims.models import Checkpoint, Claim, Evidence
from claims.notices import marks_under
from reviews.lines import rating_of
from reviews.masking import masked, without_grades
from reviews.models import Appeal, Assignment, Review

# Characters of the text shown on each side of the quote, and as many more masked with them, so that no
# name is cut in two.
AROUND = 320
MORE = 200
# Of a report's text so much is shown.
LONGEST_REPORT = 50_000


@dataclass(frozen=True, slots=True)
class BlindClaim:
    """The texts of a claim, masked."""

    statement: str
    held_if: str
    failed_if: str
    condition: str
    metric: str
    threshold: str
    horizon: str
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class BlindEvidence:
    """One piece of evidence, masked. `source` is its publisher, `rating` in NATO's two scales."""

    number: int
    title: str
    passage: str
    day: date
    source: str
    rating: str
    mark: str


@dataclass(frozen=True, slots=True)
class BlindSides:
    """Evidence by the side it was linked on, in the order of time."""

    label: str
    tone: str
    rows: list[BlindEvidence]


def evidence_until(checkpoint: Checkpoint) -> list[Evidence]:
    """The accepted evidence of what had happened by a checkpoint, by time."""
    return list(
        Evidence.objects.accepted(until=checkpoint.due_on)
        .filter(claim=checkpoint.claim_id)
        .select_related("event", "document__publisher")
        .defer("document__text")
    )


def blind_claim(claim: Claim, names: Sequence[str]) -> BlindClaim:
    """The claim without these names. Without any, it is shown as it is."""
    quote = claim.quote
    text = quote.document.text
    before = masked(text[max(quote.start - AROUND - MORE, 0) : quote.start], names)
    after = masked(text[quote.end : quote.end + AROUND + MORE], names)
    plain = ("statement", "held_if", "failed_if", "condition", "metric", "threshold", "horizon")
    return BlindClaim(
        **{name: masked(getattr(claim, name), names) for name in plain},
        before=_end_of(before),
        quote=masked(quote.exact, names),
        after=_start_of(after),
    )


def _end_of(text: str) -> str:
    """The last words of a text, beginning neither within a word nor within a mask."""
    if len(text) <= AROUND:
        return text
    words = text[-AROUND:].partition(" ")[2]
    return "… " + re.sub(r"^[^\[\]]*\]", "", words).lstrip()


def _start_of(text: str) -> str:
    """The first words of a text, ending neither within a word nor within a mask."""
    if len(text) <= AROUND:
        return text
    words = text[:AROUND].rpartition(" ")[0]
    return re.sub(r"\[[^\]]*$", "", words).rstrip() + " …"


def blind_evidence(evidence: Sequence[Evidence], names: Sequence[str]) -> list[BlindSides]:
    """Evidence for, against and either way, without these names; sides without any are left out."""
    marks = marks_under(evidence)
    sides = [
        (
            "Linked as speaking for it",
            "tone-for",
            [one for one in evidence if (one.stance or 0) > 0],
        ),
        (
            "Linked as speaking against it",
            "tone-against",
            [one for one in evidence if (one.stance or 0) < 0],
        ),
        (
            "Linked as bearing on it either way",
            "tone-neutral",
            [one for one in evidence if not one.stance],
        ),
    ]
    return [
        BlindSides(label, tone, [_blind(one, names, marks.get(one.pk, "")) for one in rows])
        for label, tone, rows in sides
        if rows
    ]


def _blind(one: Evidence, names: Sequence[str], mark: str) -> BlindEvidence:
    title = masked(one.event.title, names)
    passage = masked(one.passage, names)
    return BlindEvidence(
        number=one.pk,
        title=title,
        passage=passage if passage != title else "",
        day=one.event.occurred_on,
        source=masked(str(one.document.publisher or ""), names),
        rating=rating_of(one),
        mark=mark,
    )


def blind_report(one: Evidence, names: Sequence[str]) -> tuple[str, str]:
    """Title and text of the report as it was captured, without these names."""
    text = masked(one.document.text[: LONGEST_REPORT + MORE], names)
    return masked(one.document.title, names), text[:LONGEST_REPORT]


def blind_reasons(assignment: Assignment, names: Sequence[str]) -> list[str]:
    """The reasons of those who judged, for whoever settles it or decides on an appeal: without grades and without any name,
    in an order that tells nothing of who said what."""
    if assignment.role == Assignment.Role.REVIEW:
        return []
    reviews = Review.objects.filter(
        assignment__checkpoint=assignment.checkpoint_id,
        assignment__round=assignment.round,
        assignment__role=Assignment.Role.REVIEW,
    ).select_related("assignment__reviewer")
    votes = list(reviews)
    people = [name for vote in votes for name in _names_of_voter(vote)]
    hidden = sorted({*names, *people}, key=len, reverse=True)
    votes.sort(key=lambda vote: sha256(f"{vote.pk} {vote.reason}".encode()).digest())
    return [without_grades(masked(vote.reason, hidden)) for vote in votes]


def blind_appeals(appeals: Sequence[Appeal], names: Sequence[str]) -> list[str]:
    """What was said against a verdict, without these names and without those of who said it."""
    people = [name for one in appeals for name in _names_of_person(one.by)]
    hidden = sorted({*names, *people}, key=len, reverse=True)
    return [masked(one.words, hidden) for one in appeals]


def _names_of_voter(vote: Review) -> list[str]:
    return _names_of_person(vote.assignment.reviewer)


def _names_of_person(voter: User | None) -> list[str]:
    names = (
        [voter.get_full_name(), voter.first_name, voter.last_name, voter.username] if voter else []
    )
    return [name for name in names if name]
