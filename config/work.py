"""What waits for whom, counted."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from accounts.paging import MOST, bounded_count, count_in_words
from accounts.permissions import Permission
from claims.models import Claim, Evidence
from claims.notices import told_to
from claims.readings import claims_to_read
from reports.models import Report
from reviews.models import Verdict
from reviews.queries import MOST_COUNTED, checkpoints_to_judge, claims_to_judge, disagreements
from sources.queries import unwell_feeds


@dataclass(frozen=True)
class Work:
    """Something that waits for somebody."""

    # One of it, several.
    names: tuple[str, str]
    count: int
    url: str
    hint: str
    # How far it is counted.
    most: int = MOST

    @property
    def label(self) -> str:
        """What it is, in the right number."""
        return self.names[self.count != 1]

    @property
    def counted(self) -> str:
        """How many of it, in words."""
        return count_in_words(self.count, self.most)


def inbox_count(_user: User) -> int:
    """Suggestions that wait for an analyst."""
    return bounded_count(Evidence.objects.suggested())


def review_count(user: User) -> int:
    """Checkpoints this person holds or may take."""
    return checkpoints_to_judge(user)


def work_for(user: User) -> list[Work]:
    """Everything that this person's roles let them do next."""
    return [
        work
        for permission, entries in _WORK.items()
        if user.can(permission)
        for work in (entry(user) for entry in entries)
    ]


def latest(user: User) -> dict[str, list[Claim] | list[Report]]:
    """The last registered claims and reports; without what this person may have to judge blind."""
    claims = Claim.objects.ledger().exclude(pk__in=claims_to_judge(user))
    claims = claims.select_related("claimant").order_by("-registered_at")[:6]
    return {"claims": list(claims), "reports": list(Report.objects.defer("figures")[:4])}


def _proposals(_user: User) -> Work:
    count = bounded_count(Claim.objects.proposals())
    url = f"{reverse('claims')}?tab=proposed"
    return Work(
        ("claim proposed from texts", "claims proposed from texts"),
        count,
        url,
        "Keep, edit or drop each.",
    )


def _drafts(_user: User) -> Work:
    count = bounded_count(Claim.objects.drafts())
    url = f"{reverse('claims')}?tab=drafts"
    return Work(
        ("draft to make judgeable", "drafts to make judgeable"),
        count,
        url,
        "Say what would count, then register.",
    )


def _handed_over(user: User) -> Work:
    return Work(
        ("draft handed to you", "drafts handed to you"),
        bounded_count(Claim.objects.drafts().filter(handed_to=user)),
        f"{reverse('claims')}?tab=drafts&mine=on",
        "A colleague asks you to go on with it.",
    )


def _readings(user: User) -> Work:
    return Work(
        ("claim to read", "claims to read"),
        bounded_count(claims_to_read(user)),
        reverse("readings"),
        "How probable did the author make it?",
    )


def _inbox(user: User) -> Work:
    return Work(
        ("event that may bear on a claim", "events that may bear on a claim"),
        inbox_count(user),
        reverse("inbox"),
        "Accept or reject.",
    )


def _changes(user: User) -> Work:
    return Work(
        ("change under your claims", "changes under your claims"),
        bounded_count(told_to(user)),
        reverse("changes"),
        "A page changed or vanished, a report was retracted.",
    )


def _reviews(user: User) -> Work:
    return Work(
        ("checkpoint to judge", "checkpoints to judge"),
        review_count(user),
        reverse("reviews"),
        "Blind to who said it.",
        MOST_COUNTED,
    )


def _adjudications(_user: User) -> Work:
    count = disagreements().count()
    return Work(
        ("disagreement to settle", "disagreements to settle"),
        count,
        reverse("adjudications"),
        "Neither vote is shown.",
    )


def _reports(_user: User) -> Work:
    url = reverse("reports:publish")
    return Work(
        ("verdict since the last report", "verdicts since the last report"),
        _verdicts_since_report(),
        url,
        "Publish a report.",
    )


def _feeds(_user: User) -> Work:
    count = unwell_feeds().count()
    return Work(
        ("feed in trouble", "feeds in trouble"),
        count,
        reverse("sources:feeds"),
        "They fail, are gone, or are silent longer than usual.",
    )


def _verdicts_since_report() -> int:
    last = Report.objects.order_by("-number").values_list("cutoff", flat=True).first()
    verdicts = Verdict.objects.standing()
    return (verdicts.filter(at__gt=last) if last else verdicts).count()


_WORK = {
    Permission.WRITE_CLAIMS: (_proposals, _drafts, _handed_over, _readings),
    Permission.TRIAGE_EVIDENCE: (_inbox, _changes),
    Permission.REVIEW_CLAIMS: (_reviews,),
    Permission.ADJUDICATE: (_adjudications,),
    Permission.PUBLISH_REPORTS: (_reports,),
    Permission.MANAGE_SOURCES: (_feeds,),
}
