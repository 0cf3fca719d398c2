"""What links claims to events."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, Now

from claims.models.claims import Claim
from sources.models import Document, Event


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Reads of evidence. All but `of_one` read what counts: ten copies are not ten proofs."""

    def of_one(self, event: OuterRef | int) -> "EvidenceQuerySet":
        """Links to a standing event and to those that became part of it."""
        return self.filter(event__in=Event.objects.one_with(event).values("pk"))

    def counting(self, *, until: date | None = None) -> "EvidenceQuerySet":
        """Of the links of a claim to events that are one by now, the one that counts.

        That is the one that was accepted, the last of them; else the last decision, or the strongest
        suggestion where none is decided. With `until` of the links to what had happened by then. An
        acceptance goes before a later rejection: whoever set a copy aside before the machine made it
        one with the first did not take back what was accepted of that.
        """
        known = Q(event__occurred_on__lte=until) if until else Q()
        # Looked up rather than joined, and in a case: else the database reads all events, or sorts all
        # links, where fifty are asked for.
        whole = Event.objects.filter(pk=OuterRef("event")).order_by().values("merged_into")
        links = Evidence.objects.of_one(OuterRef(OuterRef("one")))
        links = links.filter(known, claim=OuterRef("claim"))
        accepted = Case(When(status=Evidence.Status.ACCEPTED, then=0), default=1)
        decided_last = F("decided_at").desc(nulls_last=True)
        first = links.order_by(accepted, decided_last, "-score", "pk").values("pk")[:1]
        counts = Case(When(pk=Subquery(first), then=True), default=False)
        return self.filter(known).alias(one=Coalesce(Subquery(whole), "event")).filter(counts)

    def suggested(self) -> "EvidenceQuerySet":
        """What waits for an analyst, strongest first; not what was cut from a week."""
        waiting = Evidence.Status.SUGGESTED
        return (
            self.counting()
            .filter(status=waiting, cut=False, claim__status=Claim.Status.REGISTERED)
            .order_by("-score", "id")
        )

    def never_decided(self) -> "EvidenceQuerySet":
        """Suggestions of the machine that nobody ever decided on, not even for a moment."""
        decided = EvidenceDecision.objects.filter(evidence=OuterRef("pk"))
        return self.filter(~Exists(decided), status=Evidence.Status.SUGGESTED)

    def accepted(self, *, until: date | None = None) -> "EvidenceQuerySet":
        """What an analyst linked, by time of the event; with `until` what had happened by then."""
        accepted = self.counting(until=until).filter(status=Evidence.Status.ACCEPTED)
        return accepted.order_by("event__occurred_on", "id")


# The event that stands for the one that was linked.
ONE = Coalesce("event__merged_into", "event")


