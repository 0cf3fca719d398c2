"""The models of the claims room, one file per noun."""

from claims.models.amendments import Amendment
from claims.models.base_rates import BaseRate
from claims.models.checkpoints import Checkpoint
from claims.models.claims import Claim
from claims.models.comments import Comment
from claims.models.evidence import Evidence, EvidenceDecision, Matching
from claims.models.extractions import Extraction, ExtractionProgress, ModelExtraction
from claims.models.imports import ClaimImport, ImportRow
from claims.models.imputations import Imputation
from claims.models.lexicons import Lexicon, LexiconEntry
from claims.models.notices import ClaimNotice, NoticeTold
from claims.models.saved_views import SavedView
from claims.models.trainings import Training
from claims.models.words import ClaimWords

__all__ = [
    "Amendment",
    "BaseRate",
    "Checkpoint",
    "Claim",
    "ClaimImport",
    "ClaimNotice",
    "ClaimWords",
    "Comment",
    "Evidence",
    "EvidenceDecision",
    "Extraction",
    "ExtractionProgress",
    "ImportRow",
    "Imputation",
    "Lexicon",
    "LexiconEntry",
    "Matching",
    "ModelExtraction",
    "NoticeTold",
    "SavedView",
    "Training",
]
