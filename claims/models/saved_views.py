"""Filters of the list of claims that somebody keeps under a name."""

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.urls import reverse

from accounts.models import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Reads of saved views."""

    def for_user(self, user: User) -> "SavedViewQuerySet":
        """A person's own views by name, then those that colleagues share."""
        seen = self.filter(Q(owner=user) | Q(is_shared=True)).select_related("owner")
        return seen.order_by(Case(When(owner=user, then=0), default=1), "name", "pk")


class SavedView(models.Model):
    """A query string of the list of claims, under a name; the same for pages and API."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, help_text="As it stands in the address.")
    is_shared = models.BooleanField(default=False, help_text="Whether the whole desk sees it.")

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(name="saved_view_name_once", fields=["owner", "name"]),
            models.CheckConstraint(name="saved_view_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('claims')}?{self.query}"
