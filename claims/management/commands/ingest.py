"""`manage.py ingest FILE`: an article goes in, its claims are proposed."""

import json
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.models import Claim, Lexicon
from claims.services import propose_claims
from sources.capture import MAX_BYTES, CaptureError, captured_from_file
from sources.models import Document
from sources.services import capture_document, publisher_for


def day(text: str) -> date:
    """A date of the command line. Raises ArgumentTypeError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is not a date such as 2023-03-21") from error


class Command(BaseCommand):
    """The same as the intake page."""

    help = "Captures an article (text, HTML, PDF, Word) and proposes the claims in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--title", default="")
        parser.add_argument("--author", default="")
        parser.add_argument("--publisher", default="")
        parser.add_argument("--url", default="")
        parser.add_argument("--published", type=day, metavar="DATE", help="as 2023-03-21")
        parser.add_argument("--json", action="store_true", help="print the proposals as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        document = self._capture(options)
        try:
            claims = propose_claims(document=document)
        except Lexicon.DoesNotExist as error:
            raise CommandError("No lexicon is active: run “manage.py prepare” first.") from error
        if options["json"]:
            proposals = [proposal(claim) for claim in claims]
            found = {"document": document.pk, "title": document.title, "claims": proposals}
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        noun = "claim" if len(claims) == 1 else "claims"
        self.stdout.write(f"Document {document.pk}: {len(claims)} {noun} proposed.")
        for claim in claims:
            self.stdout.write(line(claim))

    def _capture(self, options: dict[str, Any]) -> Document:
        path: Path = options["file"]
        try:
            captured = captured_from_file(read(path), name=path.name)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except CaptureError as error:
            raise CommandError(str(error)) from error
        publisher = options["publisher"].strip()
        return capture_document(
            captured=captured,
            origin=Document.Origin.UPLOAD,
            by=None,
            url=options["url"],
            publisher=publisher_for(publisher) if publisher else None,
            title=options["title"],
            author=options["author"],
            published_on=options["published"],
        )


def read(path: Path) -> bytes:
    """The file's bytes; of one that is too large only as many as show that it is."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def proposal(claim: Claim) -> dict[str, Any]:
    """A proposed claim as plain values."""
    low, high = claim.probability_low, claim.probability_high
    return {
        "id": claim.pk,
        "quote": claim.quote.exact,
        "start": claim.quote.start,
        "statement": claim.statement,
        "speaker": claim.speaker,
        "kind": claim.kind,
        "hedge": claim.hedge,
        "low": None if low is None else float(low),
        "high": None if high is None else float(high),
        "horizon": claim.horizon,
        "due_on": claim.due_on and claim.due_on.isoformat(),
        "reason": claim.reason,
    }


def line(claim: Claim) -> str:
    """A proposed claim in one line for people."""
    hedge = ""
    if claim.probability_low is not None and claim.probability_high is not None:
        hedge = f" [{claim.hedge}: {claim.probability_low:.0%} to {claim.probability_high:.0%}]"
    due = f", due {claim.due_on}" if claim.due_on else ""
    return f"  {claim.kind:<12} {claim.speaker or 'no speaker'}: {claim.statement}{hedge}{due}"
