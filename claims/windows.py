"""How the day of an event lies to the days in which a claim is judged."""

from datetime import date

from django.utils.formats import date_format

from claims.models import Claim


def outside_window(claim: Claim, day: date) -> str:
    """Says in a sentence that an event's day lies outside the window of a scored claim; "" inside.

    Reviewers are shown what had happened by a checkpoint's day, so never what came after the last.
    """
    opens, due = claim.opens_on or claim.said_on, claim.due_on
    if not claim.is_scored or due is None or opens <= day <= due:
        return ""
    window = f"the window of claim {claim.pk}, {_said(opens)} to {_said(due)}"
    if day < opens:
        return f"This event’s day, {_said(day)}, lies before {window}."
    return f"This event’s day, {_said(day)}, lies after {window}: no reviewer of the claim is shown it."


def within_window(claim: Claim, day: date) -> str:
    """Says where an event's day lies in the window of a scored claim, "" outside and without one."""
    opens, due = claim.opens_on or claim.said_on, claim.due_on
    if not claim.is_scored or due is None or not opens <= day <= due:
        return ""
    return f"in the window, {_said(opens)} to {_said(due)}"


def _said(day: date) -> str:
    return date_format(day, "j M Y")
