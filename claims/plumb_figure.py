"""The drawing of what bears on a claim: marks with what they say, the days beside them, the estimate."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format

from claims.bearing import Bearing, Link, ratio_of
from claims.models import Claim, Evidence
from claims.plumb.estimate import Step
from claims.plumb.hanging import Hung, Mark, Span, hang, side_of, span_of, spread
from claims.plumb.weights import weight

NOT_SHOWN = "Not shown: you may be asked to judge a claim of its report blind"
SIDES = {"for": "for the claim", "against": "against it", "neutral": "either way"}


@dataclass(frozen=True)
class Label:
    """A day beside the line: its place, the place of its words, the words and what it marks."""

    y: float
    text_y: float
    words: str
    kind: str


def hung(
    claim: Claim, shown: Sequence[Link], *, today: date, hidden: Collection[int]
) -> tuple[Span, list[Mark]]:
    """The days that the line of a claim shows, and where these links hang on it."""
    pieces = [_hung(one, hidden) for one in shown]
    span = span_of(pieces, said=claim.said_on, due=claim.due_on, today=today)
    return span, hang(pieces, span)


def alone(marks: Sequence[Mark]) -> set[int]:
    """The numbers of the links that are marks of their own, and say what they are."""
    return {mark.pieces[0].number for mark in marks if len(mark.pieces) == 1}


def drawing(
    claim: Claim,
    span: Span,
    marks: Sequence[dict[str, Any]],
    checkpoints: Sequence[date],
    *,
    today: date,
) -> dict[str, Any]:
    """What claims/hung.html draws, of marks as `drawn` gives them."""
    opens = claim.opens_on or claim.said_on
    top, bottom = span.down(opens), span.down(claim.due_on or span.end)
    return {
        "height": span.height,
        "today": span.down(today),
        "window": {"y": top, "height": max(bottom - top, 0)} if claim.due_on else None,
        "years": [
            {"y": span.down(date(year, 1, 1)), "label": str(year)}
            for year in range(span.start.year + 1, span.end.year + 1)
        ][:30],
        "labels": _labels(claim, checkpoints, span, today),
        "marks": marks,
    }


def _hung(one: Link, hidden: Collection[int]) -> Hung:
    # Of what is hidden the day and the side are told alone.
    secret = one.event in hidden
    heavy = weight(
        one.stance, None if secret else ratio_of(one), None if secret else one.credibility
    )
    return Hung(one.pk, one.day, one.stance, heavy)


def _labels(claim: Claim, checkpoints: Sequence[date], span: Span, today: date) -> list[Label]:
    days = [(claim.said_on, "said", "said")]
    if claim.registered_at:
        days.append((claim.registered_at.date(), "locked", "said"))
    days += [(day, "check", "checkpoint") for day in checkpoints if day != claim.due_on]
    if claim.due_on:
        days.append((claim.due_on, "due", "checkpoint"))
    days.append((today, "today", "today"))
    days = sorted(days)[:24]
    places = [span.down(day) for day, _, _ in days]
    return [
        Label(y, text_y, f"{word} {date_format(day, 'j M Y')}", kind)
        for (day, word, kind), y, text_y in zip(
            days, places, spread(places, height=span.height), strict=True
        )
    ]


def drawn(
    mark: Mark,
    links: Mapping[int, Evidence],
    bearing: Bearing,
    *,
    hidden: Collection[int],
    pages: Mapping[int, int],
) -> dict[str, Any]:
    """A mark with what it says. `links` holds those that are `alone`; `pages` gives the page on which
    a link's row stands, where that is another one than is shown."""
    shape = {"x": mark.x, "y": mark.y, "r": mark.radius, "side": mark.side}
    if len(mark.pieces) > 1:
        first, last = mark.pieces[0].day, mark.pieces[-1].day
        count = len(mark.pieces)
        return shape | {
            "count": count if count < 1000 else "999+",
            "title": f"{count} links {SIDES[mark.side]}, {_day(first)} to {_day(last)}",
            "since": first.isoformat(),
            "until": last.isoformat(),
        }
    one = links[mark.pieces[0].number]
    return shape | {
        "anchor": f"e{one.pk}",
        "page": pages.get(one.pk, ""),
        "copy": one.pk in bearing.copy_of,
        "struck": bearing.marks.get(one.pk) == "retracted",
        "title": title_of(one, bearing, hidden),
    }


