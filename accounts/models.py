"""People and the append-only record of what they did."""

from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from accounts.permissions import Permission, permissions_of
from accounts.roles import Role


class User(AbstractUser):
    """Somebody who signs in."""

    roles = ArrayField(
        models.CharField(max_length=16, choices=Role.choices), default=list, blank=True
    )

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                name="user_roles_known",
                condition=models.Q(roles__contained_by=Role.values),
                violation_error_message="A role is not one of the known roles.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """Everything this person's roles allow. A superuser is an administrator in any case."""
        own = [Role.ADMINISTRATOR] if self.is_superuser else []
        return permissions_of([*self.roles, *own])

    def can(self, permission: Permission) -> bool:
        """Whether this active person's roles allow it."""
        return self.is_active and permission in self.permissions


class AuditEntry(models.Model):
    """One thing that somebody, or the system, did. Never changed, never removed.

    Objects are named by type and number, not by foreign key, so the record outlives them.
    """

    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "audit entries"
        ordering = ["-id"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_object")]

    def __str__(self) -> str:
        return f"{self.by or 'system'} {self.verb} {self.object_type} {self.object_id}"

    @property
    def details(self) -> list[tuple[str, Any]]:
        """What is noted beside it, without what is empty. (A template takes `items` for a key.)"""
        return [(key, value) for key, value in self.detail.items() if value not in ("", None, [])]
