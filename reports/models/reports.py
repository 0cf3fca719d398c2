"""Numbered, frozen accuracy reports."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from claims.models import Claim
from sources.models import Claimant


class Report(models.Model):
    """The figures of one period: which claims fell due, and how they did. Frozen from its first moment.

    Everything that a recomputation needs stands in it: period, cut-off, seed, code version, and in
    its figures the versions of the lexicons. Only whether the public may read it can change.
    """

    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=200)
    period_start = models.DateField(help_text="First due date of the cohort.")
    period_end = models.DateField(help_text="Last due date of the cohort.")
    cutoff = models.DateTimeField(help_text="Verdicts later than this are not in it.")
    seed = models.BigIntegerField()
    code_version = models.CharField(max_length=40)
    figures = models.JSONField()
    is_public = models.BooleanField(default=False)
    schedule = models.ForeignKey(
        "ReportSchedule", on_delete=models.PROTECT, null=True, related_name="reports"
    )
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                name="report_period_in_order", condition=Q(period_start__lte=F("period_end"))
            ),
            # Two schedulers at once publish one report.
            models.UniqueConstraint(
                name="report_once_per_schedule_and_period", fields=["schedule", "period_end"]
            ),
        ]

    def __str__(self) -> str:
        return f"Report {self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.number])


class ReportedClaim(models.Model):
    """One claim as a report counted it. Append-only, like the report."""

    class Standing(models.TextChoices):
        SCORED = "scored"
        UNRESOLVED = "unresolved"
        NOT_YET = "not_yet", "not yet"
        TOO_VAGUE = "too_vague", "too vague"
        CONDITION_NOT_MET = "condition_not_met", "condition not met"
        UNVERIFIABLE = "unverifiable"
        WITHDRAWN = "withdrawn"
        SUPERSEDED = "superseded"
        DUPLICATE = "duplicate"

    class RangeSource(models.TextChoices):
        LEXICON = "lexicon", "from the hedge, by a lexicon"
        DECLARED = "declared", "declared by the author"
        TWO_READERS = "two_readers", "read by two people, blind to each other"
        ONE_READER = "one_reader", "read by one person alone"
        UNSTATED = "unstated", "not said"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="claims")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="+")
    claimant_name = models.CharField(max_length=200, help_text="As it was when published.")
    standing = models.CharField(max_length=20, choices=Standing)
    hedge = models.CharField(max_length=100, blank=True)
    range_source = models.CharField(
        max_length=12,
        choices=RangeSource,
        blank=True,
        default="",
        help_text="How the range came about; empty where the report is older than this column.",
    )
    due_on = models.DateField()
    cluster = models.BigIntegerField(help_text="Document the claim came from.")
    low = models.FloatField()
    high = models.FloatField()
    base_rate = models.FloatField()
    outcome = models.FloatField(null=True)
    score = models.FloatField(null=True, help_text="Brier score of the range.")
    improvement = models.FloatField(null=True, help_text="Brier improvement over the base rate.")

    class Meta:
        ordering = ["claim"]
        constraints = [
            models.UniqueConstraint(name="reported_claim_once", fields=["report", "claim"]),
            models.CheckConstraint(
                name="reported_claim_scored_has_figures",
                condition=Q(
                    standing="scored",
                    outcome__isnull=False,
                    score__isnull=False,
                    improvement__isnull=False,
                )
                | (
                    ~Q(standing="scored")
                    & Q(outcome__isnull=True, score__isnull=True, improvement__isnull=True)
                ),
            ),
        ]
        indexes = [models.Index(name="reported_claim_claimant", fields=["claimant", "report"])]

    def __str__(self) -> str:
        return f"{self.claim} in report {self.report.number}"
