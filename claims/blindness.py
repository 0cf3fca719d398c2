"""Claims whose source somebody must not see, since they may be the one to judge them.

Who judges what stands in reviews, above this room: it hands its rule down when Django starts.
"""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from accounts.models import User
from claims.models import Claim
from sources.models import Document, EventReport

type Rule = Callable[[User], QuerySet[Claim]]

_rules: list[Rule] = []


def hide_by(rule: Rule) -> None:
    """Sets the rule that says which claims are hidden from whom."""
    _rules[:] = [rule]


def hidden_from(user: User) -> QuerySet[Claim]:
    """The claims that this person must not see with their source now."""
    return _rules[0](user) if _rules else Claim.objects.none()


def is_hidden_from(user: User, claim: Claim) -> bool:
    """Whether this person must not see this claim with its source now."""
    return hidden_from(user).filter(pk=claim.pk).exists()


def require_shown(user: User, claim: Claim) -> None:
    """Raises PermissionDenied, in words, for a claim that is hidden from this person."""
    if is_hidden_from(user, claim):
        raise PermissionDenied(
            "You may be asked to judge this claim blind. It opens when it is judged."
        )


def events_hidden_from(user: User) -> list[int]:
    """The numbers of events that are reported by a text, in any version, of which this person may judge
    a claim blind: even their titles may tell what it says."""
    quotes = hidden_from(user).order_by().values("quote")
    texts = dict(Document.objects.filter(quotes__in=quotes).order_by().values_list("pk", "url_key"))
    if not texts:
        return []
    # Few of these texts ever came as news. Each way by its own index.
    reports = EventReport.objects.order_by().values_list("event", flat=True)
    pages = reports.exclude(document__url_key="").filter(
        document__url_key__in=set(texts.values()) - {""}
    )
    return list(reports.filter(document__in=list(texts)).union(pages).order_by())
