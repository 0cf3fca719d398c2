"""Writes of the reviews room, one file per noun."""

from reviews.services.checkpoints import open_due_checkpoints
from reviews.services.leases import hand_back, lease_next, return_expired_leases, take_adjudication
from reviews.services.reviews import submit_review

__all__ = [
    "hand_back",
    "lease_next",
    "open_due_checkpoints",
    "return_expired_leases",
    "submit_review",
    "take_adjudication",
]
