"""How a desk judges."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

MOST_REVIEWERS = 5
MOST_STEPS = 4


class Policy(models.Model):
    """How many judge each checkpoint, when they agree, and who settles what they differ on. One row.

    `reviewers` holds for checkpoints that open from then on; `steps` and `adjudicators` at once.
    Grades agree that lie fewer than `steps` quarters apart. Without `adjudicators` any lead settles.
    """

    reviewers = models.PositiveSmallIntegerField(default=2)
    steps = models.PositiveSmallIntegerField(default=2)
    adjudicators = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    changed_at = models.DateTimeField(db_default=Now())
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "policies"
        constraints = [
            models.CheckConstraint(name="policy_one_row", condition=Q(pk=1)),
            models.CheckConstraint(
                name="policy_one_to_five_reviewers",
                condition=Q(reviewers__range=(1, MOST_REVIEWERS)),
            ),
            models.CheckConstraint(
                name="policy_one_to_four_steps", condition=Q(steps__range=(1, MOST_STEPS))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewers} reviewers"

    @classmethod
    def current(cls) -> "Policy":
        """The policy of this desk; where nobody set one, two reviewers and two steps, not stored."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    def named(self) -> list[int]:
        """The numbers of the people who settle disagreements; none where any lead does."""
        if self._state.adding:
            return []
        return list(self.adjudicators.order_by("pk").values_list("pk", flat=True))
