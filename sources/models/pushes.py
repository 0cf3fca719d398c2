"""What scripts push, by the names they have for it."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from sources.models.documents import Document


class PushedItem(models.Model):
    """Which document stands for an item that somebody's scripts push, by the key they gave it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=200, help_text="The sender's own name for it.")
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="+")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what was pushed last, hex.")
    pushed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="pushed_once", fields=["owner", "key"])]

    def __str__(self) -> str:
        return self.key
