"""`manage.py check_templates`: every template of ours compiles."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateSyntaxError
from django.template.loader import get_template


class Command(BaseCommand):
    help = "Compiles every template and names those that do not."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "templates"
        names = sorted(
            str(path.relative_to(folder))
            for path in folder.rglob("*")
            if path.suffix in {".html", ".txt"}
        )
        problems = [problem for name in names if (problem := self.problem(name))]
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write(f"{len(names)} templates compile.")

    def problem(self, name: str) -> str:
        """What is wrong with a template, or nothing."""
        try:
            get_template(name)
        except TemplateSyntaxError as error:
            return f"{name}: {error}"
        return ""
