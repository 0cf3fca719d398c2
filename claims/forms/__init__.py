"""The forms of the claims room, one file per noun. Each knows which service its values are for."""

from claims.forms.bulk import BulkForm
from claims.forms.claims import ClaimForm
from claims.forms.documents import CorrectForm, IntakeForm, QuoteForm
from claims.forms.events import AddressForm, EventForm
from claims.forms.evidence import EvidenceForm, LinkForm
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
    "EventForm",
    "EvidenceForm",
    "HouseLexiconForm",
    "ImputeForm",
    "IntakeForm",
    "LexiconForm",
    "LinkForm",
    "MarkForm",
    "QuoteForm",
]
