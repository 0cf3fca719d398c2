"""A published report is frozen; only whether the public may read it can change."""

from django.db import migrations

from accounts.immutability import append_only, locked

FROZEN_COLUMNS = [
    "number",
    "title",
    "period_start",
    "period_end",
    "cutoff",
    "seed",
    "code_version",
    "figures",
    "schedule_id",
    "published_at",
    "published_by_id",
]


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_immutable"), ("reports", "0001_initial")]

    operations = [
        *locked(
            "reports_report",
            when="TRUE",
            columns=FROZEN_COLUMNS,
            message="A published report is frozen.",
        ),
        *append_only("reports_reportedclaim", "The rows of a published report are frozen."),
    ]
