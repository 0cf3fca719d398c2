"""How claims and evidence are shown: hedges with their range, passages with the shared words."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import template

from claims.marking import around, hits, shared_words
from claims.models import Claim, Evidence
from claims.windows import outside_window, within_window

register = template.Library()


@register.filter
def percent(probability: Decimal | float | str | None) -> float | None:
    """A probability of 0 to 1 as a plain number of percent; None for None, or "" as templates have it."""
    return None if probability in {None, ""} else round(float(probability) * 100, 1)


@register.simple_tag
def in_percent(low: float | None, high: float | None) -> str:
    """A range in percent, "55–80%"; one number where both ends are the same; "" without one."""
    if low is None or high is None:
        return ""
    return f"{low:g}%" if low == high else f"{low:g}–{high:g}%"


@register.filter
def read_by(readings: int) -> str:
    """Who read a claim's probability, from how many readings there are."""
    return "read by one person" if readings == 1 else "read by two people, blind"


@register.inclusion_tag("claims/said.html")
def said(claim: Claim) -> dict[str, Any]:
    """The statement with its hedge marked and the range beside it."""
    before, hedge, after = around(claim.statement, claim.hedge)
    low, high = percent(claim.probability_low), percent(claim.probability_high)
    return {"before": before, "hedge": hedge, "after": after, "low": low, "high": high}


@register.filter
def passage_pieces(evidence: Evidence) -> Iterator[tuple[str, bool]]:
    """The passage in pieces, each with whether it is a word shared with the claim."""
    return hits(evidence.passage, shared_words(evidence.reason))


@register.filter
def signed(stance: int | None) -> str:
    """A stance with its sign: +2, 0, −1."""
    if stance is None:
        return ""
    return f"+{stance}" if stance > 0 else str(stance).replace("-", "−")


@register.filter
def out_of_window(evidence: Evidence) -> str:
    """That an event's day lies outside the window of the claim it is linked to; "" inside."""
    return outside_window(evidence.claim, evidence.event.occurred_on)


@register.filter
def ratio(value: Decimal | None) -> str:
    """A likelihood ratio without idle zeros; "" for none."""
    return "" if value is None else f"{value.normalize():f}"


@register.filter
def in_window(evidence: Evidence) -> str:
    """That an event's day lies in the window of the claim it is linked to; "" outside."""
    return within_window(evidence.claim, evidence.event.occurred_on)
