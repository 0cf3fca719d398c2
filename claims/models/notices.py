"""What claims were told of changes under them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from claims.models.claims import Claim
from sources.models import Notice


class ClaimNoticeQuerySet(models.QuerySet["ClaimNotice"]):
    """Reads of what claims were told."""

    def unseen(self) -> "ClaimNoticeQuerySet":
        """What nobody has looked at yet, newest first, without what was taken back meanwhile."""
        return self.filter(seen_at=None, notice__taken_back=None).order_by("-notice__at", "-pk")


class ClaimNotice(models.Model):
    """A claim that leans on something was told what became of it; who looked at that, and when.

    Append-only but for the look, which is written once.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="told")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ClaimNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-told_at", "-id"]
        constraints = [
            models.UniqueConstraint(name="claim_notice_once", fields=["claim", "notice"]),
            models.CheckConstraint(
                name="claim_notice_seen_by_somebody",
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="claim_notice_unseen", fields=["-id"], condition=Q(seen_at__isnull=True)
            ),
            models.Index(name="claim_notice_told", fields=["told_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.notice} under {self.claim}"


class NoticeTold(models.Model):
    """One notice was laid before every claim that leans on what it names, whoever dies meanwhile."""

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="+")
    claims = models.PositiveIntegerField()
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.claims} claims told of {self.notice}"
