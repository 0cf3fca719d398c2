"""Rows of an imported table as the claims they would be, with everything that stands in the way.

The number of queries is the same for one row and for many. What the database's constraints hold is
checked by the functions beside them, since asking the database takes a query for each constraint of
each row; when rows are stored, the constraints themselves have the last word.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Min

from accounts.models import User
from claims.importing import Parsed, parsed
from claims.importing.columns import FIELDS, label
from claims.importing.rows import RowProblem
from claims.models import Claim, ImportRow
from claims.services.drafts import range_by_entry
from claims.services.import_lookups import Ledger
from claims.validators import (
    ClaimProblem,
    check_base_rate,
    check_checkpoints,
    check_horizon,
    check_probability,
    check_test,
    clean_alone,
)

_HORIZON = {"said_on", "opens_on", "due_earliest", "due_on", "due_latest", "kind"}
# Each with the field whose column a problem is shown at, and those that have to be read for it: a cell
# that could not be read is not said to be missing too.
CHECKS: tuple[tuple[str, set[str], Callable[[Claim, Parsed], None]], ...] = (
    (
        "low",
        {"low", "high"},
        lambda claim, _: check_probability(claim.probability_low, claim.probability_high),
    ),
    ("reference_class", set(), lambda _, row: _check_base_rate(row)),
    ("due_on", _HORIZON, lambda claim, _: check_horizon(claim)),
    (
        "checkpoints",
        _HORIZON | {"checkpoints"},
        lambda claim, row: check_checkpoints(claim, row.checkpoints),
    ),
    ("failed_if", set(), lambda claim, _: check_test(claim)),
)
_ORDER = {label(name): place for place, name in enumerate(FIELDS)}
READ_BY_CODERS = (
    "nobody here has read this claim, so its range can not be one that was read; leave it empty, or "
    "say that the author declared it"
)


@dataclass(slots=True)
class Judged:
    """A row, the claim it would be, and why it cannot be stored: problems, or that it is known."""

    row: ImportRow
    parsed: Parsed
    claim: Claim
    problems: list[RowProblem] = field(default_factory=list)
    known: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether it can be stored."""
        return not self.problems and not self.known

    @property
    def is_new_claimant(self) -> bool:
        """Whether its claimant would be added."""
        return bool(self.parsed.claimant) and self.claim.claimant is None


def judged(rows: Sequence[ImportRow], *, by: User | None) -> list[Judged]:
    """Each row as the claim it would be, for somebody who looks at it. The rows are of one import, in
    its order.
    """
    read = [(row, parsed(row.values)) for row in rows]
    ledger = Ledger([one for _, one in read], by=by)
    first = _first_of_its_kind(rows)
    return [_judged(row, one, ledger, first) for row, one in read]


def _judged(row: ImportRow, read: Parsed, ledger: Ledger, first: dict[str, int]) -> Judged:
    claim = Claim(**read.fields, claimant=ledger.claimant_of(read))
    one = Judged(row, read, claim, problems=list(read.problems))
    wrong = {where for where, _ in read.problems}
    _settle_range(one, ledger, wrong)
    for name, read_for_it, check in CHECKS:
        if not wrong & set(map(label, read_for_it)):
            _note(one, label(name), lambda check=check: check(claim, read))  # type: ignore[misc]
    one.problems += _of_single_fields(claim)
    one.problems.sort(key=lambda problem: _ORDER.get(problem[0], -1))
    if not one.problems:
        one.known = _known(one, ledger, first)
    return one


def _check_base_rate(row: Parsed) -> None:
    if row.base_rate:
        check_base_rate(row.base_rate["reference_class"], row.base_rate["source"])


def _settle_range(one: Judged, ledger: Ledger, wrong: set[str]) -> None:
    """The range by the hedge, as a form gives it; one that coders read cannot come out of a table."""
    source = Claim.ProbabilitySource
    named = one.parsed.lexicon
    lexicon = ledger.lexicon_named(named) if named else ledger.active
    if named and lexicon is None:
        one.problems.append((label("lexicon"), f"“{named[:60]}” is none of the lexicons here"))
        return
    claim = one.claim
    entry = ledger.entry(lexicon, claim.hedge)
    typed = (claim.probability_low, claim.probability_high)
    untold = "probability_source" not in one.parsed.fields
    if untold and entry and claim.is_scored and typed == (None, None):
        claim.probability_source = source.LEXICON
    if claim.probability_source == source.IMPUTED:
        one.problems.append((label("probability_source"), READ_BY_CODERS))
    if claim.probability_source != source.LEXICON or wrong & {label("low"), label("high")}:
        return
    if entry is None:
        # Extraction reads more than the table lists ("not likely"); its reading stays.
        claim.lexicon = lexicon if named else None
        return
    _note(one, label("low"), lambda: _take(claim, range_by_entry(entry, typed=typed)))


def _take(claim: Claim, fields: dict[str, object]) -> None:
    for name, value in fields.items():
        setattr(claim, name, value)


def _note(one: Judged, column: str, check: Callable[[], None]) -> None:
    try:
        check()
    except ClaimProblem as problem:
        one.problems.append((column, str(problem).rstrip(".")))


def _of_single_fields(claim: Claim) -> list[RowProblem]:
    """Texts that are too long, in the words of their model."""
    try:
        # What is missing or unreadable was named before.
        unsaid = [name for name in ("said_on", "statement") if not getattr(claim, name)]
        clean_alone(claim, but=unsaid)
    except ValidationError as error:
        return [
            (label(name) if name in FIELDS else "", words.rstrip("."))
            for name, messages in error.message_dict.items()
            for words in messages
            if words
        ]
    return []


def _first_of_its_kind(rows: Sequence[ImportRow]) -> dict[str, int]:
    """The number of the first sound row of the table that says what these say, by claim key."""
    alike = ImportRow.objects.filter(
        claim_import__in={row.claim_import_id for row in rows},
        claim_key__in={row.claim_key for row in rows},
        state__in=[ImportRow.State.SOUND, ImportRow.State.STORED],
    )
    counted = alike.order_by().values("claim_key").annotate(first=Min("number"))
    return {one["claim_key"]: one["first"] for one in counted}


def _known(one: Judged, ledger: Ledger, first: dict[str, int]) -> str:
    """Where the same claim stands already, in words; "" where it is new."""
    number = first.setdefault(one.row.claim_key, one.row.number)
    if number < one.row.number:
        return f"says the same as row {number}"
    if claim := ledger.same_claim(one.parsed, one.claim, one.row.document_id):
        return f"is in the ledger already, as claim {claim}"
    # Whoever the row says it is by and from where, or one could try until one has guessed it.
    return "this quote is in the ledger already" if ledger.hides(one.parsed.quote) else ""
