"""Saves everything a claim form holds in one step: the claim, its claimant, base rate, checkpoints."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from claims.models import Claim, Lexicon, LexiconEntry
from claims.readings import readings_of
from claims.services.claims import edit_claim, fix_base_rate, set_checkpoints
from claims.validators import ClaimProblem
from sources.models import Claimant
from sources.services import add_claimant, claimant_named


@transaction.atomic
def save_draft(
    *,
    claim: Claim,
    by: User,
    changes: dict[str, Any],
    claimant: str = "",
    base_rate: dict[str, Any] | None = None,
    checkpoints: Sequence[date] = (),
) -> Claim:
    """Edits a claim that is not registered.

    `changes` are fields for `edit_claim`; a claimant nobody knows yet is added; `base_rate` is what
    `fix_base_rate` takes. A hedge of the active lexicon gives the range; one that coders read
    stays unless another source is named. Raises ClaimProblem.
    """
    changes = {
        **changes,
        **_range_by_readings(claim, changes),
        **_range_by_lexicon(claim, changes),
        "claimant": named_claimant(claimant, by=by),
        "base_rate": base_rate and fix_base_rate(**base_rate, by=by),
    }
    edited = edit_claim(claim=claim, by=by, **changes)
    set_checkpoints(claim=edited, dates=checkpoints, by=by)
    return edited


def named_claimant(name: str, *, by: User | None) -> Claimant | None:
    """The claimant of this name or alias, added where nobody has it; None for an empty name."""
    name = name.strip()
    return (claimant_named(name) or add_claimant(name=name, by=by)) if name else None


def entry_for(hedge: str, lexicon: Lexicon | None = None) -> LexiconEntry | None:
    """The range a lexicon, by default the active one, gives a hedge; None where it has none."""
    entries = LexiconEntry.objects.select_related("lexicon").filter(phrase__iexact=hedge.strip())
    if lexicon:
        return entries.filter(lexicon=lexicon).first()
    return entries.filter(lexicon__is_active=True).first()


def _range_by_readings(claim: Claim, changes: dict[str, Any]) -> dict[str, Any]:
    """The range that coders read: where it is asked for, and where nothing is put in its place."""
    imputed = Claim.ProbabilitySource.IMPUTED
    was_read = claim.probability_source == imputed
    typed = (changes.get("probability_low"), changes.get("probability_high"))
    asked = changes.get("probability_source", imputed if was_read else "")
    scored = changes.get("kind", claim.kind) != Claim.Kind.ASSESSMENT
    if was_read and scored and not asked and typed == (None, None):
        # A form opened before the readings came in knows nothing of them.
        asked = imputed
    if asked != imputed:
        return {}
    readings = readings_of(claim)
    if readings.range is None or not (was_read or readings.enough):
        raise ClaimProblem("Two people read a claim, each blind to the other, before that counts.")
    if typed != (None, None):
        # What does not come of the readings is refused, in words, with the rest of the claim.
        return {"probability_source": imputed}
    low, high = readings.range
    return {"probability_source": imputed, "probability_low": low, "probability_high": high}


def _range_by_lexicon(claim: Claim, changes: dict[str, Any]) -> dict[str, Any]:
    if changes.get("probability_source") != Claim.ProbabilitySource.LEXICON:
        return {"lexicon": None}
    hedge = changes.get("hedge", "")
    entry = entry_for(hedge)
    if entry is None:
        # Extraction reads more than the table lists ("not likely"); its reading stays.
        return {} if hedge == claim.hedge else {"lexicon": None}
    typed = (changes.get("probability_low"), changes.get("probability_high"))
    before = (claim.probability_low, claim.probability_high)
    return range_by_entry(entry, typed=(None, None) if typed == before else typed)


def range_by_entry(
    entry: LexiconEntry, *, typed: tuple[Decimal | None, Decimal | None]
) -> dict[str, Any]:
    """The range of a hedge as fields of a claim. Raises ClaimProblem where another was typed."""
    if typed not in {(None, None), (entry.low, entry.high)}:
        raise ClaimProblem(
            f"By {entry.lexicon}, “{entry.phrase}” is {entry.low:.0%} to {entry.high:.0%}. To give "
            "another range, say that the author declared it."
        )
    return {
        "lexicon": entry.lexicon,
        "probability_low": entry.low,
        "probability_high": entry.high,
    }