class Evidence(models.Model):
    """The link of a claim to an event: suggested, accepted with a stance, or rejected.

    It stays with the event as it was judged. Where events became one, the links of one claim to them
    count as one link: which one is read, never written, so a division counts them apart again.
    """

    class Status(models.TextChoices):
        SUGGESTED = "suggested"
        ACCEPTED = "accepted"
        REJECTED = "rejected"

    class Stance(models.IntegerChoices):
        STRONGLY_UNDERMINES = -2, "strongly undermines"
        UNDERMINES = -1, "undermines"
        NEUTRAL = 0, "bears on it either way"
        SUPPORTS = 1, "supports"
        STRONGLY_SUPPORTS = 2, "strongly supports"

    class Credibility(models.IntegerChoices):
        CONFIRMED = 1, "1 · confirmed by other sources"
        PROBABLY_TRUE = 2, "2 · probably true"
        POSSIBLY_TRUE = 3, "3 · possibly true"
        DOUBTFUL = 4, "4 · doubtful"
        IMPROBABLE = 5, "5 · improbable"
        CANNOT_BE_JUDGED = 6, "6 · truth cannot be judged"

    class RejectReason(models.TextChoices):
        NOT_ABOUT = "not_about", "not about this claim"
        TOO_WEAK = "too_weak", "too weak to matter"
        DUPLICATE = "duplicate", "duplicate of what is linked"
        OUTSIDE_WINDOW = "outside_window", "outside the window"
        OTHER = "other", "other"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", help_text="The report as it was read."
    )
    passage = models.TextField(blank=True)
    score = models.FloatField(default=0)
    reason = models.TextField(blank=True)
    measures = ArrayField(
        models.FloatField(),
        null=True,
        help_text="What the score was made of; none where a person linked.",
    )
    cut = models.BooleanField(
        db_default=False, help_text="More than a person can read was suggested that week."
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.SUGGESTED)
    stance = models.SmallIntegerField(choices=Stance, null=True, blank=True)
    credibility = models.PositiveSmallIntegerField(choices=Credibility, null=True, blank=True)
    likelihood_ratio = models.DecimalField(
        max_digits=5,
        decimal_places=3,
        null=True,
        blank=True,
        help_text="How much likelier the event is if the claim holds than if it fails; it ends with "
        "the acceptance that it was given for.",
    )
    reject_reason = models.CharField(
        max_length=16, choices=RejectReason, blank=True, help_text="The ranking learns from it."
    )
    note = models.TextField(blank=True)
    suggested_at = models.DateTimeField(db_default=Now())
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(name="evidence_once", fields=["claim", "event"]),
            models.CheckConstraint(
                name="evidence_stance_when_accepted",
                condition=Q(status="accepted", stance__range=(-2, 2))
                | (~Q(status="accepted") & Q(stance__isnull=True)),
            ),
            models.CheckConstraint(
                name="evidence_credibility_1_to_6",
                condition=Q(credibility__isnull=True) | Q(credibility__range=(1, 6)),
            ),
            # docs/methods.md, "Running estimate": no piece moves the odds by more than ten.
            models.CheckConstraint(
                name="evidence_likelihood_ratio_of_its_stance",
                condition=Q(likelihood_ratio__isnull=True)
                | Q(stance__isnull=False)
                & (
                    Q(stance__gt=0, likelihood_ratio__range=(1, 10))
                    | Q(stance=0, likelihood_ratio=1)
                    | Q(stance__lt=0, likelihood_ratio__range=(Decimal("0.1"), 1))
                ),
            ),
            models.CheckConstraint(
                name="evidence_decided_by_somebody",
                condition=Q(status="suggested", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(status="suggested") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="evidence_reject_reason_known",
                condition=Q(reject_reason="")
                | Q(
                    status="rejected",
                    reject_reason__in=["not_about", "too_weak", "duplicate", "outside_window"],
                )
                | (Q(status="rejected", reject_reason="other") & ~Q(note="")),
            ),
        ]
        indexes = [
            models.Index(
                name="evidence_suggested",
                fields=["cut", "-score", "id"],
                condition=Q(status="suggested"),
            ),
            # What a claim suggests in a week, and what is learned from.
            models.Index(name="evidence_of_week", fields=["claim", "suggested_at"]),
            models.Index(
                name="evidence_decided",
                fields=["-decided_at"],
                condition=Q(decided_at__isnull=False),
            ),
            models.Index(name="evidence_event", fields=["event"]),
            models.Index(
                name="evidence_decided_last",
                fields=["decided_by", "-decided_at"],
                condition=~Q(status="suggested"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} for {self.claim}"

    def counting(self) -> "Evidence":
        """The link that counts, where the event is one with others that the claim is linked to."""
        return Evidence.objects.counting().of_one(self.event.standing_id).get(claim=self.claim_id)


class Matching(models.Model):
    """One event was compared with every open claim: exactly once, whoever dies meanwhile."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    suggested = models.PositiveIntegerField()
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.suggested} claims suggested for {self.event}"


class EvidenceDecision(models.Model):
    """One decision on a piece of evidence, also one that was undone since. Append-only.

    Whoever decided, even for a moment, has a part in the claim and never judges it.
    """

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="decisions")
    status = models.CharField(max_length=10, choices=Evidence.Status)
    stance = models.SmallIntegerField(choices=Evidence.Stance, null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.by}: {self.get_status_display()}"
