"""The models of the claims room, one file per noun."""

from claims.models.amendments import Amendment
from claims.models.base_rates import BaseRate
from claims.models.checkpoints import Checkpoint
from claims.models.claims import Claim
from claims.models.evidence import Evidence, EvidenceDecision, Matching
from claims.models.extractions import Extraction, ExtractionProgress
from claims.models.imputations import Imputation
from claims.models.lexicons import Lexicon, LexiconEntry

__all__ = [
    "Amendment",
    "BaseRate",
    "Checkpoint",
    "Claim",
    "Evidence",
    "EvidenceDecision",
    "Extraction",
    "ExtractionProgress",
    "Imputation",
    "Lexicon",
    "LexiconEntry",
    "Matching",
]
