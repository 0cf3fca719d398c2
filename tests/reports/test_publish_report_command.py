import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from reports.models import Report
from tests.reports.ledger import judged_claim

pytestmark = pytest.mark.django_db

MARCH = ("--from", "2026-03-01", "--to", "2026-03-31")


def run(*options: str) -> str:
    out = StringIO()
    call_command("publish_report", *options, stdout=out)
    return out.getvalue()


def test_command_publishes_and_says_so(lead: User) -> None:
    judged_claim()

    said = run(*MARCH, "--title", "March", "--public", "--by", "lena")

    assert said == "Published report 1, “March”: 1 claims due, 1 scored.\n"
    report = Report.objects.get()
    assert (report.published_by, report.is_public) == (lead, True)


def test_command_prints_json() -> None:
    claim = judged_claim()

    printed = json.loads(run(*MARCH, "--json"))

    report = Report.objects.get()
    assert printed["figures"] == report.figures
    assert printed["cutoff"] == report.cutoff.isoformat()
    assert [row["claim"] for row in printed["claims"]] == [claim.pk]
    assert not report.is_public


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--from", "1 March", "--to", "2026-03-31"), "“1 March” is not a day"),
        (("--from", "2026-03-31", "--to", "2026-03-01"), "end on or after"),
        ((*MARCH, "--by", "nobody"), "no active user “nobody”"),
        ((*MARCH, "--by", "rene"), "do not allow them to publish"),
    ],
)
def test_command_says_in_one_line_what_is_wrong(
    reader: User, options: tuple[str, ...], message: str
) -> None:
    with pytest.raises(CommandError, match=message) as raised:
        run(*options)

    assert "\n" not in str(raised.value)
    assert not Report.objects.exists()
