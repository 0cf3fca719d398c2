"""Writes of the claims room, one file per noun."""

from claims.services.claims import (
    amend_claim,
    drop_claim,
    drop_proposals,
    edit_claim,
    fix_base_rate,
    keep_claim,
    make_claim,
    set_checkpoints,
    withdraw_claim,
)
from claims.services.corrections import correct_article
from claims.services.drafts import save_draft
from claims.services.evidence import (
    accept_evidence,
    link_evidence,
    reject_evidence,
    undo_evidence,
)
from claims.services.house_lexicons import activate_lexicon, edit_lexicon, make_house_lexicon
from claims.services.imputations import impute, settle_imputations, use_one_imputation
from claims.services.lexicons import load_lexicons
from claims.services.matching import match_registered_claim, match_waiting_events, unmatched_claims
from claims.services.progress import begin_reading, note_progress
from claims.services.proposals import propose_claims
from claims.services.registration import (
    content_hash,
    conventional_checkpoints,
    register_claim,
)

__all__ = [
    "accept_evidence",
    "activate_lexicon",
    "amend_claim",
    "begin_reading",
    "content_hash",
    "conventional_checkpoints",
    "correct_article",
    "drop_claim",
    "drop_proposals",
    "edit_claim",
    "edit_lexicon",
    "fix_base_rate",
    "impute",
    "keep_claim",
    "link_evidence",
    "load_lexicons",
    "make_claim",
    "make_house_lexicon",
    "match_registered_claim",
    "match_waiting_events",
    "note_progress",
    "propose_claims",
    "register_claim",
    "reject_evidence",
    "save_draft",
    "set_checkpoints",
    "settle_imputations",
    "undo_evidence",
    "unmatched_claims",
    "use_one_imputation",
    "withdraw_claim",
]
