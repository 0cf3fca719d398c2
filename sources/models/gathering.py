"""What the machine keeps of reports to know those of the same event, and what people decided on it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from sources.models.events import Event, EventReport


class Fingerprint(models.Model):
    """A report's wording as it is compared. Only kept while reports of its event may still arrive."""

    report = models.OneToOneField(
        EventReport, on_delete=models.CASCADE, primary_key=True, related_name="fingerprint"
    )
    reported_at = models.DateTimeField()
    source = models.BigIntegerField(null=True, help_text="The publisher, or nobody known.")
    wording = models.BinaryField()
    # What its words told when it arrived: they are not weighed anew for each that is compared with it.
    title_weight = models.FloatField()
    length = models.FloatField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(name="fingerprint_stored", fields=["stored_at"])]

    def __str__(self) -> str:
        return f"Wording of {self.report_id}"


class Clue(models.Model):
    """A report that stands behind a clue, found by clue and time without looking at any other.

    Without foreign key, which would be checked for each row: a clue whose report has gone leads nowhere.
    """

    pk = models.CompositePrimaryKey("clue", "reported_at", "report")
    clue = models.BigIntegerField()
    reported_at = models.DateTimeField()
    report = models.BigIntegerField()

    class Meta:
        # To forget those of old reports. A BRIN index would be smaller until old places are used again.
        indexes = [models.Index(name="clue_report", fields=["report"])]

    def __str__(self) -> str:
        return f"{self.report} behind {self.clue}"


class WordCounts(models.Model):
    """How many of the reports of late hold each word (sources.gathering.rarity). One row."""

    reports = models.PositiveIntegerField()
    counts = models.BinaryField()

    class Meta:
        verbose_name_plural = "word counts"
        constraints = [models.CheckConstraint(name="word_counts_one_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return f"Words of {self.reports} reports"


class Witness(models.Model):
    """A report of one event that tells of another one as well: both may be one."""

    report = models.ForeignKey(EventReport, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name_plural = "witnesses"
        constraints = [
            models.UniqueConstraint(name="witness_once", fields=["report", "event", "other"]),
            models.CheckConstraint(name="witness_of_two", condition=~Q(event=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.report} for {self.event} and {self.other}"


class Regathering(models.Model):
    """Events merged, or split, or kept apart, by a person or by the machine. Append-only.

    The last one of two events holds: the machine never merges what a person keeps apart.
    """

    class Kind(models.TextChoices):
        MERGED = "merged"
        SPLIT = "split"
        APART = "apart", "kept apart"

    kind = models.CharField(max_length=6, choices=Kind)
    event = models.ForeignKey(
        Event,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The one that stands, or from which reports were taken.",
    )
    other = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    reports = ArrayField(
        models.BigIntegerField(), default=list, help_text="The reports that moved."
    )
    reason = models.TextField(blank=True)
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="regathering_of_two", condition=~Q(event=F("other"))),
        ]
        indexes = [
            models.Index(name="regathering_event", fields=["event"]),
            models.Index(name="regathering_other", fields=["other"]),
        ]

    def __str__(self) -> str:
        return f"{self.event} and {self.other} {self.get_kind_display()}"
