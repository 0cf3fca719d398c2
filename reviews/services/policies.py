"""How the desk judges, set by a lead."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission, require
from accounts.services import record
from reviews.models import Policy
from reviews.validators import ReviewProblem, check_policy


@transaction.atomic
def set_policy(
    *,
    reviewers: int,
    steps: int,
    adjudicators: Collection[User] = (),
    by: User,
    at: datetime | None = None,
) -> Policy:
    """Makes this the desk's policy. What it was before stands in the audit row.

    Raises PermissionDenied but for leads, ReviewProblem for numbers off the scale and for somebody
    named who may not adjudicate.
    """
    require(by, Permission.ADJUDICATE)
    check_policy(reviewers, steps)
    unable = [one for one in adjudicators if not one.can(Permission.ADJUDICATE)]
    if unable:
        raise ReviewProblem(f"{unable[0]} may not settle disagreements: only leads do.")
    # Two leads who set it at once wait for each other here.
    Policy.objects.get_or_create(pk=1)
    policy = Policy.objects.select_for_update().get(pk=1)
    was = {"reviewers": policy.reviewers, "steps": policy.steps, "adjudicators": policy.named()}
    policy.reviewers, policy.steps = reviewers, steps
    policy.changed_at, policy.changed_by = at or timezone.now(), by
    policy.save()
    policy.adjudicators.set(adjudicators)
    now = {"reviewers": reviewers, "steps": steps, "adjudicators": policy.named()}
    record(by=by, verb="set the policy of reviews", on=policy, **now, was=was)
    return policy
