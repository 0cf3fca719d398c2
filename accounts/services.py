"""Writes of the accounts room."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import ApiToken, AuditEntry, User
from accounts.permissions import Permission, require
from accounts.tokens import digest_of, hint_of, new_address, new_secret

# A token's last use is told by the minute: a busy script does not write at each request.
USE_NOTED_EACH = timedelta(minutes=1)


def record(*, by: User | None, verb: str, on: models.Model, **detail: Any) -> AuditEntry:
    """Writes the audit row of one change. Called inside the service that makes the change."""
    entry = _entry(by=by, verb=verb, on=on, detail=detail)
    entry.save(force_insert=True)
    return entry


def record_all[M: models.Model](
    *,
    by: User | None,
    verb: str,
    on: Iterable[M],
    each: Callable[[M], dict[str, Any]] | None = None,
    **detail: Any,
) -> None:
    """Writes one audit row for each object of a bulk change, in one statement per thousand. `each` gives
    what differs between them."""
    rows = ((one, detail | each(one) if each else detail) for one in on)
    AuditEntry.objects.bulk_create(
        (_entry(by=by, verb=verb, on=one, detail=said) for one, said in rows), batch_size=1000
    )


def _entry(*, by: User | None, verb: str, on: models.Model, detail: dict[str, Any]) -> AuditEntry:
    return AuditEntry(
        by=by, verb=verb, object_type=on._meta.label_lower, object_id=on.pk, detail=detail
    )


@transaction.atomic
def make_token(
    *, name: str, scopes: Collection[Permission], days: int, by: User, at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A new token of this person, and its secret, which nobody can show again.

    Raises PermissionDenied for a scope that their own roles do not hold.
    """
    for scope in scopes:
        require(by, scope)
    secret = new_secret()
    token = ApiToken.objects.create(
        owner=by,
        name=name,
        scopes=[one.name for one in Permission if one in scopes],
        digest=digest_of(secret),
        hint=hint_of(secret),
        expires_at=(at or timezone.now()) + timedelta(days=days),
    )
    record(by=by, verb="made", on=token, name=name, scopes=token.scopes, days=days)
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User, at: datetime | None = None) -> ApiToken:
    """Ends a token at once and for good; one that has ended stays as it is."""
    standing = ApiToken.objects.filter(pk=token.pk, revoked_at=None)
    if standing.update(revoked_at=at or timezone.now()) == 1:
        record(by=by, verb="revoked", on=token, name=token.name)
    token.refresh_from_db()
    return token


def note_use(*, token: ApiToken, at: datetime | None = None) -> None:
    """Writes when a token was last used, at most once a minute."""
    now = at or timezone.now()
    before = now - USE_NOTED_EACH
    if token.last_used_at is None or token.last_used_at <= before:
        unnoted = Q(last_used_at=None) | Q(last_used_at__lte=before)
        ApiToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=now)


@transaction.atomic
def make_calendar_address(*, by: User) -> str:
    """The secret of a new address of this person's calendar, which nobody can show again; an earlier
    address opens nothing any more."""
    secret = new_address()
    User.objects.filter(pk=by.pk).update(calendar_digest=digest_of(secret))
    record(by=by, verb="made a calendar address", on=by)
    return secret


@transaction.atomic
def end_calendar_address(*, by: User) -> None:
    """The address of this person's calendar opens nothing any more."""
    standing = User.objects.filter(pk=by.pk).exclude(calendar_digest=None)
    if standing.update(calendar_digest=None) == 1:
        record(by=by, verb="ended the calendar address", on=by)


@transaction.atomic
def set_mail(*, rhythm: str, hour: int, by: User) -> None:
    """How often this person gets mail of what waits for them, and from which hour of the desk's day on."""
    User.objects.filter(pk=by.pk).update(mail_rhythm=rhythm, mail_hour=hour)
    record(by=by, verb="chose mail", on=by, rhythm=rhythm, hour=hour)


@transaction.atomic
def stop_mail(*, person: User) -> None:
    """No more mail to this person, as whoever opened a link in one asked without signing in."""
    getting = User.objects.filter(pk=person.pk).exclude(mail_rhythm=User.Rhythm.NEVER)
    if getting.update(mail_rhythm=User.Rhythm.NEVER) == 1:
        record(by=None, verb="stopped mail", on=person)
