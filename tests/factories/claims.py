"""Claims, judgeable ones and registered ones."""

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from accounts.roles import Role
from claims.models import BaseRate, Checkpoint, Claim, Evidence, Lexicon, LexiconEntry
from tests.factories.accounts import UserFactory
from tests.factories.sources import ClaimantFactory, EventFactory, QuoteFactory


class LexiconFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lexicon
        django_get_or_create = ("slug", "version")

    slug = "icd-203"
    version = 1
    name = "ICD 203"
    source = "Intelligence Community Directive 203"
    is_active = True


class LexiconEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LexiconEntry
        django_get_or_create = ("lexicon", "phrase")

    lexicon = factory.SubFactory(LexiconFactory)
    phrase = "likely"
    low = Decimal("0.55")
    high = Decimal("0.80")


class BaseRateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BaseRate
        django_get_or_create = ("reference_class", "probability", "source")

    reference_class = "Trade of two neighbours grows over three years"
    probability = Decimal("0.62")
    source = "Yearly customs figures, own count"


class ClaimFactory(factory.django.DjangoModelFactory):
    """A draft with everything that registration asks for, but for its checkpoints."""

    class Meta:
        model = Claim
        skip_postgeneration_save = True

    quote = factory.SubFactory(QuoteFactory)
    statement = "Trade between the two ports grows in the coming years."
    speaker = "Orlov"
    claimant = factory.SubFactory(ClaimantFactory)
    said_on = date(2023, 3, 21)
    kind = Claim.Kind.CONTINUING
    hedge = "likely"
    lexicon = factory.SubFactory(LexiconFactory)
    probability_source = Claim.ProbabilitySource.LEXICON
    probability_low = Decimal("0.55")
    probability_high = Decimal("0.80")
    base_rate = factory.SubFactory(BaseRateFactory)
    horizon = "in the coming years"
    opens_on = date(2023, 3, 21)
    due_earliest = date(2024, 3, 21)
    due_on = date(2026, 3, 21)
    due_latest = date(2028, 3, 21)
    held_if = "Yearly trade lies above that of 2022 in each year."
    failed_if = "It lies below in two years or more."
    judged = Claim.Judged.THROUGHOUT
    status = Claim.Status.DRAFT


class CheckpointFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Checkpoint

    claim = factory.SubFactory(ClaimFactory)
    due_on = factory.SelfAttribute("claim.due_on")
    is_final = True


class RegisteredClaimFactory(ClaimFactory):
    """A locked claim with one checkpoint, due, and one on each day in `earlier`; registered by `registered_by`."""

    registered_by = factory.SubFactory(UserFactory, username="registrar", roles=[Role.ANALYST])

    @classmethod
    def _create(cls, model_class: type[Claim], *args: object, **fields: object) -> Claim:
        by = fields.pop("registered_by")
        at = fields.pop("registered_at", datetime(2023, 3, 22, tzinfo=UTC))
        earlier = fields.pop("earlier", ())
        claim = super()._create(model_class, *args, **fields)
        if claim.is_scored:
            CheckpointFactory(claim=claim)
            for day in earlier:
                CheckpointFactory(claim=claim, due_on=day, is_final=False)
        claim.status = Claim.Status.REGISTERED
        claim.registered_by = by
        claim.registered_at = at
        claim.content_hash = hashlib.sha256(claim.statement.encode()).hexdigest()
        claim.save()
        return claim


class EvidenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Evidence

    claim = factory.SubFactory(RegisteredClaimFactory)
    event = factory.SubFactory(EventFactory)
    document = factory.LazyAttribute(lambda link: link.event.reports.first().document)
    passage = "Trade between the two ports grew."
    score = 0.7
    reason = "shares: trade, ports"
