"""Heads by which a newsroom says that it takes a story back or corrects it. Conservative: a head, a colon."""

import re
from dataclasses import dataclass

# Read by Python and by PostgreSQL alike, whose index holds the titles that begin so.
_RETRACTED = r"(?:notice of )?retraction(?: notice)?|retracted(?: article| story)?|widerruf"
_CORRECTED = (
    r"corrected(?: version)?|corrections?|corrigendum|erratum|clarification|editor['’]s note|"
    r"editors['’] note|berichtigung|korrektur|rectificatif|rectificación|rettelse"
)
# "Correction: ...", "CORRECTED-Oil ...", "Correction to ...", but not "Correction or crash?".
_HEAD = r"^\s*(?:update \d+-)?(?:{})(?:\s?\([^)]{{1,40}}\))?(?:\s?:|-\S{})"
RETRACTED_HEAD = _HEAD.format(_RETRACTED, "")
CORRECTED_HEAD = _HEAD.format(_CORRECTED, r"| to (?:our|the|an?|this) (?:article |story |report )?")
HEAD = f"{RETRACTED_HEAD}|{CORRECTED_HEAD}"


@dataclass(frozen=True)
class Told:
    """What a title or a first line says: whether it retracts or corrects, and of what story."""

    retracts: bool
    story: str


def told_by(title: str) -> Told | None:
    """What a title says of another story, or of its own earlier wording; None for any other title."""
    for retracts, pattern in ((True, RETRACTED_HEAD), (False, CORRECTED_HEAD)):
        if match := re.match(pattern, title, re.IGNORECASE):
            # The hyphen's pattern takes the first letter of the story with it.
            end = match.end() - (match[0][-2:-1] == "-")
            return Told(retracts, title[end:].strip(" :–—-“”\"'"))
    return None
