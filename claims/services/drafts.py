"""Saves everything a claim form holds in one step: the claim, its claimant, base rate, checkpoints."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from claims.models import Claim, Lexicon, LexiconEntry
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
    `fix_base_rate` takes. A hedge of the active lexicon gives the range. Raises ClaimProblem.
    """
    changes = {
        **changes,
        **_range_by_lexicon(claim, changes),
        "claimant": named_claimant(claimant, by=by),
        "base_rate": base_rate and fix_base_rate(**base_rate, by=by),
    }
    edited = edit_claim(claim=claim, by=by, **changes)
    set_checkpoints(claim=edited, dates=checkpoints, by=by)
    return edited


def named_claimant(name: str, *, by: User) -> Claimant | None:
    """The claimant of this name or alias, added where nobody has it; None for an empty name."""
    name = name.strip()
    return (claimant_named(name) or add_claimant(name=name, by=by)) if name else None


def entry_for(hedge: str, lexicon: Lexicon | None = None) -> LexiconEntry | None:
    """The range a lexicon, by default the active one, gives a hedge; None where it has none."""
    entries = LexiconEntry.objects.select_related("lexicon").filter(phrase__iexact=hedge.strip())
    if lexicon:
        return entries.filter(lexicon=lexicon).first()
    return entries.filter(lexicon__is_active=True).first()


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
    if typed not in {(None, None), before, (entry.low, entry.high)}:
        raise ClaimProblem(
            f"By {entry.lexicon}, “{entry.phrase}” is {entry.low:.0%} to {entry.high:.0%}. To give "
            "another range, say that the author declared it."
        )
    return {
        "lexicon": entry.lexicon,
        "probability_low": entry.low,
        "probability_high": entry.high,
    }
