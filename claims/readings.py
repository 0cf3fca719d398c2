"""Reads of what coders made of a claim's probability: what it comes to, and what waits for whom."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from claims.models import Claim, Imputation

# So many people read a claim, each blind to the other.
NEEDED = 2
THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Readings:
    """How many people read a claim, and the range (0 to 1) it comes to: None without a reading."""

    count: int
    range: tuple[Decimal, Decimal] | None

    @property
    def enough(self) -> bool:
        """Whether as many have read it as are needed."""
        return self.count >= NEEDED


def readings_of(claim: Claim) -> Readings:
    """The readings of a claim: the mean of their lows to the mean of their highs, to 0.001."""
    rows = list(Imputation.objects.filter(claim_id=claim.pk).values_list("low", "high"))
    if not rows:
        return Readings(0, None)
    lows, highs = zip(*rows, strict=True)
    return Readings(len(rows), (_mean(lows), _mean(highs)))


def _mean(values: tuple[Decimal, ...]) -> Decimal:
    return (sum(values, Decimal(0)) / len(values)).quantize(THOUSANDTH, ROUND_HALF_UP)


def claims_to_read(user: User) -> QuerySet[Claim]:
    """Drafts without a number that wait for this person's reading, newest first, with their quotes.

    Each carries `reading_count`. Readings themselves stay out: nobody sees another's before their own.
    """
    readings = Imputation.objects.filter(claim=OuterRef("pk"))
    counted = readings.order_by().values("claim").annotate(n=Count("pk")).values("n")
    return (
        Claim.objects.drafts()
        .exclude(kind=Claim.Kind.ASSESSMENT)
        .filter(probability_low__isnull=True)
        .exclude(Exists(readings.filter(coder=user)))
        .annotate(reading_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
        .filter(reading_count__lt=NEEDED)
        .select_related("quote")
        .order_by("-id")
    )
