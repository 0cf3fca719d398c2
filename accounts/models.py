"""People and the append-only record of what they did."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from accounts.permissions import Permission, permissions_of
from accounts.roles import Role


class User(AbstractUser):
    """Somebody who signs in."""

    class Rhythm(models.TextChoices):
        """How often what waits for somebody is mailed to them."""

        NEVER = "never", "never"
        DAILY = "daily", "each day"
        WEEKLY = "weekly", "each Monday"

    roles = ArrayField(
        models.CharField(max_length=16, choices=Role.choices), default=list, blank=True
    )
    mail_rhythm = models.CharField(
        max_length=6, choices=Rhythm, default=Rhythm.NEVER, editable=False
    )
    mail_hour = models.PositiveSmallIntegerField(
        default=8, editable=False, help_text="Of the desk's day: from it on a mail is sent."
    )
    calendar_digest = models.CharField(  # noqa: DJ001  many have none, and each is once
        max_length=64,
        null=True,
        unique=True,
        editable=False,
        help_text="SHA-256 of the secret in the calendar's address, hex.",
    )

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                name="user_mail_rhythm_known",
                condition=models.Q(mail_rhythm__in=["never", "daily", "weekly"]),
            ),
            models.CheckConstraint(
                name="user_mail_hour_of_a_day", condition=models.Q(mail_hour__range=(0, 23))
            ),
            models.CheckConstraint(
                name="user_calendar_digest_sha256",
                condition=models.Q(calendar_digest__regex=r"^[0-9a-f]{64}$"),
            ),
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


class DigestMail(models.Model):
    """That a person's mail of one period is written, at most once. Whether it left says `sent_at`.

    Nobody can know whether a mail left whose sending was cut off, so what was taken and not given back is
    not sent again.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(help_text="The day, or the Monday of the week, that it is for.")
    tries = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(name="digest_mail_once", fields=["person", "starts_on"]),
        ]

    def __str__(self) -> str:
        return f"mail of {self.starts_on} to {self.person}"


class ApiToken(models.Model):
    """A personal token: lets a script do, in its owner's name, what its scopes and their roles allow.

    The secret itself is shown once and never stored. Only its use and its end are ever written after.
    """

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    scopes = ArrayField(
        models.CharField(max_length=32, choices=[(one.name, one.value) for one in Permission])
    )
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret, hex.")
    hint = models.CharField(max_length=20, help_text="How the secret begins.")
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="api_token_scopes_known",
                condition=models.Q(
                    scopes__contained_by=list(Permission.__members__), scopes__len__gt=0
                ),
            ),
            models.CheckConstraint(
                name="api_token_digest_sha256", condition=models.Q(digest__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def allows(self, permission: Permission) -> bool:
        """Whether the scopes of this token hold the permission; its owner's roles must, too."""
        return permission.name in self.scopes

    @property
    def permissions(self) -> list[Permission]:
        """The scopes, as permissions."""
        return [one for one in Permission if one.name in self.scopes]

    def why_unusable(self, *, at: datetime | None = None) -> str:
        """Why this token opens nothing now, in words; nothing where it does."""
        if self.revoked_at:
            return "This token was revoked."
        if self.expires_at <= (at or timezone.now()):
            return "This token has expired."
        return "" if self.owner.is_active else "The owner of this token has left."


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
