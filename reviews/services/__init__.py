"""Writes of the reviews room, one file per noun."""

from reviews.services.appeals import appeal_verdict, decide_appeal
from reviews.services.checkpoints import open_due_checkpoints
from reviews.services.conflicts import declare_conflict, end_conflict
from reviews.services.digests import note_due_digests, send_digest
from reviews.services.drafts import forget_draft, save_draft
from reviews.services.leases import (
    hand_back,
    lease_next,
    postpone,
    return_expired_leases,
    skip,
    take_adjudication,
)
from reviews.services.policies import set_policy
from reviews.services.reopening import let_judge_again, reopen_what_moved
from reviews.services.reviews import submit_review

__all__ = [
    "appeal_verdict",
    "decide_appeal",
    "declare_conflict",
    "end_conflict",
    "forget_draft",
    "hand_back",
    "lease_next",
    "let_judge_again",
    "note_due_digests",
    "open_due_checkpoints",
    "postpone",
    "reopen_what_moved",
    "return_expired_leases",
    "save_draft",
    "send_digest",
    "set_policy",
    "skip",
    "submit_review",
    "take_adjudication",
]
