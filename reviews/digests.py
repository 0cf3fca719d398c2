"""Mail of what waits for somebody: for which period it is due, and what it says.

It says what the board says, numbers and ages, so it is as blind.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import DigestMail, User
from reviews.board import board

# A mail that could not be sent is tried again, once in each sweep.
MOST_TRIES = 5
_SIGNER = Signer(salt="reviews.digests")


def people_due(*, at: datetime | None = None) -> list[tuple[date, QuerySet[User]]]:
    """Who has no mail yet of a period whose hour has come, with the period's first day."""
    now = timezone.localtime(at)
    today = now.date()
    monday = today - timedelta(days=today.weekday())
    begun = Q(mail_hour__lte=now.hour)
    since_monday = begun if today == monday else Q()
    return [
        (today, _without(today, Q(mail_rhythm=User.Rhythm.DAILY) & begun)),
        (monday, _without(monday, Q(mail_rhythm=User.Rhythm.WEEKLY) & since_monday)),
    ]


def _without(starts_on: date, chosen: Q) -> QuerySet[User]:
    mailed = DigestMail.objects.filter(person=OuterRef("pk"), starts_on=starts_on)
    people = User.objects.filter(chosen, ~Exists(mailed), is_active=True).exclude(email="")
    return people.order_by("pk")


def due_digests(*, at: datetime | None = None) -> QuerySet[DigestMail]:
    """Mails of today and of this week that nobody is sending or has sent."""
    today = timezone.localdate(at)
    days = {today, today - timedelta(days=today.weekday())}
    waiting = DigestMail.objects.filter(taken_at=None, tries__lt=MOST_TRIES, starts_on__in=days)
    return waiting.order_by("pk")


def mail_to(person: User, *, at: datetime | None = None) -> EmailMultiAlternatives | None:
    """The mail, as text and as HTML; None where nothing waits for this person."""
    standings = [one for one in board(person, at=at) if one.rows]
    if not standings:
        return None
    stop = settings.SITE_URL + reverse("reviews:mail_stop", args=[signed(person)])
    context = {"standings": standings, "site": settings.SITE_URL, "stop": stop}
    mail = EmailMultiAlternatives(
        subject=f"Plumbline: what waits for you, {timezone.localdate(at):%-d %B %Y}",
        body=render_to_string("reviews/digest.txt", context),
        to=[person.email],
        headers={
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    mail.attach_alternative(render_to_string("reviews/digest.html", context), "text/html")
    return mail


def signed(person: User) -> str:
    """What stands for this person in the link that ends their mail."""
    return _SIGNER.sign(str(person.pk))


def whose(signature: str) -> User | None:
    """The person whom `signed` stands for; None where nobody signed it."""
    try:
        return User.objects.filter(pk=int(_SIGNER.unsign(signature))).first()
    except BadSignature:
        return None
