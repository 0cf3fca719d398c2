"""Mail of what waits, sent at most once for a person and a period, however many schedules run."""

import logging
from datetime import datetime
from functools import partial
from smtplib import SMTPException

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import DigestMail, User
from accounts.services import record
from reviews.digests import due_digests, mail_to, people_due

logger = logging.getLogger(__name__)


def note_due_digests(*, at: datetime | None = None) -> None:
    """A row for each person and period whose hour has come; what is there already stays."""
    for starts_on, people in people_due(at=at):
        DigestMail.objects.bulk_create(
            (DigestMail(person=person, starts_on=starts_on) for person in people),
            batch_size=1000,
            ignore_conflicts=True,
        )


@transaction.atomic
def send_digest(*, digest: DigestMail, at: datetime | None = None) -> None:
    """Takes a mail for itself, and sends it once that is stored. Whoever comes second does nothing."""
    now = at or timezone.now()
    free = due_digests(at=now).order_by().filter(pk=digest.pk)
    if free.update(taken_at=now, tries=F("tries") + 1) == 1:
        transaction.on_commit(partial(_send, digest, now), robust=True)


def _send(digest: DigestMail, now: datetime) -> None:
    person = User.objects.get(pk=digest.person_id)
    wanted = person.is_active and person.email and person.mail_rhythm != User.Rhythm.NEVER
    mail = mail_to(person, at=now) if wanted else None
    if mail is None:
        return
    try:
        mail.send()
    except (SMTPException, OSError) as problem:
        logger.warning("Mail %s could not be sent: %s", digest.pk, problem)
        DigestMail.objects.filter(pk=digest.pk).update(taken_at=None)
        return
    with transaction.atomic():
        DigestMail.objects.filter(pk=digest.pk).update(sent_at=timezone.now())
        record(by=None, verb="sent", on=digest, to=person.pk)
