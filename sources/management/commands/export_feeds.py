"""`manage.py export_feeds`: all feeds as an OPML list."""

from typing import Any

from django.core.management.base import BaseCommand

from sources.opml import write_opml
from sources.services import listed_feeds


class Command(BaseCommand):
    """Writes to standard output; what it writes can be imported again."""

    help = "Writes all feeds as an OPML list."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(write_opml(listed_feeds(), title="Feeds of Plumbline").decode())
