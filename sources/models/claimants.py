"""People and organisations to whom claims are attributed."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse


class Claimant(models.Model):
    """A person or organisation a claim is attributed to (schema.org `Claim.author`)."""

    class Kind(models.TextChoices):
        PERSON = "person"
        ORGANISATION = "organisation"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PERSON)
    affiliation = models.CharField(max_length=200, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Where the claimant also signs in: they never review their own claims.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="claimant_name_once"),
            models.CheckConstraint(name="claimant_named", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("claimant", args=[self.pk])


class ClaimantAlias(models.Model):
    """Another name under which texts speak of a claimant."""

    claimant = models.ForeignKey(Claimant, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "claimant aliases"
        constraints = [models.UniqueConstraint(Lower("name"), name="claimant_alias_once")]

    def __str__(self) -> str:
        return self.name
