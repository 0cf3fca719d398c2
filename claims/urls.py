"""Addresses of the claims room. A claim's own page, `claim`, stands in reviews."""

from django.urls import path

from claims.views import claims, documents, events, evidence, imputations, lexicons

urlpatterns = [
    path("intake/", documents.intake, name="intake"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/progress/", documents.document_progress, name="document_progress"),
    path("documents/<int:pk>/correct/", documents.document_correct, name="document_correct"),
    path("documents/<int:pk>/drop/", documents.document_drop, name="document_drop"),
    path("documents/<int:pk>/quote/", documents.quote_claim, name="quote_claim"),
    path("claims/", claims.claims, name="claims"),
    path("claims/<int:pk>/keep/", documents.claim_keep, name="claim_keep"),
    path("claims/<int:pk>/drop/", documents.claim_drop, name="claim_drop"),
    path("claims/<int:pk>/edit/", claims.claim_edit, name="claim_edit"),
    path("claims/<int:pk>/register/", claims.claim_register, name="claim_register"),
    path("claims/<int:pk>/amend/", claims.claim_amend, name="claim_amend"),
    path("claims/<int:pk>/withdraw/", claims.claim_withdraw, name="claim_withdraw"),
    path("claims/<int:pk>/impute/", imputations.impute, name="impute"),
    path("readings/", imputations.readings, name="readings"),
    path("lexicons/", lexicons.lexicons, name="lexicons"),
    path("lexicons/<int:pk>/", lexicons.lexicon, name="lexicon"),
    path("lexicons/<int:pk>/house/", lexicons.lexicon_house, name="lexicon_house"),
    path("lexicons/<int:pk>/edit/", lexicons.lexicon_edit, name="lexicon_edit"),
    path("lexicons/<int:pk>/activate/", lexicons.lexicon_activate, name="lexicon_activate"),
    path("inbox/", evidence.inbox, name="inbox"),
    path("inbox/<int:pk>/accept/", evidence.evidence_accept, name="evidence_accept"),
    path("inbox/<int:pk>/reject/", evidence.evidence_reject, name="evidence_reject"),
    path("inbox/<int:pk>/undo/", evidence.evidence_undo, name="evidence_undo"),
    path("events/", events.events, name="events"),
    path("events/add/", events.event_add, name="event_add"),
    path("events/import/", events.import_events, name="import_events"),
    path("events/<int:pk>/", events.event, name="event"),
    path("events/<int:pk>/link/", events.event_link, name="event_link"),
]
