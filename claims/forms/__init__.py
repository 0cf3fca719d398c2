"""The forms of the claims room, one file per noun. Each knows which service its values are for."""

from claims.forms.bulk import BulkForm
from claims.forms.claims import ClaimForm
from claims.forms.documents import CorrectForm, IntakeForm, QuoteForm
from claims.forms.events import AddressForm, EventCorrectForm, EventForm
from claims.forms.evidence import EvidenceForm, LinkForm, RejectForm, SeveralForm
from claims.forms.imports import ClaimImportForm
from claims.forms.imputations import ImputeForm
from claims.forms.lexicons import HouseLexiconForm, LexiconForm
from claims.forms.notices import MarkForm
from claims.forms.words import ClaimWordsForm

__all__ = [
    "AddressForm",
    "BulkForm",
    "ClaimForm",
    "ClaimImportForm",
    "ClaimWordsForm",
    "CorrectForm",
    "EventCorrectForm",
    "EventForm",
    "EvidenceForm",
    "HouseLexiconForm",
    "ImputeForm",
    "IntakeForm",
    "LexiconForm",
    "LinkForm",
    "MarkForm",
    "QuoteForm",
    "RejectForm",
    "SeveralForm",
]