def title_of(one: Evidence, bearing: Bearing, hidden: Collection[int]) -> str:
    """What a mark says: day, event, stance, credibility, and whether it stands alone."""
    parts = [_day(one.event.occurred_on)]
    if one.event.standing_id in hidden:
        return f"{parts[0]}: {NOT_SHOWN}. {one.get_stance_display().capitalize()}"
    parts = [f"{parts[0]}: {one.event.title}", one.get_stance_display()]
    if one.likelihood_ratio is not None:
        parts.append(f"likelihood ratio {one.likelihood_ratio.normalize():f}")
    if one.credibility:
        parts.append(f"credibility {one.credibility}")
    parts.append(reports_of(one, bearing))
    if mark := bearing.marks.get(one.pk):
        parts.append(mark)
    return " · ".join(parts)


def reports_of(one: Evidence, bearing: Bearing) -> str:
    """How many reports its event has, and how many are independent; or that it is a copy."""
    if one.pk in bearing.copy_of:
        return "in the words of another link: a copy"
    count: int = one.report_count  # type: ignore[attr-defined]
    if count == 1:
        return "1 report"
    apart = bearing.reports.get(one.pk)
    return f"{count} reports" + (f", at most {apart} independent" if apart else "")


def in_words(bearing: Bearing, shown: Sequence[Link], *, today: date) -> str:
    """The evidence in a sentence or two."""
    links = bearing.links
    if not links:
        return "No event is linked to it yet."
    sides = [side_of(one.stance) for one in links]
    sources = (
        "1 source" if bearing.sources == 1 else f"at most {bearing.sources} independent sources"
    )
    said = (
        f"{sides.count('for')} for it, {sides.count('against')} against, {sides.count('neutral')} "
        f"either way, from {sources}"
    )
    if len(bearing.compared) < len(links):
        said += f" (of the {len(bearing.compared)} newest links)"
    copies = len(bearing.copy_of)
    if copies:
        said += f"; {copies} {'is a copy' if copies == 1 else 'are copies'} of another"
    last = links[-1].day
    said += "." if last >= today else f". Nothing since {_day(last)}."
    if len(shown) < len(links):
        said += f" Shown are the {len(shown)} of {len(links)} that match the filter."
    return said


def estimate_chart(claim: Claim, steps: Sequence[Step], *, today: date) -> dict[str, Any] | None:
    """Our running estimate as a line of steps, in percent of the drawing; None without steps."""
    if not steps or not claim.base_rate:
        return None
    prior = float(claim.base_rate.probability)
    start = min(claim.said_on, steps[0].day)
    end = max(today, steps[-1].day)
    length = max((end - start).days, 1)
    points, level = [f"0,{_up(prior)}"], prior
    for step in steps:
        x = round((step.day - start).days / length * 100, 2)
        points += [f"{x},{_up(level)}", f"{x},{_up(step.probability)}"]
        level = step.probability
    points.append(f"100,{_up(level)}")
    return {
        "points": " ".join(points),
        "base": _up(prior),
        "grid": [(_up(share), f"{share:.0%}") for share in (0, 0.5, 1)],
        "start": start,
        "end": end,
        "now": f"{level:.0%}" if 0.01 <= level <= 0.99 else f"{level:.1%}",
        "prior": f"{prior:.0%}" if 0.01 <= prior <= 0.99 else f"{prior:.1%}",
        "pieces": len(steps),
    }


def _up(probability: float) -> float:
    return round(88 - probability * 78, 2)


def _day(day: date) -> str:
    return date_format(day, "j M Y")
