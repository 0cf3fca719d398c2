"""Publishes a report from the command line."""

import json
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.permissions import Permission
from reports.exports import report_json
from reports.models import Report
from reports.services import ReportProblem, publish_report


class Command(BaseCommand):
    """`manage.py publish_report --from D --to D`: freezes the figures of the claims due in between."""

    help = "Publish a report on the claims that fell due in a period."

    def add_arguments(self, parser: CommandParser) -> None:
        """The period, and what the report is to be called and by whom."""
        parser.add_argument("--from", dest="start", type=_day, required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--to", dest="end", type=_day, required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--title", default="", help="the period, where it has none")
        parser.add_argument("--public", action="store_true", help="readable without signing in")
        parser.add_argument("--by", metavar="USERNAME", help="who publishes it")
        parser.add_argument("--json", action="store_true", help="print the whole report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publishes and says under which number. Raises CommandError with one line."""
        try:
            report = publish_report(
                by=_publisher(options["by"]),
                period_start=options["start"],
                period_end=options["end"],
                title=options["title"],
                is_public=options["public"],
            )
        except ReportProblem as problem:
            raise CommandError(str(problem)) from problem
        if options["json"]:
            self.stdout.write(json.dumps(report_json(report), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(_summary(report))


def _summary(report: Report) -> str:
    counts = report.figures["overall"]["funnel"]
    return (
        f"Published report {report.number}, “{report.title}”: "
        f"{counts['due']} claims due, {counts['scored']} scored."
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a day; write it as 2026-03-31.") from None


def _publisher(username: str | None) -> User | None:
    if username is None:
        return None
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no active user “{username}”.")
    if not user.can(Permission.PUBLISH_REPORTS):
        raise CommandError(f"The roles of “{username}” do not allow them to publish reports.")
    return user
