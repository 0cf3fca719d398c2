"""`manage.py demo`: loads the demonstration desk. Safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.demo.desk import load
from config.guard import why_no_demo


class Command(BaseCommand):
    help = "Loads the demonstration desk through the services, where it is not loaded yet."

    def handle(self, *args: Any, **options: Any) -> None:
        if reason := why_no_demo():
            raise CommandError(f"The demonstration is not loaded: {reason}.")
        self.stdout.write("Loading the demonstration …")
        if not load():
            self.stdout.write("It was loaded before; nothing to do.")
