"""The lease of one checkpoint to one person."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from claims.models import Checkpoint, Claim


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Reads of assignments."""

    def for_review(self) -> "AssignmentQuerySet":
        """Ordinary blind reviews."""
        return self.filter(role=Assignment.Role.REVIEW)

    def for_adjudication(self) -> "AssignmentQuerySet":
        """Disagreements that a lead settles."""
        return self.filter(role=Assignment.Role.ADJUDICATION)

    def for_appeal(self) -> "AssignmentQuerySet":
        """Verdicts that somebody appealed."""
        return self.filter(role=Assignment.Role.APPEAL)

    def waiting(self) -> "AssignmentQuerySet":
        """Open to whoever may take them."""
        return self.filter(state=Assignment.State.OPEN)

    def unfinished(self) -> "AssignmentQuerySet":
        """Open or leased: what is found there is still to come."""
        return self.exclude(state=Assignment.State.DONE)

    def of_standing_claims(self) -> "AssignmentQuerySet":
        """Those of claims that are registered, and neither withdrawn nor superseded since."""
        return self.filter(checkpoint__claim__status=Claim.Status.REGISTERED)

    def leased_to(self, user: models.Model) -> "AssignmentQuerySet":
        """What somebody holds right now."""
        return self.filter(state=Assignment.State.LEASED, reviewer=user)

    def expired(self, *, at: datetime | None = None) -> "AssignmentQuerySet":
        """Leases whose time has run out."""
        return self.filter(
            state=Assignment.State.LEASED, lease_expires_at__lte=at or timezone.now()
        )


class Assignment(models.Model):
    """One seat at a checkpoint: as many exist as reviewers are needed, so none is leased too often."""

    class Role(models.TextChoices):
        REVIEW = "review"
        ADJUDICATION = "adjudication"
        APPEAL = "appeal"

    class State(models.TextChoices):
        OPEN = "open"
        LEASED = "leased"
        DONE = "done"

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role, default=Role.REVIEW)
    seat = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    leased_at = models.DateTimeField(null=True)
    lease_expires_at = models.DateTimeField(null=True)
    round = models.PositiveSmallIntegerField(
        default=1, help_text="How often the checkpoint was opened; each round makes one verdict."
    )
    again = models.BooleanField(
        db_default=False, help_text="A lead lets those who sat in earlier rounds take it."
    )
    opened_at = models.DateTimeField(db_default=Now())
    place = models.IntegerField(
        default=0, help_text="Where it stands in the queue, the smallest first: reviews/urgency.py."
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="assignment_seat_once", fields=["checkpoint", "role", "seat"]
            ),
            # Nobody sits twice at one checkpoint, and who reviewed never adjudicates; where too few
            # people are left for a further round, a lead lets the same sit again, once in that round.
            models.UniqueConstraint(
                name="assignment_person_once_per_checkpoint",
                fields=["checkpoint", "reviewer"],
                condition=Q(again=False),
            ),
            models.UniqueConstraint(
                name="assignment_person_once_per_round",
                fields=["checkpoint", "reviewer", "round"],
            ),
            models.CheckConstraint(
                name="assignment_lease_is_whole",
                condition=Q(
                    state="open",
                    reviewer__isnull=True,
                    leased_at__isnull=True,
                    lease_expires_at__isnull=True,
                )
                | Q(
                    state__in=["leased", "done"],
                    reviewer__isnull=False,
                    leased_at__isnull=False,
                    lease_expires_at__isnull=False,
                ),
            ),
        ]
        indexes = [
            # The queue reads it in order, and stops at the first seat that somebody may take.
            models.Index(
                name="assignment_waiting", fields=["role", "place", "id"], condition=Q(state="open")
            ),
            models.Index(name="assignment_held", fields=["reviewer"], condition=Q(state="leased")),
            models.Index(
                name="assignment_leased",
                fields=["lease_expires_at"],
                condition=Q(state="leased"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} seat {self.seat} of {self.checkpoint}"

    def get_absolute_url(self) -> str:
        page = "appeal_decide" if self.role == self.Role.APPEAL else "judge"
        return reverse(f"reviews:{page}", args=[self.pk])

    def has_expired(self, *, at: datetime) -> bool:
        """Whether it is leased and its time has run out."""
        return self.state == self.State.LEASED and (
            self.lease_expires_at is not None and self.lease_expires_at <= at
        )
