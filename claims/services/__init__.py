"""Writes of the claims room, one file per noun."""

from claims.services.bulk import drop_drafts, edit_drafts, register_drafts
from claims.services.claims import (
    drop_claim,
    drop_proposals,
    edit_claim,
    fix_base_rate,
    keep_claim,
    make_claim,
    set_checkpoints,
)
from claims.services.colleagues import comment_on_claim, hand_over
from claims.services.corrections import correct_article
from claims.services.drafts import save_draft
from claims.services.evidence import (
    accept_evidence,
    link_evidence,
    reject_evidence,
    undo_evidence,
)
from claims.services.evidence_several import accept_several, reject_several, undo_last
from claims.services.hand_events import correct_event, take_back_event
from claims.services.house_lexicons import activate_lexicon, edit_lexicon, make_house_lexicon
from claims.services.imports import begin_import, cancel_import, store_import, work_on_import
from claims.services.imputations import impute, settle_imputations, use_one_imputation
from claims.services.learning import learn, rescore_waiting, weights_in_use
from claims.services.lexicons import load_lexicons
from claims.services.life import (
    amend_claim,
    follow_claim,
    mark_duplicate,
    unfollow_claim,
    withdraw_claim,
)
from claims.services.likelihood_ratios import set_likelihood_ratio
from claims.services.matching import (
    compare_stale_claims_again,
    match_registered_claim,
    match_waiting_events,
    unmatched_claims,
)
from claims.services.model_proposals import ask_model_next
from claims.services.notices import (
    see_notice,
    tell_claim,
    tell_of_notices,
    watch_leaned_on_pages,
)
from claims.services.progress import begin_reading, note_progress, put_off_reading
from claims.services.proposals import propose_claims
from claims.services.pruning import prune_old_documents
from claims.services.registration import (
    content_hash,
    conventional_checkpoints,
    register_claim,
)
from claims.services.saved_views import remove_view, save_view
from claims.services.take_backs import take_back_event_imports
from claims.services.words import set_claim_words

__all__ = [
    "accept_evidence",
    "accept_several",
    "activate_lexicon",
    "amend_claim",
    "ask_model_next",
    "begin_import",
    "begin_reading",
    "cancel_import",
    "comment_on_claim",
    "compare_stale_claims_again",
    "content_hash",
    "conventional_checkpoints",
    "correct_article",
    "correct_event",
    "drop_claim",
    "drop_drafts",
    "drop_proposals",
    "edit_claim",
    "edit_drafts",
    "edit_lexicon",
    "fix_base_rate",
    "follow_claim",
    "hand_over",
    "impute",
    "keep_claim",
    "learn",
    "link_evidence",
    "load_lexicons",
    "make_claim",
    "make_house_lexicon",
    "mark_duplicate",
    "match_registered_claim",
    "match_waiting_events",
    "note_progress",
    "propose_claims",
    "prune_old_documents",
    "put_off_reading",
    "register_claim",
    "register_drafts",
    "reject_evidence",
    "reject_several",
    "remove_view",
    "rescore_waiting",
    "save_draft",
    "save_view",
    "see_notice",
    "set_checkpoints",
    "set_claim_words",
    "set_likelihood_ratio",
    "settle_imputations",
    "store_import",
    "take_back_event",
    "take_back_event_imports",
    "tell_claim",
    "tell_of_notices",
    "undo_evidence",
    "undo_last",
    "unfollow_claim",
    "unmatched_claims",
    "use_one_imputation",
    "watch_leaned_on_pages",
    "weights_in_use",
    "withdraw_claim",
    "work_on_import",
]
