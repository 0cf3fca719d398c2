"""The words of probability and the versioned tables that turn them into ranges."""

from django.db import models
from django.urls import reverse


class LexiconQuerySet(models.QuerySet["Lexicon"]):
    """Reads of lexicons."""

    def active(self) -> "Lexicon":
        """The lexicon that proposals and new claims use. Raises Lexicon.DoesNotExist without one."""
        return self.get(is_active=True)


class Lexicon(models.Model):
    """One version of a table of hedges. Its entries never change; an edit is a new version."""

    slug = models.SlugField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=100)
    source = models.TextField(help_text="Where the figures come from.")
    is_active = models.BooleanField(default=False)
    made_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="made_into",
        help_text="Only a house lexicon has one.",
    )

    objects = LexiconQuerySet.as_manager()

    class Meta:
        ordering = ["slug", "-version"]
        constraints = [
            models.UniqueConstraint(name="lexicon_version_once", fields=["slug", "version"]),
            models.UniqueConstraint(
                name="lexicon_one_active", fields=["is_active"], condition=models.Q(is_active=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (v{self.version})"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("lexicon", args=[self.pk])

    @property
    def is_house(self) -> bool:
        """Whether it is the desk's own, so that it can be edited; shipped tables cannot."""
        return self.made_from_id is not None


class LexiconEntry(models.Model):
    """A hedge and its range of probability, 0 to 1. Append-only."""

    lexicon = models.ForeignKey(Lexicon, on_delete=models.PROTECT, related_name="entries")
    phrase = models.CharField(max_length=100)
    low = models.DecimalField(max_digits=4, decimal_places=3)
    high = models.DecimalField(max_digits=4, decimal_places=3)

    class Meta:
        verbose_name_plural = "lexicon entries"
        ordering = ["lexicon", "-low", "phrase"]
        constraints = [
            models.UniqueConstraint(name="lexicon_phrase_once", fields=["lexicon", "phrase"]),
            models.CheckConstraint(
                name="lexicon_range_in_order",
                condition=models.Q(low__gte=0, high__lte=1, low__lte=models.F("high")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phrase}: {self.low:.0%} to {self.high:.0%}"
