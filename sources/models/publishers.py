"""Organisations that publish documents, and how far they are trusted."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse


class Reliability(models.TextChoices):
    """NATO reliability grade of a source (AJP-2.1), apart from the credibility of any one report."""

    A = "A", "A · completely reliable"
    B = "B", "B · usually reliable"
    C = "C", "C · fairly reliable"
    D = "D", "D · not usually reliable"
    E = "E", "E · unreliable"
    F = "F", "F · reliability cannot be judged"


class PublisherQuerySet(models.QuerySet["Publisher"]):
    """Reads of publishers."""

    def standing(self) -> "PublisherQuerySet":
        """Publishers that are not another name of one."""
        return self.filter(merged_into=None)

    def one_with(self, number: int) -> "PublisherQuerySet":
        """A standing publisher and all that are other names of it."""
        return self.filter(Q(pk=number) | Q(merged_into=number))

    def matching(self, words: str) -> "PublisherQuerySet":
        """Publishers with these words in their name or host, or in those of their other names."""
        here = Q(name__icontains=words) | Q(domain__icontains=words)
        names = Publisher.objects.filter(here, merged_into=OuterRef("pk"))
        return self.filter(here | Exists(names))

    def unused(self) -> "PublisherQuerySet":
        """Standing publishers that no row of any room points at, nor another name."""
        unused = self.standing()
        for relation in Publisher._meta.get_fields(include_hidden=True):
            if relation.auto_created and not relation.concrete and relation.is_relation:
                rows: models.QuerySet[Any] = models.QuerySet(relation.related_model)
                key = relation.field.name  # type: ignore[union-attr]
                unused = unused.filter(~Exists(rows.filter(**{key: OuterRef("pk")})))
        return unused


class Publisher(models.Model):
    """An organisation that publishes documents.

    One that is another name of a publisher keeps its number, and points at the one that stands:
    always in one step.
    """

    name = models.CharField(max_length=200, unique=True)
    domain = models.CharField(max_length=200, blank=True, help_text="Host name without www.")
    reliability = models.CharField(
        max_length=1, choices=Reliability, blank=True, help_text="Empty where nobody graded it yet."
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="merged",
        help_text="The publisher that this name or host is another one of.",
    )

    objects = PublisherQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="publisher_domain_once", fields=["domain"], condition=~models.Q(domain="")
            ),
            models.CheckConstraint(
                name="publisher_reliability_a_to_f",
                condition=models.Q(reliability__in=["", *Reliability.values]),
            ),
            models.CheckConstraint(
                name="publisher_not_merged_into_itself",
                condition=models.Q(merged_into__isnull=True)
                | ~models.Q(merged_into=models.F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("publisher", args=[self.pk])

    @property
    def standing(self) -> "Publisher":
        """The publisher that this one is another name of, or itself."""
        return self.merged_into or self

    @property
    def standing_id(self) -> int:
        """The number of the publisher that this one is another name of, or its own."""
        return self.merged_into_id or self.pk

    @property
    def grade_label(self) -> str:
        """Its grade with what it means."""
        return self.get_reliability_display() or "not graded yet"

    @property
    def graded(self) -> str:
        """Its grade beside its name: F means that somebody tried to judge it and could not."""
        if not self.reliability:
            return "not graded yet"
        words = ", cannot be judged" if self.reliability == Reliability.F else ""
        return f"grade {self.reliability}{words}"


class PublisherGrade(models.Model):
    """One entry in the history of a publisher's reliability. Append-only."""

    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="grades")
    reliability = models.CharField(max_length=1, choices=Reliability)
    reason = models.TextField()
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.reliability}"
