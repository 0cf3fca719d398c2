"""Removes the texts of streams that are old and on which nothing leans."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims import services


class Command(BaseCommand):
    """`manage.py prune_documents --older-than 90 [--dry-run]`"""

    help = "Removes texts that arrived in streams, are old, and on which nothing leans."

    def add_arguments(self, parser: CommandParser) -> None:
        """How old, and whether only to count."""
        parser.add_argument("--older-than", type=int, metavar="DAYS", help="else PRUNE_AFTER_DAYS")
        parser.add_argument("--dry-run", action="store_true", help="count them, remove nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Counts or removes, and says how many."""
        days = options["older_than"] or settings.PRUNE_AFTER_DAYS
        if days < 1:
            raise CommandError("Say how old: --older-than DAYS, of 1 or more.")
        dry_run = options["dry_run"]
        pruned = services.prune_old_documents(older_than=timedelta(days=days), dry_run=dry_run)
        if dry_run:
            self.stdout.write(
                f"{pruned.documents:,} documents older than {days} days may be pruned."
            )
        else:
            self.stdout.write(f"{pruned.documents:,} documents pruned in {pruned.batches} batches.")
