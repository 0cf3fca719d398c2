"""The claim: words somebody said, made judgeable, and locked when registered."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, Upper
from django.urls import reverse

from claims.models.base_rates import BaseRate
from claims.models.lexicons import Lexicon
from sources.models import Claimant, Quote

# The database refuses what it could not index for the search, some 200,000 letters in some scripts.
LONGEST_TEXT = 10_000


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Reads of claims."""

    def ledger(self) -> "ClaimQuerySet":
        """Everything that was ever registered."""
        return self.filter(registered_at__isnull=False)

    def drafts(self) -> "ClaimQuerySet":
        """Claims that somebody is still making judgeable."""
        return self.filter(status=Claim.Status.DRAFT)

    def proposals(self) -> "ClaimQuerySet":
        """Claims found in a text that nobody has decided on, best first."""
        return self.filter(status=Claim.Status.PROPOSED).order_by("-rank", "id")


class Claim(models.Model):
    """A judgeable statement with claimant, quote, kind, probability, horizon and test."""

    class Status(models.TextChoices):
        PROPOSED = "proposed"
        DROPPED = "dropped"
        DRAFT = "draft"
        REGISTERED = "registered"
        WITHDRAWN = "withdrawn"
        SUPERSEDED = "superseded"
        DUPLICATE = "duplicate"

    class Kind(models.TextChoices):
        EVENT = "event", "event: X happens by a date"
        QUANTITY = "quantity", "quantity: a metric crosses or lies in a range"
        CONTINUING = "continuing", "continuing: a state that must hold"
        CONDITIONAL = "conditional", "conditional: as long as A, B"
        COMPARISON = "comparison", "comparison: more with X than with Y"
        ASSESSMENT = "assessment", "assessment: kept and linked, not scored"

    class ProbabilitySource(models.TextChoices):
        LEXICON = "lexicon", "the hedge, by a lexicon"
        DECLARED = "declared", "declared by the author"
        IMPUTED = "imputed", "read by coders"

    class Stake(models.IntegerChoices):
        LOW = 1, "low"
        ORDINARY = 2, "ordinary"
        HIGH = 3, "high"

    class Relation(models.TextChoices):
        REPEATS = "repeats", "says it again"
        REPLACES = "replaces", "takes its place"

    class Judged(models.TextChoices):
        AT_DUE = "at_due", "at the due date"
        THROUGHOUT = "throughout", "throughout"

    LEDGER_STATUSES = (Status.REGISTERED, Status.WITHDRAWN, Status.SUPERSEDED, Status.DUPLICATE)

    # What was said, by whom, where.
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="+")
    statement = models.TextField(
        help_text="The claim as one sentence that can be judged by itself.",
        validators=[MaxLengthValidator(LONGEST_TEXT)],
    )
    speaker = models.CharField(max_length=200, blank=True, help_text="As the text names them.")
    claimant = models.ForeignKey(
        Claimant, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    said_on = models.DateField()
    kind = models.CharField(max_length=12, choices=Kind)
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    stake = models.PositiveSmallIntegerField(choices=Stake, default=Stake.ORDINARY)

    # How probable the author made it.
    hedge = models.CharField(max_length=100, blank=True)
    lexicon = models.ForeignKey(
        Lexicon, on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    probability_source = models.CharField(max_length=8, choices=ProbabilitySource, blank=True)
    probability_low = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    probability_high = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    base_rate = models.ForeignKey(
        BaseRate, on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )

    # By when.
    horizon = models.CharField(max_length=200, blank=True, help_text="The time words of the text.")
    opens_on = models.DateField(null=True, blank=True)
    due_earliest = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_latest = models.DateField(null=True, blank=True)

    # What would count.
    condition = models.TextField(blank=True)
    held_if = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_TEXT)])
    failed_if = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_TEXT)])
    metric = models.CharField(max_length=200, blank=True)
    threshold = models.CharField(max_length=200, blank=True)
    judged = models.CharField(max_length=12, choices=Judged, default=Judged.AT_DUE)

    # Its life.
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    reason = models.TextField(blank=True, help_text="Why it was proposed.")
    rank = models.FloatField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    registered_at = models.DateTimeField(null=True, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    content_hash = models.CharField(max_length=64, blank=True)
    matched_at = models.DateTimeField(
        null=True, editable=False, help_text="When it was compared with the events stored before."
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    handed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who is to work on the draft.",
    )
    predecessor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        help_text="The registered claim by the same claimant that this one comes after.",
    )
    relation = models.CharField(max_length=8, choices=Relation, blank=True)
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    search = models.GeneratedField(
        expression=SearchVector("statement", "held_if", "failed_if", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="claim_states_something", condition=~Q(statement="")),
            models.CheckConstraint(
                name="claim_range_in_order",
                condition=Q(probability_low__isnull=True, probability_high__isnull=True)
                | Q(
                    probability_low__gte=0,
                    probability_high__lte=1,
                    probability_low__lte=F("probability_high"),
                ),
                violation_error_message="The range must run from low to high between 0 and 1.",
            ),
            models.CheckConstraint(
                name="claim_due_dates_in_order",
                condition=Q(due_on__isnull=True)
                | Q(
                    opens_on__lte=F("due_earliest"),
                    due_earliest__lte=F("due_on"),
                    due_on__lte=F("due_latest"),
                ),
                violation_error_message="The dates must run: opens, earliest, due, latest.",
            ),
            models.CheckConstraint(
                name="claim_due_after_it_was_said",
                condition=Q(due_on__isnull=True) | Q(due_on__gt=F("said_on")),
                violation_error_message="The due date must come after the day it was said.",
            ),
            models.CheckConstraint(
                name="claim_registered_is_complete",
                condition=Q(registered_at__isnull=True)
                | Q(claimant__isnull=False, kind="assessment")
                | (
                    Q(
                        claimant__isnull=False,
                        probability_low__isnull=False,
                        probability_high__isnull=False,
                        base_rate__isnull=False,
                        due_on__isnull=False,
                    )
                    & ~Q(held_if="")
                    & ~Q(failed_if="")
                ),
            ),
            models.CheckConstraint(
                name="claim_registered_is_hashed",
                condition=Q(registered_at__isnull=True, registered_by__isnull=True, content_hash="")
                | Q(
                    registered_at__isnull=False,
                    registered_by__isnull=False,
                    content_hash__regex=r"^[0-9a-f]{64}$",
                ),
            ),
            models.CheckConstraint(
                name="claim_status_follows_registration",
                condition=Q(registered_at__isnull=True, status__in=["proposed", "dropped", "draft"])
                | Q(
                    registered_at__isnull=False,
                    status__in=["registered", "withdrawn", "superseded", "duplicate"],
                ),
            ),
            models.CheckConstraint(
                name="claim_predecessor_with_relation",
                condition=Q(predecessor__isnull=True, relation="")
                | Q(predecessor__isnull=False, relation__in=["repeats", "replaces"])
                & ~Q(predecessor=F("id")),
            ),
            # A draft that is one is dropped, a registered claim ends.
            models.CheckConstraint(
                name="claim_duplicate_points_to_the_first",
                condition=Q(duplicate_of__isnull=True) & ~Q(status="duplicate")
                | Q(duplicate_of__isnull=False, status__in=["dropped", "duplicate"])
                & ~Q(duplicate_of=F("id")),
            ),
            models.CheckConstraint(name="claim_stake_1_to_3", condition=Q(stake__range=(1, 3))),
        ]
        indexes = [
            GinIndex(name="claim_search", fields=["search"]),
            GinIndex(name="claim_topics", fields=["topics"]),
            models.Index(name="claim_status", fields=["status", "-id"]),
            models.Index(name="claim_registered", fields=["-registered_at"]),
            # Lists are read newest first, or by due date.
            models.Index(name="claim_claimant", fields=["claimant", "-id"]),
            models.Index(name="claim_due", fields=["due_on", "-id"]),
            models.Index(name="claim_said", fields=["said_on", "id"]),
            models.Index(Upper("hedge"), name="claim_hedge"),
            models.Index(
                name="claim_to_read",
                fields=["-id"],
                condition=Q(status="draft", probability_low__isnull=True),
            ),
            models.Index(
                name="claim_handed_to",
                fields=["handed_to"],
                condition=Q(handed_to__isnull=False),
            ),
            models.Index(
                name="claim_unmatched",
                fields=["id"],
                condition=Q(status="registered", matched_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.statement

    def get_absolute_url(self) -> str:
        return reverse("claim", args=[self.pk])

    @property
    def is_registered(self) -> bool:
        """Whether it is locked."""
        return self.registered_at is not None

    @property
    def is_scored(self) -> bool:
        """Whether it can be scored as a forecast."""
        return self.kind != self.Kind.ASSESSMENT
